"""Compare what tensors hold: those on disk without loading them, and those in memory with earlier ones."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from torch import Tensor

from engine.model_files.safetensors_header import TensorEntry
from engine.models.file_range import read_range
from engine.models.weight_files import tensor_bytes


def same_content(first: tuple[Path, TensorEntry], second: tuple[Path, TensorEntry]) -> bool:
    """Return whether two tensors hold the same bytes in the same format and shape.

    Args:
        first: A file and a tensor in it.
        second: The file and tensor to compare with.
    """
    (one_file, one), (other_file, other) = first, second
    if (one.dtype, one.shape, one.size) != (other.dtype, other.shape, other.size):
        return False
    with one_file.open("rb") as here, other_file.open("rb") as there:
        pairs = zip(read_range(here, one.start, one.size), read_range(there, other.start, other.size), strict=True)
        return all(ours == theirs for ours, theirs in pairs)


def content_digest(tensors: Mapping[str, Tensor]) -> str:
    """Return a digest of tensors in memory: of their names, formats, shapes and values."""
    digest = hashlib.sha256()
    for name, tensor in sorted(tensors.items()):
        digest.update(repr((name, str(tensor.dtype), tuple(tensor.shape))).encode())
        digest.update(tensor_bytes(tensor))
    return digest.hexdigest()[:16]
