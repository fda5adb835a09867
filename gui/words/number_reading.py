"""Read numbers as people write them, with the decimal mark of their language or of another one."""

import re

from PySide6.QtCore import QLocale

_SPACES = re.compile(r"[\s\u00a0\u202f'’]")
_PLAIN = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?|[+-]?\.\d+([eE][+-]?\d+)?")
_MINUS = "\u2212"


def read_number(text: str) -> float | None:
    """Return the number that a text stands for, or None if it stands for none.

    A single point or comma is a decimal mark: ``2,5`` and ``2.5`` are the same number in every language. Only where
    three digits follow the mark by which the language in use groups thousands does it group them (``1.500`` in German).
    """
    bare = _SPACES.sub("", text).replace(_MINUS, "-")
    marks = [mark for mark in bare if mark in ".,"]
    if len(set(marks)) == 2:
        decimal = marks[-1]
        if marks.count(decimal) > 1:
            return None
    elif len(marks) == 1 and not _groups_thousands(bare, marks[0]):
        decimal = marks[0]
    else:
        decimal = ""
    grouped = {".", ","} - {decimal}
    for mark in grouped & set(marks):
        if not _is_grouped(bare.partition(decimal)[0] if decimal else bare, mark):
            return None
        bare = bare.replace(mark, "")
    plain = bare.replace(decimal, ".") if decimal else bare
    return float(plain) if _PLAIN.fullmatch(plain) else None


def _groups_thousands(text: str, mark: str) -> bool:
    return mark == QLocale().groupSeparator() and _is_grouped(text, mark)


def _is_grouped(text: str, mark: str) -> bool:
    """Return whether a mark stands before every three digits of a whole number."""
    escaped = re.escape(mark)
    return re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}({escaped}\d{{3}})+", text) is not None
