"""Read the first fields of a GGUF file, which state what it is, without its vocabulary and its tensors."""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.api.regular_files import open_regular
from engine.model_files.file_content import other_content, text_content

MAGIC = b"GGUF"
_START_BYTES = 1 << 16
"""Bytes to read; the fields before the vocabulary are some kilobytes."""
_VOCABULARY = "tokenizer."
_MOST_FIELDS = 512
_HEAD = struct.Struct("<4sIQQ")
_LENGTH = struct.Struct("<Q")
_TYPE = struct.Struct("<I")
_SCALARS: Mapping[int, struct.Struct] = {
    number: struct.Struct(form)
    for number, form in {
        0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"
    }.items()
}  # fmt: skip
"""By the format's number of a type (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md)."""
_TEXT, _LIST = 8, 9

Fields = Mapping[str, str | int | float]


def read_start(file: Path) -> bytes:
    """Return the first bytes of a GGUF file.

    Raises:
        BadInput: The file is not GGUF.
        OSError: It cannot be read.
    """
    with open_regular(file) as stream:
        start = stream.read(_START_BYTES)
    if not start.startswith(MAGIC):
        words = other_content(start[:512]) or text_content(start) or worded("is not a GGUF file; download it again")
        raise BadInput(worded("{0} {1}.", file, words))
    return start


def first_fields(start: bytes) -> Fields:
    """Return the texts and numbers before the vocabulary, as far as ``start`` holds them; damage ends the list."""
    fields: dict[str, str | int | float] = {}
    try:
        for name, value in _fields(start):
            if name.startswith(_VOCABULARY):
                break
            if value is not None:
                fields.setdefault(name, value)
    except (struct.error, _CutShortError):
        pass
    return fields


class _CutShortError(Exception):
    """The field goes on beyond the first bytes, or is of an unknown type."""


def _fields(start: bytes) -> Iterator[tuple[str, str | int | float | None]]:
    """Yield each field with its value, None for a list."""
    _magic, _version, _tensors, count = _HEAD.unpack_from(start)
    place = _HEAD.size
    for _ in range(min(count, _MOST_FIELDS)):
        name, place = _text(start, place)
        (kind,) = _TYPE.unpack_from(start, place)
        place += _TYPE.size
        value: str | int | float | None
        if kind == _TEXT:
            value, place = _text(start, place)
        elif kind == _LIST:
            value, place = None, _after_list(start, place)
        else:
            value, place = _scalar(start, place, kind)
        yield name, value


def _text(start: bytes, place: int) -> tuple[str, int]:
    (length,) = _LENGTH.unpack_from(start, place)
    place += _LENGTH.size
    if place + length > len(start):
        raise _CutShortError
    return start[place : place + length].decode(errors="replace"), place + length


def _scalar(start: bytes, place: int, kind: int) -> tuple[int | float, int]:
    if kind not in _SCALARS:
        raise _CutShortError
    (value,) = _SCALARS[kind].unpack_from(start, place)
    return value, place + _SCALARS[kind].size


def _after_list(start: bytes, place: int) -> int:
    """Return the place after a list."""
    (kind,) = _TYPE.unpack_from(start, place)
    (count,) = _LENGTH.unpack_from(start, place + _TYPE.size)
    place += _TYPE.size + _LENGTH.size
    if kind in _SCALARS:
        place += _SCALARS[kind].size * count
    elif kind == _TEXT and count <= len(start):
        for _ in range(count):
            _, place = _text(start, place)
    else:
        raise _CutShortError
    if place > len(start):
        raise _CutShortError
    return place
