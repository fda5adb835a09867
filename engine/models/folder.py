"""A model as a folder: config.json, tokenizer files and safetensors weights. All that the engine ever works on."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.models.json_file import JsonFaultError, parse_json
from engine.models.safetensors_header import Header, read_header
from engine.models.weight_names import INDEX_FILE as INDEX_FILE
from engine.models.weight_names import SINGLE_FILE as SINGLE_FILE
from engine.models.weight_names import is_index, names_in_index, weights_entry

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
        BadInput: the file is missing or holds no JSON object, with what is wrong with it.
    """
    try:
        content = parse_json(file.read_bytes())
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}).") from None
    except JsonFaultError as fault:
        raise BadInput(f"{file} {fault}") from None
    except RecursionError:  # lists lie in lists, thousands deep
        content = None
    if not isinstance(content, dict):
        raise BadInput(f"{file} is not a JSON object; download or copy the model again.")
    return content


def weight_files(folder: Path) -> list[Path]:
    """The safetensors files that transformers would load from ``folder``, in order.

    Raises:
        BadInput: there are none, or the index names one that is missing or can be none.
    """
    names = _weight_names(folder)
    if not names:
        raise BadInput(f"{folder} holds neither {SINGLE_FILE} nor {INDEX_FILE}.")
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise BadInput(f"{folder} lacks {missing[0]} ({len(missing)} weight files missing); download the model again.")
    return [folder / name for name in names]


def has_all_weights(folder: Path) -> bool:
    """Return whether every weight file that transformers would load is there.

    Raises:
        BadInput: The config or the index is damaged.
    """
    names = _weight_names(folder)
    return bool(names) and all((folder / name).is_file() for name in names)


def weight_index(folder: Path) -> Path | None:
    """Return the index that names the weight files, or None where one file holds all weights.

    Raises:
        BadInput: The config is damaged.
    """
    entry = _weights_entry(folder)
    return folder / entry if entry is not None and is_index(entry) else None


def _weight_names(folder: Path) -> list[str]:
    entry = _weights_entry(folder)
    if entry is None:
        return []
    file = folder / entry
    return names_in_index(read_json(file), file) if is_index(entry) and file.is_file() else [entry]


def _weights_entry(folder: Path) -> str | None:
    file = folder / "config.json"
    config = read_json(file) if file.is_file() else {}  # an export has no config while its weights are written
    return weights_entry(config, lambda name: (folder / name).is_file(), file)


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
