"""Names of columns that say what they hold."""

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
"""Columns of what is asked, and the one of the answer: Alpaca, Dolly and their kin."""
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
"""Where no other column is known; of preferences the answer that was chosen."""
CONVERSATIONS = ("messages", "conversations", "conversation")
RARER_CONVERSATIONS = ("dialogue", "dialog", "chat", "turns", "items", "contents")
"""They are conversations only where they hold turns."""
KNOWN = frozenset(
    {
        *PLAIN,
        *CONVERSATIONS,
        *RARER_CONVERSATIONS,
        *(name for asked, answer in (*INSTRUCTIONS, *RARER_INSTRUCTIONS) for name in (*asked, answer)),
    }
)
"""All names of columns that say what they hold, in lower case."""
_TELLING = frozenset({*PLAIN, *CONVERSATIONS, *(name for asked, answer in INSTRUCTIONS for name in (*asked, answer))})
"""Those that hold the text of a table wherever they are."""


def tells_form(row: Row, known_only: bool = False) -> bool:
    """Whether the form of a table can be told by this row: not while the columns that hold its text are empty.

    Args:
        row: with the columns that it has.
        known_only: a row without a column of a known name tells nothing.
    """
    named = [value for name, value in row.items() if name.strip().casefold() in _TELLING]
    return any(named) or (not named and not known_only)
