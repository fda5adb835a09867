"""A model as a folder: config.json, tokenizer files and safetensors weights. All that the engine ever works on."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.models.safetensors_header import Header, read_header

SINGLE_FILE = "model.safetensors"
INDEX_FILE = "model.safetensors.index.json"
_SAMPLE_BYTES = 4096
_TIED = "tie_word_embeddings"


@dataclass(frozen=True)
class ModelFolder:
    """A checked model folder, ready for use."""

    path: Path
    name: str
    """Short name, to show and to name files with."""
    source: str
    """What the person gave: ``demo``, a Hub id, a folder or a GGUF file."""
    digest: str
    """16 hex characters that change when config or tensors do (``folder_digest``)."""
    untied: bool = False
    """Whether the file holds a head of its own although config.json ties it to the embedding."""

    def config(self) -> dict[str, Any]:
        """Return the content of config.json, with the head untied where the weights show that it is."""
        config = read_json(self.path / "config.json")
        if self.untied:
            nested = [value for value in config.values() if isinstance(value, dict) and _TIED in value]
            for section in (config, *nested):
                section[_TIED] = False
        return config


def read_json(file: Path) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        BadInput: the file is missing or holds no JSON object.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}).") from None
    except (ValueError, RecursionError):  # the latter where lists lie in lists, thousands deep
        content = None
    if not isinstance(content, dict):
        raise BadInput(f"{file} is not a JSON object; download or copy the model again.")
    return content


def weight_files(folder: Path) -> list[Path]:
    """The safetensors files that transformers would load from ``folder``, in order.

    Raises:
        BadInput: there are none, or the index names one that is missing.
    """
    if (folder / SINGLE_FILE).is_file():
        return [folder / SINGLE_FILE]
    if not (folder / INDEX_FILE).is_file():
        raise BadInput(f"{folder} holds neither {SINGLE_FILE} nor {INDEX_FILE}.")
    weight_map = read_json(folder / INDEX_FILE).get("weight_map")
    if not isinstance(weight_map, dict) or not weight_map:
        raise BadInput(f"{folder / INDEX_FILE} has no weight map; download or copy the model again.")
    files = [folder / name for name in sorted({str(name) for name in weight_map.values()})]
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        raise BadInput(f"{folder} lacks {missing[0]} ({len(missing)} weight files missing); download the model again.")
    return files


def weight_headers(folder: Path) -> Iterator[tuple[Path, Header]]:
    """Each weight file with its header."""
    for file in weight_files(folder):
        yield file, read_header(file)


def folder_digest(folder: Path) -> str:
    """Sha256 over config.json, the safetensors headers and a sample of every tensor, as 16 hex characters.

    Two fine-tunings of one model have the same headers, so the beginning of each tensor is read too: a few megabytes
    of a large model. Names and times of files do not count: a copy of a model is the same model.
    """
    digest = hashlib.sha256((folder / "config.json").read_bytes())
    for file, header in weight_headers(folder):
        digest.update(repr((header.tensors, file.stat().st_size)).encode())
        with file.open("rb") as stream:
            for tensor in header.tensors:
                stream.seek(tensor.start)
                digest.update(stream.read(min(tensor.size, _SAMPLE_BYTES)))
    return digest.hexdigest()[:16]
