"""Bounded reading of the numbers, texts and fields in a GGUF header.

Every claim is checked against the file's size, and against limits that no model exceeds, before memory is allocated.
"""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, NoReturn

import numpy as np
from gguf import GGUFValueType

from engine.api.errors import BadInput
from engine.api.message import worded

Value = bool | int | float | str | list[bool] | list[int] | list[float] | list[str]
MOST_BYTES = 1 << 50
"""Bytes; a file that claims more (a million GB) is damaged, not cut short."""

_LONGEST_HEADER = 1 << 28
"""Bytes; the largest vocabularies in use need about 20 MB."""
_MOST_VALUES = 1 << 22
"""Entries of all lists together; the largest vocabularies in use have a million, with scores and merges."""
_SHOWN = 80
"""Characters of a file's content to quote in a message."""
_NUMBERS: Mapping[int, np.dtype[np.generic]] = {
    GGUFValueType.UINT8: np.dtype("<u1"),
    GGUFValueType.INT8: np.dtype("<i1"),
    GGUFValueType.UINT16: np.dtype("<u2"),
    GGUFValueType.INT16: np.dtype("<i2"),
    GGUFValueType.UINT32: np.dtype("<u4"),
    GGUFValueType.INT32: np.dtype("<i4"),
    GGUFValueType.FLOAT32: np.dtype("<f4"),
    GGUFValueType.BOOL: np.dtype("?"),
    GGUFValueType.UINT64: np.dtype("<u8"),
    GGUFValueType.INT64: np.dtype("<i8"),
    GGUFValueType.FLOAT64: np.dtype("<f8"),
}


def shown(value: object) -> str:
    """Quote a file's content for a message: its beginning, without control characters for a terminal."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


class HeaderReading:
    """A reading position in the header that never passes the end of the file.

    Args:
        file: The file, for error messages.
        stream: The file, open at its beginning.
        size: Size of the file in bytes.
    """

    def __init__(self, file: Path, stream: IO[bytes], size: int) -> None:
        self.file = file
        self.size = size
        self.place = 0
        self._stream = stream
        self._values = 0

    def take(self, count: int) -> bytes:
        """Return the next ``count`` bytes.

        Raises:
            BadInput: The file ends before that, or no header is that long.
        """
        end = self.place + count
        if end > MOST_BYTES or self.place + min(count, self.size) > _LONGEST_HEADER:
            self.damaged(worded("its header claims {0:,} bytes", end))
        content = self._stream.read(count) if end <= self.size else b""
        if len(content) < count:
            raise BadInput(
                worded(
                    "{0} is cut short at byte {1:,}, within its header of at least {2:,} bytes; download it again.",
                    self.file,
                    self.size,
                    end,
                )
            )
        self.place = end
        return content

    def number(self, form: str) -> int:
        """Return the next number, in a format of ``struct``."""
        (value,) = struct.unpack(form, self.take(struct.calcsize(form)))
        return int(value)

    def text(self) -> str:
        """Return the next text; bytes that are not UTF-8 become lone surrogates."""
        return self.take(self.number("<Q")).decode(errors="surrogateescape")

    def fields(self, count: int) -> Iterator[tuple[str, Value]]:
        """Yield the name and value of each of the next ``count`` fields."""
        for _ in range(count):
            name = self.text()
            kind = self.number("<I")
            yield name, self._list(name) if kind == GGUFValueType.ARRAY else self._scalar(name, kind)

    def damaged(self, how: str) -> NoReturn:
        """Raise BadInput for a damaged file."""
        raise BadInput(worded("{0} is damaged ({1}); download it again.", self.file, how))

    def _scalar(self, name: str, kind: int) -> bool | int | float | str:
        if kind == GGUFValueType.STRING:
            return self.text()
        if kind not in _NUMBERS:
            self.damaged(worded("its field {0} is of the unknown type {1}", shown(name), kind))
        return self._numbers(kind, 1)[0]

    def _list(self, name: str) -> Value:
        kind, count = self.number("<I"), self.number("<Q")
        self._values += count
        if self._values > _MOST_VALUES:
            self.damaged(worded("its header claims lists of {0:,} entries", self._values))
        if kind == GGUFValueType.STRING:
            return [self.text() for _ in range(count)]
        if kind not in _NUMBERS:
            self.damaged(worded("its field {0} is a list of the unknown or nested type {1}", shown(name), kind))
        return self._numbers(kind, count)

    def _numbers(self, kind: int, count: int) -> list[bool] | list[int] | list[float]:
        form = _NUMBERS[kind]
        values: list[bool] | list[int] | list[float]
        values = np.frombuffer(self.take(count * form.itemsize), form).tolist()
        return values
