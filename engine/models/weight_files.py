"""Write and read single weights as plain tensors in a safetensors file."""

import os
from collections.abc import Mapping
from pathlib import Path

from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor

from engine.api.errors import unusable_file
from engine.api.files import move_into_place
from engine.api.memory_errors import is_out_of_memory
from engine.api.system_errors import named


def save_tensors(path: Path, tensors: Mapping[str, Tensor], metadata: dict[str, str]) -> None:
    """Write a safetensors file under a temporary name, make it durable and rename it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    with named(path):
        save_file(dict(tensors), temporary, metadata)
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    os.chmod(temporary, 0o644)
    move_into_place(temporary, path)


def load_tensors(path: Path) -> dict[str, Tensor]:
    """Return the tensors of a safetensors file.

    Raises:
        BadInput: The file is missing or damaged.
    """
    try:
        return load_file(path)
    except (SafetensorError, FileNotFoundError) as error:
        if is_out_of_memory(error):
            raise
        raise unusable_file(path) from None


def names_in(path: Path) -> set[str]:
    """Return the names of the tensors in a safetensors file, from its header; none where it is missing or damaged."""
    try:
        with safe_open(path, framework="pt") as file:
            return set(file.keys())
    except (SafetensorError, OSError) as error:
        if is_out_of_memory(error):
            raise
        return set()
