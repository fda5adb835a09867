"""Read rows of local benchmark files, each with its place, so that an error can name it."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput, quoted
from engine.api.message import worded
from engine.api.regular_files import check_regular
from engine.api.system_errors import system_words
from engine.calibration.csv_rows import csv_rows
from engine.calibration.text_files import COMPRESSED_SUFFIXES, text_suffix, whole_text

SUFFIXES = (".jsonl", ".json", ".parquet")
"""Kinds of files whose rows have named fields."""
_TABLES = (".csv", ".tsv")
_ENDINGS = (*SUFFIXES, *_TABLES, *(f"{each}{packed}" for each in (".jsonl", ".json") for packed in COMPRESSED_SUFFIXES))
_ANSWERS = "-labels.lst"
"""Ending of the files with the answers to ``train.jsonl``, ``dev.jsonl`` and so on in the original releases."""


@dataclass(frozen=True)
class Row:
    """A row of a file, unchanged."""

    place: str
    """File and line, for error messages."""
    fields: dict[str, Any]
    listed: tuple[str, str] | None = None
    """Its answer in a separate file of answers, and that file's name; None where there is no such file."""


def find_file(folders: Sequence[Path], stems: Sequence[str]) -> Path | None:
    """Return the first file with one of the names, in their order; None where there is none.

    ``train-00000-of-00001.parquet`` counts as ``train``, and a folder of parts as one file: the Hub's own conversion to
    Parquet is in ``train/0000.parquet`` and so on, and the original release of MMLU has a CSV file for each subject,
    ``test/anatomy_test.csv`` and so on.

    Args:
        folders: Folders to search.
        stems: Names without their endings, the preferred one first.
    """
    for stem in stems:
        for folder in folders:
            named = (_any_case(folder, f"{stem}{ending}") for ending in _ENDINGS)
            for path in (*filter(None, named), *_shards(folder, stem)[:1]):
                if path.is_file():
                    return path
            if any((folder / stem).glob(f"*_{stem}.csv")):
                return folder / stem
    return None


def _any_case(folder: Path, name: str) -> Path | None:
    """Return the file of that name, else one whose name differs in capitals alone, such as ``Test.JSONL``."""
    if (folder / name).is_file():
        return folder / name
    return next((path for path in _entries(folder) if path.name.lower() == name.lower()), None)


def folder_of_any_case(folder: Path, name: str) -> Path:
    """Return the folder of that name, which need not exist, or one that differs in capitals alone, as ``GSM8K``."""
    if (folder / name).is_dir():
        return folder / name
    return next((path for path in _entries(folder) if path.name.lower() == name.lower()), folder / name)


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def read_rows(path: Path) -> tuple[Row, ...]:
    """Return the rows of a file that ``find_file`` found.

    Raises:
        BadInput: It cannot be read, or a row has no fields.
    """
    files = sorted(path.glob(f"*_{path.name}.csv")) if path.is_dir() else _shards_of(path)
    try:
        return tuple(row for file in files for row in _read(file))
    except UnicodeError:
        raise BadInput(worded("{0} cannot be read: it is not UTF-8 text.", path)) from None
    except (OSError, csv.Error) as error:
        reason = system_words(error) if isinstance(error, OSError) else quoted(error)
        raise BadInput(worded("{0} cannot be read ({1}).", path, reason)) from None


def with_listed_answers(rows: Sequence[Row], path: Path, stems: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows with the answers of a separate file, such as ``dev-labels.lst`` beside ``dev.jsonl``.

    Args:
        rows: The rows of ``path``.
        path: Their file.
        stems: Other names of the same split, which the file of answers may have.

    Raises:
        BadInput: The number of answers is not that of the rows.
    """
    names = dict.fromkeys((path.name.partition(".")[0], *stems))
    file = next((each for name in names if (each := path.parent / f"{name}{_ANSWERS}").is_file()), None)
    if file is None:
        return tuple(rows)
    try:
        answers = whole_text(file).split()
    except OSError:
        raise BadInput(worded("{0} cannot be read as UTF-8 text.", file)) from None
    if len(answers) != len(rows):
        raise BadInput(
            worded(
                "{0} has {1} answers and {2} has {3} questions; take both from the same release.",
                file,
                len(answers),
                path,
                len(rows),
            )
        )
    return tuple(replace(row, listed=(answer, file.name)) for row, answer in zip(rows, answers, strict=True))


def _shards(folder: Path, stem: str) -> list[Path]:
    """Return a split's parts, named as on the Hub or in its own conversion to Parquet."""
    named = sorted(folder.glob(f"{stem}-[0-9]*-of-[0-9]*.parquet"))
    return named or sorted((folder / stem).glob("[0-9]*.parquet"))


def _shards_of(path: Path) -> list[Path]:
    if path.suffix == ".parquet" and path.stem.isdecimal():
        return _shards(path.parent.parent, path.parent.name)
    stem, _, rest = path.name.partition("-0")
    return _shards(path.parent, stem) if "-of-" in rest else [path]


def _read(path: Path) -> Iterator[Row]:
    suffix = text_suffix(path)
    if suffix in _TABLES:
        return _csv_rows(path) if path.stem.endswith(f"_{path.parent.name}") else _named_rows(path, suffix)
    if suffix == ".parquet":
        check_regular(path)
        return _parquet_rows(path)
    text = whole_text(path)
    return _array_rows(path, text) if text.lstrip().startswith("[") else _line_rows(path, text)


def _line_rows(path: Path, text: str) -> Iterator[Row]:
    # Not splitlines, which also splits at other characters that a text may contain.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = worded("{0}, line {1}", path, number)
            yield _row(place, _parsed(place, line))


def _array_rows(path: Path, text: str) -> Iterator[Row]:
    array = _parsed(str(path), text)
    for number, fields in enumerate(array, start=1):
        yield _row(worded("{0}, row {1}", path, number), fields)


def _parquet_rows(path: Path) -> Iterator[Row]:
    from pyarrow import ArrowException
    from pyarrow.parquet import read_table

    try:
        table = read_table(path).to_pylist()
    except ArrowException as error:
        reason = quoted(error, 200)
        raise BadInput(worded("{0} cannot be read as Parquet ({1}).", path, reason)) from None
    for number, fields in enumerate(table, start=1):
        yield Row(worded("{0}, row {1}", path, number), fields)


def _csv_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a subject in MMLU's original release: question, four choices, letter of the answer."""
    names = ("question", "A", "B", "C", "D", "answer")
    subject = path.stem.rpartition("_")[0]
    for number, cells in enumerate(csv.reader(io.StringIO(whole_text(path), newline="")), start=1):
        place = worded("{0}, row {1}", path, number)
        if not cells:
            continue
        if len(cells) != len(names):
            raise BadInput(
                worded(
                    "{0}: there are {1} columns; {2} are needed: {3}.", place, len(cells), len(names), ", ".join(names)
                )
            )
        yield Row(place, {**dict(zip(names, cells, strict=True)), "subject": subject})


def _named_rows(path: Path, suffix: str) -> Iterator[Row]:
    """Yield the rows of a table whose first line names its columns."""
    for number, fields in enumerate(csv_rows(path, "\t" if suffix == ".tsv" else ""), start=1):
        yield Row(worded("{0}, row {1}", path, number), dict(fields))


def _parsed(place: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = (
            worded("line {0}, column {1}", error.lineno, error.colno)
            if "\n" in text.strip()
            else worded("column {0}", error.colno)
        )
        raise BadInput(
            worded(
                "{0}: this is not JSON ({1}, {2}); a benchmark file has a JSON object in each line, or one array of "
                "them.",
                place,
                quoted(error.msg),
                where,
            )
        ) from None
    except (RecursionError, ValueError):
        raise BadInput(
            worded("{0}: the JSON is nested too deeply, or a number in it has too many digits.", place)
        ) from None


def _row(place: str, fields: object) -> Row:
    if not isinstance(fields, dict):
        raise BadInput(
            worded("{0}: a row must be a JSON object with named fields, and this is {1}.", place, kind_of(fields))
        )
    return Row(place, fields)


def kind_of(value: object) -> str:
    """Return the kind of a value from a file, in words."""
    if value is None:
        return worded("nothing")
    for kinds, words in (
        (bool, worded("true or false")),
        (int | float, worded("a number")),
        (str, worded("text")),
        (list | tuple, worded("a list")),
        (dict, worded("an object")),
    ):
        if isinstance(value, kinds):
            return words
    return worded("of type {0}", type(value).__name__)
