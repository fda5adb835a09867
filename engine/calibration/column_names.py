"""List column names of known meaning."""

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]

PLAIN = ("text", "content", "document", "article", "story")
INSTRUCTIONS = (
    (("instruction", "input"), "output"),
    (("instruction", "context"), "response"),
    (("instruction", "input"), "response"),
    (("instruction",), "response"),
    (("instruction",), "output"),
    (("prompt",), "response"),
    (("prompt",), "completion"),
    (("question",), "answer"),
)
"""The columns of a question and the column of its answer, as in Alpaca, Dolly and similar data sets."""
RARER_INSTRUCTIONS = (
    (("instruction", "input"), "chosen"),
    (("instruction",), "chosen"),
    (("prompt",), "chosen"),
    (("question",), "chosen"),
    (("question",), "response"),
    (("query",), "response"),
    (("query",), "answer"),
    (("prompt",), "answer"),
    (("prompt",), "output"),
    (("input",), "output"),
    (("input",), "response"),
    (("input",), "target"),
    (("inputs",), "targets"),
    (("problem",), "solution"),
    (("human",), "assistant"),
    (("user",), "assistant"),
)
"""Used where no other column is known; of a preference pair, the chosen answer is read."""
CONVERSATIONS = ("messages", "conversations", "conversation")
RARER_CONVERSATIONS = ("dialogue", "dialog", "chat", "turns", "items", "contents")
"""Columns that are conversations only where they hold turns."""
KNOWN = frozenset(
    {
        *PLAIN,
        *CONVERSATIONS,
        *RARER_CONVERSATIONS,
        *(name for asked, answer in (*INSTRUCTIONS, *RARER_INSTRUCTIONS) for name in (*asked, answer)),
    }
)
"""All names of known meaning, in lower case."""
_DECISIVE = frozenset({*PLAIN, *CONVERSATIONS, *(name for asked, answer in INSTRUCTIONS for name in (*asked, answer))})
"""Names that hold the text of a table wherever they occur."""


def shows_form(row: Row, known_only: bool = False) -> bool:
    """Return whether a row shows the form of its table: its columns that hold the text are not empty.

    Args:
        row: Its cells by column.
        known_only: Return False for a row without a column of known name.
    """
    named = [value for name, value in row.items() if name.strip().casefold() in _DECISIVE]
    return any(named) or (not named and not known_only)
