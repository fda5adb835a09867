"""Read and write the header of a safetensors file: names, types, shapes and byte ranges, without the weights.

The format is an eight-byte length, that many bytes of JSON, then the tensors' bytes without gaps
(https://huggingface.co/docs/safetensors).
"""

import json
import math
import os
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.regular_files import open_regular
from engine.api.system_errors import system_words
from engine.model_files.file_content import other_content, read_head, text_content

_LENGTH = struct.Struct("<Q")
_UNREADABLE = worded("cannot be read as a safetensors file; download or copy the model again")
_LONGEST_HEADER = 100_000_000  # the limit of the safetensors library
_BITS: Mapping[str, int] = {
    **dict.fromkeys(("F64", "I64", "U64", "C64"), 64),
    **dict.fromkeys(("F32", "I32", "U32"), 32),
    **dict.fromkeys(("F16", "BF16", "I16", "U16"), 16),
    **dict.fromkeys(("F8_E4M3", "F8_E5M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "I8", "U8", "BOOL"), 8),
    **dict.fromkeys(("F6_E2M3", "F6_E3M2"), 6),
    "F4": 4,
}
"""Bits of one number, by the format's name of its type."""


@dataclass(frozen=True)
class TensorEntry:
    """A tensor of a file: its type as the format names it (``BF16``), its shape, and the position of its bytes."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    """Offset of the first byte, from the start of the file."""
    size: int
    """Bytes."""

    @property
    def elements(self) -> int:
        """Return the number of its elements."""
        return math.prod(self.shape)


@dataclass(frozen=True)
class Header:
    """All tensors of one file in the order of their bytes, and the metadata of the file."""

    tensors: tuple[TensorEntry, ...]
    metadata: Mapping[str, str]


def read_header(file: Path) -> Header:
    """Read the header of ``file``, and check that its tensors fill the rest of the file without gaps.

    Raises:
        BadInput: The file is not safetensors, is cut short, or does not match its header.
    """
    try:
        size, content = _header_text(file)
    except OSError as error:
        raise BadInput(worded("{0} cannot be read ({1}).", file, system_words(error))) from None
    base = _LENGTH.size + len(content)
    try:
        entries = json.loads(content)
        metadata = entries.pop("__metadata__", {})
        if not isinstance(metadata, dict) or not all(isinstance(value, str) for value in metadata.values()):
            raise TypeError("metadata that are not texts")
        tensors = sorted((_entry(name, entry, base) for name, entry in entries.items()), key=_place)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadInput(
            worded("{0} cannot be read as a safetensors file; download or copy the model again.", file)
        ) from None
    _check_places(file, tensors, base, size)
    return Header(tuple(tensors), metadata)


def _header_text(file: Path) -> tuple[int, bytes]:
    """Return the size of the file and the bytes of its JSON.

    Raises:
        BadInput: The file holds something else, or ends before its JSON does.
    """
    head = read_head(file)
    if other := other_content(head):
        raise BadInput(worded("{0} {1}.", file, other))
    with open_regular(file) as stream:
        size = os.fstat(stream.fileno()).st_size
        prefix = stream.read(_LENGTH.size)
        length = _LENGTH.unpack(prefix)[0] if len(prefix) == _LENGTH.size else _LONGEST_HEADER + 1
        content = stream.read(length) if length <= min(_LONGEST_HEADER, size) else b""
    end = _LENGTH.size + length
    if length > _LONGEST_HEADER or not head.startswith(b"{", _LENGTH.size):
        words = text_content(head) or _UNREADABLE
        raise BadInput(worded("{0} {1}.", file, words))
    if len(content) < length:
        raise BadInput(
            worded(
                "{0} is cut short at byte {1:,}, within its header of {2:,} bytes; download it again.", file, size, end
            )
        )
    return size, content


def _check_places(file: Path, tensors: Sequence[TensorEntry], base: int, size: int) -> None:
    """Refuse tensors that overlap, leave a gap, or whose size does not match their shape."""
    end = base
    for tensor in tensors:
        if tensor.dtype not in _BITS:
            raise BadInput(
                worded(
                    "{0} uses the unknown number format {1!r} (tensor {2!r}); download the model in another "
                    "one, such as BF16.",
                    file,
                    tensor.dtype,
                    tensor.name,
                )
            )
        if tensor.start != end or tensor.size * 8 != tensor.elements * _BITS[tensor.dtype]:
            fault = (
                worded("does not begin where the previous one ends")
                if tensor.start != end
                else worded("does not fit its shape")
            )
            raise BadInput(
                worded("{0} is damaged (its tensor {1!r} {2}); download it again.", file, tensor.name, fault)
            )
        end += tensor.size
    if end > size:
        raise BadInput(
            worded("{0} is cut short at byte {1:,} of {2:,}; download or copy the model again.", file, size, end)
        )
    if end < size:
        raise BadInput(
            worded(
                "{0} is damaged (a safetensors file of {1:,} bytes whose header describes {2:,}); "
                "download or copy the model again.",
                file,
                size,
                end,
            )
        )


def pack_header(tensors: Mapping[str, tuple[str, tuple[int, ...], int]], metadata: Mapping[str, str]) -> bytes:
    """Return the first bytes of a file that holds ``tensors`` in order; each is name -> (dtype, shape, bytes)."""
    entries: dict[str, object] = {"__metadata__": dict(metadata)}
    offset = 0
    for name, (dtype, shape, size) in tensors.items():
        entries[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [offset, offset + size]}
        offset += size
    content = json.dumps(entries, separators=(",", ":")).encode()
    content += b" " * (-len(content) % 8)  # the format requires the weights to begin at a multiple of 8
    return _LENGTH.pack(len(content)) + content


def _entry(name: str, entry: Mapping[str, Any], base: int) -> TensorEntry:
    begin, end = (_natural(offset) for offset in entry["data_offsets"])
    if end < begin:
        raise ValueError("a tensor that ends before it begins")
    return TensorEntry(
        name, str(entry["dtype"]), tuple(_natural(extent) for extent in entry["shape"]), base + begin, end - begin
    )


def _natural(value: object) -> int:
    if type(value) is not int or not 0 <= value < 1 << 63:
        raise ValueError("not a number of bytes or entries")
    return value


def _place(tensor: TensorEntry) -> tuple[int, int]:
    return tensor.start, tensor.size
