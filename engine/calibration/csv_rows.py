"""Read the rows of CSV, with any usual separator, and of TSV."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.calibration.column_names import KNOWN, Row
from engine.calibration.text_files import characters, lines

_SEPARATORS = (",", ";", "\t", "|")
_LOOKED_AT = 50
"""Number of lines from which the separator is detected."""
_LONGEST_CELL = 2**31 - 1
_WORDS_OF_PROSE, _CHARACTERS_OF_PROSE = 5, 60
"""A cell of the first line with at least so many characters is text instead of a column name."""


def csv_rows(path: Path, separator: str = "") -> Iterator[Row]:
    """Yield the rows of a table in order, an empty cell as None; a single unnamed column is named ``text``.

    Args:
        path: The file.
        separator: Separator of the cells; if empty, detected among comma, semicolon, tab and bar.

    Raises:
        BadInput: A line has more cells than there are names, or a quote is not closed; the message gives the line.
    """
    csv.field_size_limit(_LONGEST_CELL)
    records = _records(path, separator or _separator(path))
    first = next(records, None)
    if first is not None and _is_separator_line(first[1]):
        first = next(records, None)
    if first is None:
        return
    names = _names(first[1])
    for line, cells in records if names else chain([first], records):
        yield _row(names or _numbers(first[1]), cells, worded("Line {0} of {1}", line, path))


def _records(path: Path, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each record that is not empty, with the number of its first line from 1."""
    source = _Lines(path)
    reader = csv.reader(source, delimiter=separator)
    while True:
        line = source.taken + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise BadInput(
                worded("Line {0} of {1} cannot be read as CSV ({2}); correct or remove it.", line, path, error)
            ) from None
        if cells is None:
            return
        if source.is_at_end:  # the reader requested one more line to end a cell
            raise BadInput(
                worded(
                    "{0} ends within the quotes that are opened in line {1}; close them, or download the file again "
                    "if it is truncated.",
                    path,
                    line,
                )
            )
        if any(cell.strip() for cell in cells):
            yield line, cells


class _Lines:
    """Iterates over the lines of a file, counts them, and records a request beyond the last one."""

    def __init__(self, path: Path) -> None:
        self._lines = lines(characters(path))
        self.taken = 0
        self.is_at_end = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.is_at_end = True
            raise
        self.taken += 1
        return line


def _separator(path: Path) -> str:
    """Return the separator with which the first line names a known column, else one that splits all lines alike."""
    looked_at = list(islice(lines(characters(path)), _LOOKED_AT))
    if looked_at and _is_separator_line([looked_at[0].strip()]):
        return looked_at[0].strip()[-1]
    read = {mark: [cells for cells in csv.reader(looked_at, delimiter=mark) if cells] for mark in _SEPARATORS}
    for mark, records in read.items():
        if records and len(records[0]) > 1 and _has_known_name(records[0]):
            return mark
    for mark, records in read.items():
        widths = Counter(map(len, records[:-1] or records))  # the last one may be incomplete
        if len(widths) == 1 and max(widths) > 1:
            return mark
    return _SEPARATORS[0]


def _is_separator_line(cells: Sequence[str]) -> bool:
    """Return whether this is a line such as ``sep=;``, which sets the separator for Excel."""
    line = "".join(cells).strip().lower()
    return line.startswith("sep=") and len(line) <= len("sep=;")


def _names(cells: Sequence[str]) -> list[str] | None:
    """Return the names of the columns; None where the first line is a row."""
    is_prose = any(
        len(cell.split()) >= _WORDS_OF_PROSE or len(cell) > _CHARACTERS_OF_PROSE or "\n" in cell for cell in cells
    )
    if is_prose and not _has_known_name(cells):
        return None
    seen: Counter[str] = Counter()
    names = []
    for cell in cells:
        names.append(f"{cell}.{seen[cell]}" if seen[cell] else cell)
        seen[cell] += 1
    return names


def _numbers(cells: Sequence[str]) -> list[str]:
    """Return names for columns that have none."""
    return ["text"] if len(cells) == 1 else [f"column {number}" for number in range(1, len(cells) + 1)]


def _has_known_name(cells: Sequence[str]) -> bool:
    return any(cell.strip().casefold() in KNOWN for cell in cells)


def _row(names: Sequence[str], cells: Sequence[str], where: str) -> Mapping[str, str | None]:
    beyond = cells[len(names) :]
    if any(cell.strip() for cell in beyond):
        raise BadInput(
            worded(
                "{0} has {1} cells where the first line has {2}; put a text that holds the separator in quotes.",
                where,
                len(cells),
                len(names),
            )
        )
    return {name: (cells[place] if place < len(cells) else "") or None for place, name in enumerate(names)}
