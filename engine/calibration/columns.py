"""Which columns of a data set hold text, and how a row becomes one document."""

from collections.abc import Callable, Mapping, Sequence
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


def row_form(rows: Sequence[Row], where: str) -> RowForm:
    """The form of a table that begins with these rows: a conversation, instruction and answer, or plain text.

    A cell may be empty in one row and hold text in the next, so several rows say more than one.

    Args:
        rows: at least one.
        where: the table's name for people.

    Raises:
        BadInput: no column is known to hold text, or the turns of a conversation are none.
    """
    for name in _CONVERSATIONS:
        said = [row[name] for row in rows if isinstance(row.get(name), list)]
        if said:
            return _conversation(name, next(filter(None, said), []), where)
    texts, empty = _text_columns(rows)
    asking = [(asked, answer) for asked, answer in _INSTRUCTIONS if {*asked, answer} <= {*texts, *empty}]
    answered = next(((asked, answer) for asked, answer in asking if answer in texts), None)
    if answered is not None:
        return _instruction(*answered)
    plain = next((name for name in _PLAIN if name in texts), None)
    if plain is None and asking:  # not one answer so far
        return _instruction(*asking[0])
    if plain is None and len(texts) == 1:
        plain = texts[0]
    if plain is None:
        raise BadInput(
            f"{where} has no column that is known to hold text (its columns: {', '.join(rows[0]) or 'none'}); "
            "rename the one with the text to 'text'."
        )
    return RowForm("plain", (plain,), lambda row: str(row[plain] or ""))


def _text_columns(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """The columns that hold text, here and there an empty cell among it, and those that are empty in all rows."""
    kinds = {name: {type(row.get(name)) for row in rows} - {type(None)} for name in rows[0]}
    return [name for name, kind in kinds.items() if kind == {str}], [name for name, kind in kinds.items() if not kind]


def _conversation(column: str, said: Sequence[Any], where: str) -> RowForm:
    """The form of a column of turns like those that are ``said``."""
    first = said[0] if said else {}
    if not isinstance(first, Mapping):
        raise BadInput(
            f"The column '{column}' of {where} holds no turns with a role and a content; write each turn as an object "
            "with these two, or rename the column to 'text' and join the turns."
        )
    form: TextForm = "sharegpt" if "value" in first else "messages"
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
