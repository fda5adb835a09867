"""A model folder: config.json, tokenizer files and safetensors weights, the only form that the engine works on."""

import copy
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.api.regular_files import open_regular, read_regular
from engine.models.json_file import JsonFaultError, parse_json
from engine.models.safetensors_header import Header, read_header
from engine.models.weight_names import INDEX_FILE, SINGLE_FILE, is_index, names_in_index, weights_entry

_SAMPLE_BYTES = 4096
_LARGEST_JSON = 1 << 27
"""Bytes; the index of a model with very many experts is some dozen megabytes."""
_TIED = "tie_word_embeddings"


@dataclass(frozen=True)
class ModelFolder:
    """A checked model folder, ready for use."""

    path: Path
    name: str
    """Short name, for display and for file names."""
    source: str
    """What the user gave: ``demo``, a Hub id, a folder or a GGUF file."""
    digest: str
    """16 hex characters that change with the config or the tensors (``folder_digest``)."""
    untied: bool = False
    """Whether the weights hold an LM head of their own although config.json ties it to the embedding."""

    def config(self) -> dict[str, Any]:
        """Return a copy of the content of config.json, with the head untied if the weights show that it is.

        The file is read once, so later changes to it do not affect this folder, which ``digest`` identifies.

        Raises:
            BadInput: The file cannot be read.
        """
        config = copy.deepcopy(self._stored_config)
        if self.untied:
            nested = [value for value in config.values() if isinstance(value, dict) and _TIED in value]
            for section in (config, *nested):
                section[_TIED] = False
        return config

    @cached_property
    def _stored_config(self) -> dict[str, Any]:
        return read_json(self.path / "config.json")


def read_json(file: Path) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        BadInput: The file is missing or holds no JSON object; the message says why.
    """
    try:
        content = parse_json(read_regular(file, _LARGEST_JSON))
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}).") from None
    except JsonFaultError as fault:
        raise BadInput(f"{file} {fault}") from None
    except RecursionError:  # lists are nested thousands deep
        content = None
    if not isinstance(content, dict):
        raise BadInput(f"{file} is not a JSON object; download or copy the model again.")
    return content


def architecture_of(config: Mapping[str, Any]) -> str:
    """Return the first model class that the content of config.json names, or an empty text."""
    named = config.get("architectures")
    return str(named[0]) if isinstance(named, list) and named else ""


def weight_files(folder: Path) -> list[Path]:
    """Return the safetensors files that transformers would load from ``folder``, sorted.

    Raises:
        BadInput: There are none, or the index names a file that is missing or is not safetensors.
    """
    names = _weight_names(folder)
    if not names:
        raise BadInput(f"{folder} holds neither {SINGLE_FILE} nor {INDEX_FILE}; download or copy the model again.")
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise BadInput(f"{folder} lacks {missing[0]} ({len(missing)} weight files missing); download the model again.")
    return [folder / name for name in names]


def has_all_weights(folder: Path) -> bool:
    """Return whether every weight file that transformers would load exists.

    Raises:
        BadInput: The config or the index is damaged.
    """
    names = _weight_names(folder)
    return bool(names) and all((folder / name).is_file() for name in names)


def weight_index(folder: Path) -> Path | None:
    """Return the index that names the weight files, or None if one file holds all weights.

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
    """Yield each weight file with its header.

    Raises:
        BadInput: A weight file is missing or damaged.
    """
    for file in weight_files(folder):
        yield file, read_header(file)


def folder_digest(folder: Path) -> str:
    """Return 16 hex characters of the SHA-256 of config.json, the safetensors headers and a sample of every tensor.

    Fine-tunes of one model have the same headers, so the beginning of each tensor is hashed too: a few megabytes of a
    large model. File names and times are ignored: a copy of a model is the same model.

    Raises:
        BadInput: A weight file is missing or damaged.
    """
    digest = hashlib.sha256(read_regular(folder / "config.json", _LARGEST_JSON))
    for file, header in weight_headers(folder):
        digest.update(repr((header.tensors, file.stat().st_size)).encode())
        with open_regular(file) as stream:
            for tensor in header.tensors:
                stream.seek(tensor.start)
                digest.update(stream.read(min(tensor.size, _SAMPLE_BYTES)))
    return digest.hexdigest()[:16]
