"""Read documents from a local file or a Hub data set."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain, islice
from logging import CRITICAL, getLogger
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.events import TextForm
from engine.api.locations import given_path
from engine.api.message import ended, worded
from engine.api.offline import Offline
from engine.api.socket_guard import is_offline
from engine.calibration.column_names import Row, shows_form
from engine.calibration.columns import Document, RowForm, row_form
from engine.calibration.csv_rows import csv_rows
from engine.calibration.drawn_order import IN_MEMORY, Read, drawn_order
from engine.calibration.json_rows import LINES, json_rows
from engine.calibration.parquet_rows import parquet_rows
from engine.calibration.sections import LONGEST, file_sections, sections
from engine.calibration.text_files import ensure_text_file, is_parquet, text_suffix

_PLAIN = (".txt", ".md", ".text", ".raw")
_TABLES = (*LINES, ".json", ".parquet", ".csv", ".tsv")
_KINDS = worded(".txt, .jsonl, .json, .parquet, .csv or .tsv, also compressed as .gz or .zst")
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*(/[\w.-]+)?", re.ASCII)
_SHUFFLE_BUFFER = 1000
_LONGEST_TALK = 1 << 20
"""Characters of a conversation that is taken as one; a longer one is plain text, in sections."""
_LOOKED_AT = 64
"""Rows from which the form of a table is derived: few to read at once, enough that no column is empty in all."""
_SEARCHED = 10_000
"""Rows of a file that are searched for text in a column of known name."""

_RowReader = Callable[[Sequence[str] | None], Iterator[Row]]
"""Starts reading the rows of a file: all columns, or the named ones."""


def is_text_file(path: Path) -> bool:
    """Return whether a name is that of a text file, by its ending or because the file exists."""
    return text_suffix(path) in (*_PLAIN, *_TABLES) or path.is_file()


@dataclass(frozen=True)
class Texts:
    """The documents of a file or a data set, with their form."""

    form: TextForm
    columns: tuple[str, ...]
    """Columns that hold the text; none in a text file."""
    documents: Iterator[Document]
    """Each document once; a long text in sections."""
    count: int | None
    """Number of documents; None where they are streamed."""


def file_texts(path: Path, seed: int, in_memory: int = IN_MEMORY, check: Callable[[], object] = lambda: None) -> Texts:
    """Return the documents of a local file in an order drawn from a seed; long ones and text files in sections.

    Args:
        path: The file.
        seed: Seed of the order.
        in_memory: Characters of documents that are kept in memory; a larger file is read again for its documents.
        check: Called now and then while the file is read. It may raise to stop.

    Raises:
        BadInput: The file is missing, empty, of an unknown kind, truncated, or holds no text.
    """
    ensure_text_file(path)
    suffix = text_suffix(path)
    if suffix not in (*_PLAIN, *_TABLES):
        raise BadInput(worded("{0} is of an unknown kind; give a file in {1}.", path, _KINDS))
    if path.stat().st_size == 0:
        raise _empty(path)
    is_table = suffix in _TABLES or is_parquet(path)
    form, read = _table(path, suffix) if is_table else (None, lambda: file_sections(path))
    count, documents = drawn_order(read, seed, in_memory, check)
    if not count:
        raise _empty(path)
    return Texts(form.name if form else "plain", form.columns if form else (), documents, count)


def dataset_texts(name: str, split: str, seed: int) -> Texts:
    """Return the documents of a Hub data set, streamed; ``name`` may end in ``:config``.

    Raises:
        BadInput: No name is given, or the data set, its config or its split does not exist, or has no text.
        LayerSwarmError: The Hub cannot be reached.
    """
    if not name:
        raise BadInput(worded("No data set is named; give a Hub data set id, such as 'org/name' or 'org/name:config'."))
    identifier, _, config = name.partition(":")
    rows = _streamed(identifier, config or None, split, seed)
    first = _first_rows(rows)
    if not first:
        raise BadInput(
            worded("The data set '{0}' (split '{1}') is empty; choose another split or data set.", name, split)
        )
    form = row_form(first, worded("The data set '{0}'", name))
    return Texts(form.name, form.columns, _made(chain(first, rows), form), None)


def file_documents(path: Path, seed: int) -> Iterator[Document]:
    """Return the documents of ``file_texts``."""
    return file_texts(path, seed).documents


def table_texts(path: Path) -> Iterator[str] | None:
    """Return the whole texts of a table's rows in order, a conversation as its contents; None for a plain text file.

    Raises:
        BadInput: The file is truncated, or no column holds text.
    """
    suffix = text_suffix(path)
    if suffix not in _TABLES and not is_parquet(path):
        return None
    form, _ = _table(path, suffix)
    rows = _row_reader(path, suffix)(form.reads)
    documents = map(form.document, rows)
    return (each if isinstance(each, str) else each.plain for each in documents)


def _table(path: Path, suffix: str) -> tuple[RowForm, Read]:
    """Return the form of a table's rows, and a function that reads its documents."""
    rows = _row_reader(path, suffix)
    first = _rows_that_show_form(rows(None))
    if not first:
        raise _empty(path)
    form = row_form(first, str(path))
    return form, lambda: _made(rows(form.reads), form)


def _row_reader(path: Path, suffix: str) -> _RowReader:
    """Return the reader of a file's rows: parquet is detected by its first bytes, other kinds by their names."""
    if suffix == ".parquet" or is_parquet(path):
        return lambda columns: parquet_rows(path, columns)
    if suffix in (".csv", ".tsv"):
        return lambda _columns: csv_rows(path, "\t" if suffix == ".tsv" else "")
    return lambda _columns: json_rows(path)


def _rows_that_show_form(rows: Iterator[Row]) -> list[Row]:
    """Return rows that show the form of a table, from the first that has text in a known column.

    If none of many has text there, return the first ones, but none whose known columns are empty.
    """
    first: list[Row] = []
    for row in islice(rows, _SEARCHED):
        if shows_form(row, known_only=True):
            return [row, *islice(rows, _LOOKED_AT - 1)]
        if len(first) < _LOOKED_AT and shows_form(row):
            first.append(row)
    return first


def _empty(path: Path) -> BadInput:
    how = worded(": the file is empty") if path.stat().st_size == 0 else ""
    return BadInput(worded("There is no text in {0}{1}.", path, how))


def _first_rows(rows: Iterator[Any]) -> list[Row]:
    """Return the rows from which the form is derived, starting with the first that shows it; empty for none."""
    first = next(filter(shows_form, rows), None)
    return [] if first is None else [first, *islice(rows, _LOOKED_AT - 1)]


def _made(rows: Iterable[Any], form: RowForm) -> Iterator[Document]:
    """Yield the documents of rows: a conversation is one, a long text several."""
    for row in rows:
        document = form.document(row)
        if isinstance(document, str):
            yield from sections(document, LONGEST)
        elif document.turns:
            yield from [document] if len(document.plain) <= _LONGEST_TALK else sections(document.plain, LONGEST)


def _streamed(identifier: str, config: str | None, split: str, seed: int) -> Iterator[Any]:
    """Yield the rows of a Hub data set, never those of a local folder of the same name."""
    from datasets import disable_progress_bars, load_dataset

    _check_identifier(identifier)
    if is_offline():
        words = worded("the data set '{0}' is not fetched", identifier)
        raise Offline(words, worded("use a local file or the model's own text"))
    disable_progress_bars()
    for library in ("datasets", "huggingface_hub"):  # the error contains what they would print
        getLogger(library).setLevel(CRITICAL)
    try:
        rows = load_dataset(f"hf://datasets/{identifier}", config, split=split, streaming=True)
        yield from rows.shuffle(seed=seed, buffer_size=_SHUFFLE_BUFFER)
    except (ConnectionError, TimeoutError) as error:
        raise LayerSwarmError(
            worded(
                "The data set '{0}' cannot be fetched now ({1}); check the connection, or use a local file or the "
                "model's own text.",
                identifier,
                type(error).__name__,
            )
        ) from None
    except Exception as error:  # not found, gated, a wrong config or split: the library's message states which
        reason = quoted(error, 200)
        raise BadInput(
            worded("The data set '{0}' (split '{1}') cannot be used: {2}", identifier, split, ended(reason))
        ) from None


def _check_identifier(identifier: str) -> None:
    """Check that a name is that of a Hub data set: ``datasets`` also accepts paths and names of file formats."""
    is_format = identifier.isidentifier() and find_spec(f"datasets.packaged_modules.{identifier}") is not None
    if _HUB_ID.fullmatch(identifier) and not is_format:
        return
    if given_path(identifier).is_file():
        raise BadInput(worded("'{0}' is a file, not a Hub data set; name it with the source 'file'.", identifier))
    raise BadInput(
        worded("'{0}' is neither a local text file nor the id of a Hub data set, such as 'org/name'.", identifier)
    )
