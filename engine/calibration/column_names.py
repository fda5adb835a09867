"""Column names of known meaning."""

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
"""The columns of a question, and the one of its answer: Alpaca, Dolly and their kin."""
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
"""Used where no other column is known; of a preference, the chosen answer is taken."""
CONVERSATIONS = ("messages", "conversations", "conversation")
RARER_CONVERSATIONS = ("dialogue", "dialog", "chat", "turns", "items", "contents")
"""Conversations only where they hold turns."""
KNOWN = frozenset(
    {
        *PLAIN,
        *CONVERSATIONS,
        *RARER_CONVERSATIONS,
        *(name for asked, answer in (*INSTRUCTIONS, *RARER_INSTRUCTIONS) for name in (*asked, answer)),
    }
)
"""All names of known meaning, in lower case."""
_TELLING = frozenset({*PLAIN, *CONVERSATIONS, *(name for asked, answer in INSTRUCTIONS for name in (*asked, answer))})
"""Names that hold the text of a table wherever they occur."""


def tells_form(row: Row, known_only: bool = False) -> bool:
    """Return whether this row shows the form of its table: not while the columns that hold the text are empty.

    Args:
        row: its cells by column.
        known_only: do not count a row without a column of known name.
    """
    named = [value for name, value in row.items() if name.strip().casefold() in _TELLING]
    return any(named) or (not named and not known_only)
