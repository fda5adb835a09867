"""Read the rows of a parquet file."""

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from engine.api.errors import BadInput, quoted
from engine.api.message import worded
from engine.api.regular_files import open_regular
from engine.api.system_errors import system_words
from engine.calibration.column_names import Row
from engine.calibration.text_files import PARQUET, cut_short, whole_bytes

_ENCRYPTED = b"PARE"
_BATCH = 256
"""Rows that are decoded at once; they may be long."""


def parquet_rows(path: Path, columns: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the rows of a parquet file in order.

    Args:
        path: The file.
        columns: Columns to read; by default all, with ``object()`` for a value that Python cannot hold.

    Raises:
        BadInput: The file is no parquet, damaged or truncated.
    """
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    with _opened(path) as source:
        try:
            file = ParquetFile(source)
            for batch in file.iter_batches(batch_size=_BATCH, columns=list(columns) if columns else None):
                names = batch.schema.names
                cells = [_cells(array, is_needed=columns is not None) for array in batch.columns]
                yield from (dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True))
        except (ArrowException, OSError, ValueError) as error:
            reason = quoted(error, 200)
            raise BadInput(
                worded("{0} is damaged: it cannot be read as parquet ({1}); download the file again.", path, reason)
            ) from None


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file with the first and last bytes of parquet; in memory where the whole file is compressed."""
    try:
        with open_regular(path) as file:
            source: BinaryIO = file if file.read(len(PARQUET)) == PARQUET else io.BytesIO(whole_bytes(path))
            _check_ends(source, path)
            yield source
    except OSError as error:
        raise BadInput(worded("{0} cannot be read: {1}; check the file.", path, system_words(error))) from None


def _check_ends(source: BinaryIO, path: Path) -> None:
    source.seek(0)
    begins = source.read(len(PARQUET))
    source.seek(max(0, source.seek(0, os.SEEK_END) - len(PARQUET)))
    ends = source.read()
    source.seek(0)
    if _ENCRYPTED in (begins, ends):
        raise BadInput(worded("{0} is encrypted; save it without encryption.", path))
    if begins != PARQUET:
        raise BadInput(
            worded("{0} is no parquet file despite its name; give it the ending of its content, such as .jsonl.", path)
        )
    if ends != PARQUET:
        raise cut_short(path, worded("the table of contents at the end of the parquet file is missing"))


def _cells(array: Any, is_needed: bool) -> list[Any]:
    """Return the values of a column; placeholders where they cannot be converted and are not needed."""
    try:
        return list(array.to_pylist())
    except (ValueError, OverflowError, TypeError):
        if is_needed:
            raise
        return [object()] * len(array)
