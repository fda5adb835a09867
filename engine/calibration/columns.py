"""Find the columns of a table that hold text, and turn each row into a document."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.api.errors import BadInput
from engine.api.events import TextForm
from engine.api.message import joined, worded
from engine.calibration.cells import Columns, amount_of_text, holds_text, text_of, what_is_held
from engine.calibration.column_names import (
    CONVERSATIONS,
    INSTRUCTIONS,
    PLAIN,
    RARER_CONVERSATIONS,
    RARER_INSTRUCTIONS,
    Row,
)
from engine.calibration.turns import (
    Conversation,
    Turn,
    is_turn,
    listed_turns,
    speaks,
    tools_of,
    transcript_turns,
    turns_of,
)

Document = str | Conversation

_DEPTH = 3
"""Depth to which nested objects are searched for a known column."""
_RENAME = worded("rename the one with the text to 'text'")
_SWAP = worded("give this name to the column with the text")
_ADVICE = {
    "bytes": worded("write them as text when you make the file"),
    "lists": worded("join each list into one text"),
}


@dataclass(frozen=True)
class RowForm:
    """The conversion of a table's rows to documents."""

    name: TextForm
    columns: tuple[str, ...]
    """Columns that hold the text; ``outer.inner`` is a column within an object."""
    document: Callable[[Row], Document]
    beside: tuple[str, ...] = ()
    """Further columns that a document is built from."""
    within: str = ""
    """The column of objects that contain the text; empty for none."""

    @property
    def reads(self) -> tuple[str, ...]:
        """All columns that a document is built from."""
        return (self.within,) if self.within else (*self.columns, *self.beside)


def row_form(rows: Sequence[Row], where: str) -> RowForm:
    """Return the form of a table that begins with these rows: conversation, instruction and answer, or plain text.

    A cell may be empty in one row and hold text in the next, so give several rows.

    Args:
        rows: At least one.
        where: Name of the table, for people.

    Raises:
        BadInput: No column is known to hold text, or the items of a conversation are no turns.
    """
    columns = Columns(rows)
    form = recognised_form(rows) or _without_turns(columns)
    if form is None:
        raise _no_text(columns, where)
    return form


def recognised_form(rows: Sequence[Row]) -> RowForm | None:
    """Return the form of rows with text in a known column, or in a single one of any name; None if there is none."""
    return known_form(rows) or _without_name(Columns(rows))


def known_form(rows: Sequence[Row]) -> RowForm | None:
    """Return the form of rows in which a column of known name holds the expected content; None if there is none."""
    columns = Columns(rows)
    return (
        _conversation(columns, CONVERSATIONS, lambda turn: isinstance(turn, Mapping))
        or _instruction(columns, INSTRUCTIONS)
        or _plain(columns)
        or _unanswered(columns)
        or _conversation(columns, RARER_CONVERSATIONS, is_turn)
        or _answered_in_turns(columns)
        or _instruction(columns, RARER_INSTRUCTIONS)
        or _chosen(columns)
    )


def _conversation(columns: Columns, names: Sequence[str], is_item: Callable[[object], bool]) -> RowForm | None:
    for name in filter(None, map(columns.named, names)):
        lists = (listed_turns(cell) if isinstance(cell, str) else cell for cell in columns.cells(name))
        items = next((turns for turns in lists if isinstance(turns, list) and turns), None)
        if items is not None and is_item(items[0]):
            return _conversation_form(columns, name, items[0])
    return None


def _conversation_form(columns: Columns, name: str, first: Row) -> RowForm:
    """Return the form of a column of turns; a chosen answer and the tools are in columns of their own."""
    tools, chosen = columns.named("tools"), columns.named("chosen")
    if chosen is not None and not any(map(speaks, columns.cells(chosen))):
        chosen = None

    def document(row: Row) -> Document:
        turns = [*turns_of(row.get(name)), *(turns_of([row[chosen]]) if chosen and row.get(chosen) else [])]
        return Conversation(tuple(turns), tools_of(row.get(tools)) if tools else ())

    return RowForm(
        "sharegpt" if "value" in first else "messages",
        (name, *([chosen] if chosen else [])),
        document,
        beside=(tools,) if tools else (),
    )


def _instruction(columns: Columns, known: Sequence[tuple[tuple[str, ...], str]]) -> RowForm | None:
    """Return the form of questions that have answers."""
    found = next((names for names in _asking(columns, known) if holds_text(columns.cells(names[-1]))), None)
    return _instruction_form(found) if found else None


def _unanswered(columns: Columns) -> RowForm | None:
    """Return the form of questions of which none has an answer so far."""
    found = next(_asking(columns, INSTRUCTIONS), None)
    return _instruction_form(found) if found else None


def _asking(columns: Columns, known: Sequence[tuple[tuple[str, ...], str]]) -> Iterator[tuple[str, ...]]:
    """Yield the columns of each known pair, the answer last, that exist and hold text or nothing."""
    for asked, answer in known:
        names = [columns.named(name) for name in (*asked, answer)]
        found = tuple(name for name in names if name is not None)
        if len(found) == len(names) and all(not cells or holds_text(cells) for cells in map(columns.cells, found)):
            yield found


def _instruction_form(names: tuple[str, ...]) -> RowForm:
    *asked, answer = names

    def document(row: Row) -> Document:
        question = "\n\n".join(filter(None, (text_of(row.get(column)) for column in asked)))
        turns = (Turn("user", question), Turn("assistant", text_of(row.get(answer))))
        return Conversation(tuple(turn for turn in turns if turn.content))

    return RowForm("instruction", names, document)


def _plain(columns: Columns) -> RowForm | None:
    names = filter(None, map(columns.named, PLAIN))
    found = next((name for name in names if what_is_held(columns.cells(name)).startswith("text")), None)
    return _plain_form(found) if found else None


def _plain_form(name: str) -> RowForm:
    return RowForm("plain", (name,), lambda row: text_of(row.get(name)))


def _answered_in_turns(columns: Columns) -> RowForm | None:
    """Return the form of prompts with turns that complete them, which may repeat the prompt."""
    for name in filter(None, map(columns.named, ("chosen", "completion"))):
        lists = [listed_turns(cell) if isinstance(cell, str) else cell for cell in columns.cells(name)]
        first = next((turns[0] for turns in lists if isinstance(turns, list) and turns), None)
        if not speaks(first):
            continue
        prompt = columns.named("prompt")

        def document(row: Row, name: str = name, prompt: str | None = prompt) -> Document:
            answer = turns_of(row.get(name))
            asked = row.get(prompt) if prompt else None
            before = [Turn("user", asked)] if isinstance(asked, str) and asked else turns_of(asked)
            is_whole = bool(answer) and answer[0].role in ("user", "system")
            return Conversation(tuple(answer if is_whole else [*before, *answer]))

        return RowForm("messages", (*([prompt] if prompt else []), name), document)
    return None


def _chosen(columns: Columns) -> RowForm | None:
    """Return the form of pairs of whole texts, of which the chosen one is read: a transcript, else plain text."""
    name = columns.named("chosen")
    if name is None or columns.named("rejected") is None or not holds_text(columns.cells(name)):
        return None
    if not any(transcript_turns(cell) for cell in columns.cells(name) if isinstance(cell, str)):
        return _plain_form(name)

    def document(row: Row) -> Document:
        text = text_of(row.get(name))
        turns = transcript_turns(text)
        return Conversation(tuple(turns)) if turns else text

    return RowForm("transcript", (name,), document)


def _without_name(columns: Columns) -> RowForm | None:
    """Return the form of the only column of text, whatever its name, or of a known one within an object."""
    texts = [name for name in columns.texts() if not _is_unread_conversation(columns, name)]
    inner = _within(columns.rows, _DEPTH)
    alone = _plain_form(texts[0]) if len(texts) == 1 else None
    if alone is None:
        return inner
    held = columns.cells(texts[0])
    amount, is_label = amount_of_text(held), not any(" " in cell.strip() for cell in held)
    if inner is not None and (is_label or _amount(columns.rows, inner) > amount):
        return inner
    nested = ([cell for cell in columns.cells(name) if not isinstance(cell, str)] for name in columns.names)
    return None if is_label and any(amount_of_text(cells) > amount for cells in nested) else alone


def _is_unread_conversation(columns: Columns, name: str) -> bool:
    """Return whether a column looks like conversations in strings that cannot be parsed."""
    strings = (cell for cell in columns.cells(name) if isinstance(cell, str))
    return name.strip().casefold() in CONVERSATIONS and all(cell.lstrip().startswith("[{") for cell in strings)


def _within(rows: Sequence[Row], depth: int) -> RowForm | None:
    """Return the form of the objects in one of the columns."""
    for name in Columns(rows).names:
        inner = [row[name] for row in rows if isinstance(row.get(name), Mapping)]
        form = (known_form(inner) or (_within(inner, depth - 1) if depth > 1 else None)) if inner else None
        if form is not None:
            return _inner_form(name, form)
    return None


def _inner_form(name: str, form: RowForm) -> RowForm:
    def document(row: Row) -> Document:
        inner = row.get(name)
        return form.document(inner) if isinstance(inner, Mapping) else ""

    return RowForm(form.name, tuple(f"{name}.{column}" for column in form.columns), document, within=name)


def _amount(rows: Sequence[Row], form: RowForm) -> int:
    documents = map(form.document, rows)
    return sum(len(each) if isinstance(each, str) else len(each.plain) for each in documents)


def _without_turns(columns: Columns) -> RowForm | None:
    """Return the form of a column of conversations that are all empty so far."""
    names = filter(None, map(columns.named, CONVERSATIONS))
    empty = next((name for name in names if not any(columns.cells(name))), None)
    return _conversation_form(columns, empty, {}) if empty is not None else None


def _no_text(columns: Columns, where: str) -> BadInput:
    """Return the error for a table without readable text: what is wrong, and what to do."""
    talked = next((name for name in filter(None, map(columns.named, CONVERSATIONS)) if any(columns.cells(name))), None)
    if talked is not None:
        return BadInput(
            worded(
                "The column '{0}' of {1} holds no turns with a role and a content; write each turn as an object with "
                "these two, or rename the column to 'text' and join the turns.",
                talked,
                where,
            )
        )
    plain = next((name for name in filter(None, map(columns.named, PLAIN)) if columns.cells(name)), None)
    if plain is not None:
        held = what_is_held(columns.cells(plain))
        return BadInput(
            worded("The column '{0}' of {1} holds {2}, not text; {3}.", plain, where, held, _ADVICE.get(held, _SWAP))
        )
    if columns.texts():
        names = ", ".join(columns.names)
        return BadInput(
            worded("{0} has no column that is known to hold text (its columns: {1}); {2}.", where, names, _RENAME)
        )
    held = joined(
        *(worded("'{0}' holds {1}", name, what_is_held(columns.cells(name))) for name in columns.names), between=", "
    )
    return BadInput(
        worded(
            "{0} has no column that is known to hold text ({1}); {2}.", where, held or worded("it has none"), _RENAME
        )
    )
