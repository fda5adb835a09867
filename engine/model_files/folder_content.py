"""What a model's folder holds: its config and its weight files, as transformers would load them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.regular_files import read_regular
from engine.api.system_errors import system_words
from engine.model_files.json_file import JsonFaultError, parse_json
from engine.model_files.safetensors_header import Header, read_header
from engine.model_files.weight_names import INDEX_FILE, SINGLE_FILE, is_index, names_in_index, weights_entry

LARGEST_JSON = 1 << 27
"""Bytes; the index of a model with very many experts is some dozen megabytes."""


def read_json(file: Path) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        BadInput: The file is missing or holds no JSON object; the message says why.
    """
    try:
        content = parse_json(read_regular(file, LARGEST_JSON))
    except OSError as error:
        raise BadInput(worded("{0} cannot be read ({1}).", file, system_words(error))) from None
    except JsonFaultError as fault:
        raise BadInput(worded("{0} {1}", file, fault.args[0])) from None
    except RecursionError:  # lists are nested thousands deep
        content = None
    if not isinstance(content, dict):
        raise BadInput(worded("{0} is not a JSON object; download or copy the model again.", file))
    return content


def architecture_of(config: Mapping[str, Any]) -> str:
    """Return the first model class that the content of config.json names, or an empty text."""
    named = config.get("architectures")
    return str(named[0]) if isinstance(named, list) and named else ""


def architecture_or_type(config: Mapping[str, Any]) -> str:
    """Return the first model class that the content of config.json names, else the model type, or an empty text."""
    return architecture_of(config) or str(config.get("model_type") or "")


def weight_files(folder: Path) -> list[Path]:
    """Return the safetensors files that transformers would load from ``folder``, sorted.

    Raises:
        BadInput: There are none, or the index names a file that is missing or is not safetensors.
    """
    names = _weight_names(folder)
    if not names:
        raise BadInput(
            worded("{0} holds neither {1} nor {2}; download or copy the model again.", folder, SINGLE_FILE, INDEX_FILE)
        )
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise BadInput(
            worded(
                "{0} lacks {1} ({2} weight files missing); download the model again.", folder, missing[0], len(missing)
            )
        )
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
