"""Points at which a line may break within text that has none, such as a path or what a badly pruned model writes."""

import re
import unicodedata

_POINT = "\u200b"
"""The zero-width space: nothing is drawn, and a line may break there."""
_LONG = re.compile(r"\S{25,}")
_APART = 8
"""Characters between two points."""
_JOINER = "\u200d"


def with_break_points(text: str) -> str:
    """Return a text in which no word is too long for a narrow column."""
    return text if _POINT in text else _LONG.sub(lambda found: _broken(found[0]), text)


def without_break_points(text: str) -> str:
    """Return the text that ``with_break_points`` was given."""
    return text.replace(_POINT, "")


def _broken(word: str) -> str:
    parts, since = [], 0
    for here, character in enumerate(word):
        if since >= _APART and not _belongs_together(word[here - 1], character):
            parts.append(_POINT)
            since = 0
        parts.append(character)
        since += 1
    return "".join(parts)


def _belongs_together(before: str, character: str) -> bool:
    """Return whether two characters are drawn as one, as a letter and its accent are."""
    return _JOINER in (before, character) or unicodedata.category(character).startswith("M")
