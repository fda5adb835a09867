"""Which columns of a data set hold text, and how a row becomes one document."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.api.errors import BadInput

Row = Mapping[str, Any]

_PLAIN = ("text", "content", "document", "article", "story")
_PARTS = (
    ("instruction", "input", "output"),
    ("instruction", "context", "response"),
    ("instruction", "response"),
    ("prompt", "response"),
    ("prompt", "completion"),
    ("question", "answer"),
)
_CONVERSATIONS = ("messages", "conversations", "conversation")


def document_maker(row: Row, where: str) -> Callable[[Row], str]:
    """How rows like this one become text: plain, instruction and answer, or a conversation.

    Raises:
        BadInput: no column is known to hold text.
    """
    texts = [name for name, value in row.items() if isinstance(value, str)]
    for name in _PLAIN:
        if name in texts:
            return lambda row: str(row[name] or "")
    for parts in _PARTS:
        if all(part in texts for part in parts):
            return lambda row: _joined([row[part] for part in parts])
    for name in _CONVERSATIONS:
        if isinstance(row.get(name), list):
            return lambda row: _joined([_said(turn) for turn in row[name] or []])
    if len(texts) == 1:
        return lambda row: str(row[texts[0]] or "")
    raise BadInput(
        f"{where} has no column that is known to hold text (its columns: {', '.join(row) or 'none'}); "
        "rename the one with the text to 'text'."
    )


def _joined(parts: Sequence[object]) -> str:
    return "\n\n".join(str(part) for part in parts if part)


def _said(turn: Mapping[str, Any]) -> str:
    """What is said in one turn of a conversation, in the messages or the ShareGPT form."""
    return str(turn.get("content") or turn.get("value") or "")
