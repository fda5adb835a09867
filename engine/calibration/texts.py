"""Documents from a local file or a Hub data set."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import TextForm
from engine.calibration.columns import Document, Row, RowForm, row_form, tells_form

_TABLES = {".jsonl": "json", ".json": "json", ".parquet": "parquet", ".csv": "csv"}
_PLAIN = (".txt", ".md", ".text", ".raw")
_WORDS_ONLY = {"keep_default_na": False, "na_values": [""]}
"""For the reader of CSV: an empty cell is empty, and the answer ``None`` or ``NA`` is an answer."""
_SHUFFLE_BUFFER = 1000
_LOOKED_AT = 64
"""Rows by which the form of a table is known: few enough to read at once, enough that no column is empty in all."""
_SHORTEST, _LONGEST, _FEWEST = 500, 8000, 64
"""Characters of a section, and how many sections a text file is cut into if it is long enough."""


def is_text_file(path: Path) -> bool:
    """Whether a name is that of a text file: by its ending, or since there is such a file."""
    return path.suffix.lower() in (*_PLAIN, *_TABLES) or path.expanduser().is_file()


@dataclass(frozen=True)
class Texts:
    """The documents of a file or a data set, and what was found out about them by looking."""

    form: TextForm
    columns: tuple[str, ...]
    """Those that hold the text; none in a text file."""
    documents: Iterator[Document]
    """Each once; a long text in sections."""
    count: int | None
    """How many there are; None where they are streamed."""


def file_texts(path: Path, seed: int) -> Texts:
    """The documents of a local file in an order drawn from ``seed``; a long one, or a text file, in sections.

    Raises:
        BadInput: the file is missing, empty, of an unknown kind, or has no text in it.
    """
    form = None
    if not path.is_file():
        raise BadInput(f"There is no text file {path}.")
    if path.suffix.lower() in _PLAIN:
        documents: list[Document] = list(_sections(path))
    elif path.suffix.lower() in _TABLES:
        form, documents = _table(path)
    else:
        raise BadInput(f"{path} is of an unknown kind; give a file in {', '.join([*_PLAIN[:1], *_TABLES])}.")
    if not documents:
        raise BadInput(f"There is no text in {path}.")
    order = np.random.default_rng(seed).permutation(len(documents))
    ordered = (documents[index] for index in order)
    return Texts(form.name if form else "plain", form.columns if form else (), ordered, len(documents))


def dataset_texts(name: str, split: str, seed: int) -> Texts:
    """The documents of a Hub data set, streamed; ``name`` may end in ``:config``.

    Raises:
        BadInput: no name is given, or the data set, its config or its split does not exist, or has no text.
        LayerSwarmError: the Hub cannot be reached.
    """
    if not name:
        raise BadInput("No data set is named; give a Hub data set id, such as 'org/name' or 'org/name:config'.")
    identifier, _, config = name.partition(":")
    rows = _streamed(identifier, config or None, split, seed)
    first = _first_rows(rows)
    if not first:
        raise BadInput(f"The data set '{name}' (split '{split}') is empty.")
    form = row_form(first, f"The data set '{name}'")
    return Texts(form.name, form.columns, _made(chain(first, rows), form), None)


def file_documents(path: Path, seed: int) -> Iterator[Document]:
    """The documents of ``file_texts``."""
    return file_texts(path, seed).documents


def sections(text: str, longest: int) -> Iterator[str]:
    """The text in parts of at most ``longest`` characters, cut where a paragraph, a line or at least a word ends."""
    rest = text.strip()
    while len(rest) > longest:
        ends = (rest.rfind(mark, 1, longest) for mark in ("\n\n", "\n", " "))
        cut = next((end for end in ends if end > 0), longest)
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def _sections(path: Path) -> list[str]:
    """A text file in sections, at least some dozens of them, so that there is something to divide."""
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read as UTF-8 text ({error}).") from None
    return list(sections(content, min(max(len(content) // _FEWEST, _SHORTEST), _LONGEST)))


def _table(path: Path) -> tuple[RowForm | None, list[Document]]:
    """The form of a table's rows, and its documents; no form where there is no row."""
    from datasets import load_dataset

    kind = _TABLES[path.suffix.lower()]
    options: dict[str, Any] = _WORDS_ONLY if kind == "csv" else {}
    try:
        rows: Iterator[Any] = iter(
            load_dataset(kind, data_files=str(path.resolve()), split="train", streaming=True, **options)
        )
        first = _first_rows(rows)
        if not first:
            return None, []
        form = row_form(first, str(path))
        return form, list(_made(chain(first, rows), form))
    except BadInput:
        raise
    except Exception as error:  # each reader of the library fails in its own way
        reason = " ".join(str(error.__cause__ or error).split())[:200]
        raise BadInput(f"{path} cannot be read as {path.suffix} ({reason}).") from None


def _first_rows(rows: Iterator[Any]) -> list[Row]:
    """Rows that the form of a table is known by, from the first that tells it; none where there is no such row."""
    first = next(filter(tells_form, rows), None)
    return [] if first is None else [first, *islice(rows, _LOOKED_AT - 1)]


def _made(rows: Iterable[Any], form: RowForm) -> Iterator[Document]:
    """A conversation is one document, a long text is several."""
    for row in rows:
        document = form.document(row)
        if isinstance(document, str):
            yield from sections(document, _LONGEST)
        elif document.turns:
            yield document


def _streamed(identifier: str, config: str | None, split: str, seed: int) -> Iterator[Any]:
    from datasets import load_dataset

    try:
        rows = load_dataset(identifier, config, split=split, streaming=True)
        yield from rows.shuffle(seed=seed, buffer_size=_SHUFFLE_BUFFER)
    except (ConnectionError, TimeoutError) as error:
        raise LayerSwarmError(
            f"The data set '{identifier}' cannot be fetched now ({type(error).__name__}); check the connection, or use "
            "a local file or the model's own text."
        ) from None
    except Exception as error:  # not found, gated, a wrong config or split: the library's words name it
        reason = " ".join(str(error).split())[:200]
        raise BadInput(f"The data set '{identifier}' (split '{split}') cannot be used: {reason}") from None
