"""The header of a safetensors file: names, types, shapes and byte ranges, read without touching the weights.

The format is eight bytes of length, that many bytes of JSON, then the tensors' bytes without gaps.
"""

import json
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.models.json_file import LFS_POINTER, LFS_SENTENCE

_LENGTH = struct.Struct("<Q")
_LONGEST_HEADER = 100_000_000  # the limit that the safetensors library sets itself


@dataclass(frozen=True)
class TensorEntry:
    """One tensor of a file: its type's name in the format (``BF16``), its shape, and where its bytes lie."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    """Offset of the first byte, from the start of the file."""
    size: int
    """Bytes."""

    @property
    def elements(self) -> int:
        """How many numbers it holds."""
        return math.prod(self.shape)


@dataclass(frozen=True)
class Header:
    """All tensors of one file in the order of their bytes, and the file's own metadata."""

    tensors: tuple[TensorEntry, ...]
    metadata: Mapping[str, str]


def read_header(file: Path) -> Header:
    """Read the header of ``file``.

    Raises:
        BadInput: the file is not safetensors, or not as long as it says.
    """
    prefix = b""
    try:
        with file.open("rb") as stream:
            prefix = stream.read(_LENGTH.size)
            length = _LENGTH.unpack(prefix)[0] if len(prefix) == _LENGTH.size else _LONGEST_HEADER + 1
            content = stream.read(length) if length <= _LONGEST_HEADER else b""
        entries = json.loads(content)
        metadata = entries.pop("__metadata__", {})
        if not isinstance(metadata, dict):
            raise TypeError("metadata that is no object")
        tensors = sorted((_entry(name, entry, _LENGTH.size + length) for name, entry in entries.items()), key=_start)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        if prefix == LFS_POINTER[: _LENGTH.size]:
            raise BadInput(f"{file} {LFS_SENTENCE}") from None
        raise BadInput(f"{file} cannot be read as a safetensors file; download or copy the model again.") from None
    end = max((tensor.start + tensor.size for tensor in tensors), default=_LENGTH.size + length)
    if end != file.stat().st_size:
        raise BadInput(
            f"{file} is damaged (a safetensors file cut short, or too long); download or copy the model again."
        )
    return Header(tuple(tensors), metadata)


def pack_header(tensors: Mapping[str, tuple[str, tuple[int, ...], int]], metadata: Mapping[str, str]) -> bytes:
    """The first bytes of a file that holds ``tensors``, name -> (dtype, shape, bytes), one after the other."""
    entries: dict[str, object] = {"__metadata__": dict(metadata)}
    offset = 0
    for name, (dtype, shape, size) in tensors.items():
        entries[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [offset, offset + size]}
        offset += size
    content = json.dumps(entries, separators=(",", ":")).encode()
    content += b" " * (-len(content) % 8)  # the weights begin at a multiple of 8, as the format asks
    return _LENGTH.pack(len(content)) + content


def _entry(name: str, entry: Mapping[str, Any], base: int) -> TensorEntry:
    begin, end = (int(offset) for offset in entry["data_offsets"])
    shape = tuple(int(extent) for extent in entry["shape"])
    return TensorEntry(name, str(entry["dtype"]), shape, base + begin, end - begin)


def _start(tensor: TensorEntry) -> int:
    return tensor.start
