"""Which columns of a data set hold text, and how a row becomes one document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.api.errors import BadInput
from engine.api.events import TextForm

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Turn:
    """What one side of a conversation says."""

    role: str
    """``user``, ``assistant``, ``system``, or whatever else the data set has."""
    content: str


@dataclass(frozen=True)
class Conversation:
    """A document of several turns; a model with a chat template reads it in that form."""

    turns: tuple[Turn, ...]

    @property
    def plain(self) -> str:
        """What is said, without who says it."""
        return "\n\n".join(turn.content for turn in self.turns)


Document = str | Conversation

_PLAIN = ("text", "content", "document", "article", "story")
_INSTRUCTIONS = (
    (("instruction", "input"), "output"),
    (("instruction", "context"), "response"),
    (("instruction",), "response"),
    (("instruction",), "output"),
    (("prompt",), "response"),
    (("prompt",), "completion"),
    (("question",), "answer"),
)
"""Columns of what is asked, and the one of the answer: Alpaca, Dolly and their kin."""
_CONVERSATIONS = ("messages", "conversations", "conversation")
_ROLES = {"human": "user", "gpt": "assistant", "chatgpt": "assistant", "bot": "assistant", "model": "assistant"}
"""ShareGPT's words for the sides, and those of templates."""


@dataclass(frozen=True)
class RowForm:
    """How the rows of a table become documents."""

    name: TextForm
    columns: tuple[str, ...]
    document: Callable[[Row], Document]


def tells_form(row: Row) -> bool:
    """Whether the form of a table can be told by this row: not while the columns that hold its text are empty."""
    known = {*_PLAIN, *_CONVERSATIONS, *(name for asked, answer in _INSTRUCTIONS for name in (*asked, answer))}
    named = known & row.keys()
    return not named or any(row[name] for name in named)


def row_form(row: Row, where: str) -> RowForm:
    """The form of rows like this one: a conversation, instruction and answer, or plain text.

    Raises:
        BadInput: no column is known to hold text, or the turns of a conversation are none.
    """
    texts = [name for name, value in row.items() if isinstance(value, str)]
    for name in _CONVERSATIONS:
        if isinstance(row.get(name), list):
            return _conversation(row, name, where)
    for asked, answer in _INSTRUCTIONS:
        if all(column in texts for column in (*asked, answer)):
            return _instruction(asked, answer)
    plain = next((name for name in _PLAIN if name in texts), texts[0] if len(texts) == 1 else None)
    if plain is None:
        raise BadInput(
            f"{where} has no column that is known to hold text (its columns: {', '.join(row) or 'none'}); "
            "rename the one with the text to 'text'."
        )
    return RowForm("plain", (plain,), lambda row: str(row[plain] or ""))


def _conversation(row: Row, column: str, where: str) -> RowForm:
    said = row[column] or [{}]
    if not isinstance(said[0], Mapping):
        raise BadInput(
            f"The column '{column}' of {where} holds no turns with a role and a content; write each turn as an object "
            "with these two, or rename the column to 'text' and join the turns."
        )
    form: TextForm = "sharegpt" if "value" in said[0] else "messages"
    return RowForm(
        form, (column,), lambda row: _of([_turn(each) for each in row[column] or [] if isinstance(each, Mapping)])
    )


def _instruction(asked: tuple[str, ...], answer: str) -> RowForm:
    def document(row: Row) -> Document:
        question = "\n\n".join(str(row[column]) for column in asked if row[column])
        return _of([Turn("user", question), Turn("assistant", str(row[answer] or ""))])

    return RowForm("instruction", (*asked, answer), document)


def _of(turns: list[Turn]) -> Conversation:
    """A conversation of the turns in which something is said."""
    return Conversation(tuple(turn for turn in turns if turn.content))


def _turn(said: Mapping[str, Any]) -> Turn:
    """One turn in the messages or the ShareGPT form; of content in parts, the texts."""
    role = str(said.get("role") or said.get("from") or "user")
    content = said.get("content") or said.get("value") or ""
    if isinstance(content, list):
        content = "\n".join(str(part.get("text") or "") for part in content if isinstance(part, Mapping))
    return Turn(_ROLES.get(role, role), str(content))
