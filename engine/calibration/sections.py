"""Split long texts into sections at the ends of paragraphs, lines or at least words."""

import re
from collections.abc import Iterable, Iterator
from io import IncrementalNewlineDecoder
from pathlib import Path

from engine.calibration.text_files import characters

LONGEST = 8000
_SHORTEST, _FEWEST = 500, 64
"""Characters of a section, and the least number of sections of a text file that is long enough."""
_INK = re.compile(r"\S")


def sections(text: str, longest: int) -> Iterator[str]:
    """Yield parts of at most ``longest`` characters, split at the end of a paragraph, a line or at least a word."""
    return _sections([text], longest)


def file_sections(path: Path) -> Iterator[str]:
    """Yield a text file in sections: at least some dozens, so that they can be shared among sets of windows.

    The file is read twice, first for its length, and never kept in memory as a whole.

    Raises:
        BadInput: The file cannot be read as text.
    """
    length = sum(map(len, _with_plain_line_ends(characters(path))))
    longest = min(max(length // _FEWEST, _SHORTEST), LONGEST)
    return _sections(_with_plain_line_ends(characters(path)), longest)


def _sections(parts: Iterable[str], longest: int) -> Iterator[str]:
    text, begin = "", 0
    for part in _stripped(parts):
        text, begin = text[begin:] + part, 0
        while len(text) - begin > longest:
            ends = (text.rfind(mark, begin + 1, begin + longest) for mark in ("\n\n", "\n", " "))
            cut = next((end for end in ends if end > begin), begin + longest)
            yield text[begin:cut].rstrip()
            ink = _INK.search(text, cut)
            begin = ink.start() if ink else len(text)
    if text[begin:]:
        yield text[begin:]


def _stripped(parts: Iterable[str]) -> Iterator[str]:
    """Yield the parts of a text without white space at its two ends; no part ends with white space."""
    space = ""
    has_begun = False
    for part in parts:
        text = space + part if has_begun else part.lstrip()
        ink = text.rstrip()
        space = text[len(ink) :]
        if ink:
            has_begun = True
            yield ink


def _with_plain_line_ends(parts: Iterable[str]) -> Iterator[str]:
    r"""Yield the parts of a text with ``\n`` for every end of a line."""
    decoder = IncrementalNewlineDecoder(None, translate=True)
    for part in parts:
        yield decoder.decode(part)
    yield decoder.decode("", final=True)
