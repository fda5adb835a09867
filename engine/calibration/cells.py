"""Detect what the cells of a table's columns hold: text, or values written as text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from engine.api.message import worded
from engine.api.plurals import all_of

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?%?")
_DATE = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})"
    r"([T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?)? ?(Z|UTC|[+-]\d{2}:?\d{2})?"
)
_TRUTH = re.compile(r"true|false", re.IGNORECASE)
_TEXT = worded("text")
_KINDS: tuple[tuple[Any, str], ...] = (
    (bool, worded("truth values")),
    ((int, float, Decimal), worded("numbers")),
    ((date, time, timedelta), worded("dates")),
    ((bytes, bytearray), worded("bytes")),
    (Mapping, worded("objects")),
    (Sequence, worded("lists")),
)


class Columns:
    """Give access to the cells of a few rows by column."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self.rows = rows
        self.names = list(dict.fromkeys(name for row in rows for name in row))
        self._known: dict[str, str] = {}
        for name in self.names:
            self._known.setdefault(name.strip().casefold(), name)

    def named(self, known: str) -> str | None:
        """Return the column of this name, else one that differs only in capitals or in spaces around it."""
        return known if known in self.names else self._known.get(known)

    def cells(self, name: str) -> list[Any]:
        """Return the cells of a column that are not empty."""
        return [row[name] for row in self.rows if row.get(name) is not None]

    def texts(self) -> list[str]:
        """Return the columns that hold text and nothing else."""
        return [name for name in self.names if what_is_held(self.cells(name)) == _TEXT]


def what_is_held(cells: Iterable[Any]) -> str:
    """Name the kinds of value in a column: ``text``, ``numbers``, ``text and lists`` and so on.

    Strings that are numbers, or dates, in every cell count as those.
    """
    cells = list(cells)
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    kinds = dict.fromkeys([_text_kind(texts)] if any(texts) else [_TEXT] if texts else [])
    kinds |= dict.fromkeys(_kind(cell) for cell in cells if not isinstance(cell, str))
    return all_of(list(kinds)) or worded("nothing")


def holds_text(cells: Iterable[Any]) -> bool:
    """Return whether a column holds text, and beside it at most numbers."""
    cells = list(cells)
    plain = (str, int, float, Decimal)
    return any(isinstance(cell, str) for cell in cells) and all(isinstance(cell, plain) for cell in cells)


def text_of(cell: Any) -> str:
    """Return a cell as text: write out numbers and dates, join a list of texts; empty for anything else."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, list) and all(isinstance(part, str) for part in cell):
        return "\n\n".join(cell)
    return str(cell) if isinstance(cell, int | float | Decimal | date | time) else ""


def amount_of_text(value: Any) -> int:
    """Count the characters of all texts in a value, however deep."""
    amount, waiting = 0, [value]
    while waiting:  # no recursion: JSON may be nested as deep as Python's call stack allows
        each = waiting.pop()
        if isinstance(each, str):
            amount += len(each)
        elif isinstance(each, Mapping):
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return amount


def _text_kind(texts: list[str]) -> str:
    """Name what strings hold; at least one of them is not empty."""
    found = [text for text in texts if text]
    for pattern, kind in ((_NUMBER, worded("numbers")), (_DATE, worded("dates")), (_TRUTH, worded("truth values"))):
        if all(map(pattern.fullmatch, found)):
            return kind
    return _TEXT


def _kind(value: Any) -> str:
    return next((words for kinds, words in _KINDS if isinstance(value, kinds)), worded("values of another kind"))
