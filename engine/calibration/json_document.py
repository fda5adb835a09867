"""Find the rows in a JSON document that holds other content too."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.calibration.column_names import CONVERSATIONS, KNOWN
from engine.calibration.columns import known_form, recognised_form

_WRAPPERS = ("train", "data", "rows", "items", "examples", "instances", "records", "samples", "documents", "texts")
"""Usual names of the list of rows, the likeliest first."""
_DESCRIPTIONS = frozenset({"features", "schema", "fields", "columns", "index"})
"""Names of lists that describe the rows."""
_DEPTH = 4


def document_rows(document: object, path: Path, depth: int = 0) -> Iterator[Any]:
    """Yield the rows of a document: the items of a list, or the rows that an object wraps, has as columns, or is.

    Args:
        document: A JSON value.
        path: Its file, for error messages.
        depth: How many objects it is nested in.

    Raises:
        BadInput: There are several lists, and none has a usual name.
    """
    if isinstance(document, list):
        yield from document
    elif isinstance(document, Mapping):
        yield from _object_rows(document, path, depth)
    else:
        yield document


def _object_rows(document: Mapping[str, Any], path: Path, depth: int) -> Iterator[Any]:
    turned = _turned(document)
    if turned is not None:
        yield from turned
    elif known_form([document]) is not None or depth == _DEPTH:
        yield document
    elif (wrapped := _called_rows(document)) is not None:
        yield from document_rows(wrapped, path, depth + 1)
    elif _are_rows(document):
        yield from document.values()
    elif recognised_form([document]) is not None:
        yield document
    elif (rows := _only_rows(document, path)) is not None:
        yield from rows
    elif len(inner := [value for value in document.values() if isinstance(value, Mapping)]) == 1:
        yield from document_rows(inner[0], path, depth + 1)
    else:
        yield document


def _turned(document: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the rows of a document of columns, as ``datasets`` and pandas write it; None for any other."""
    values = list(document.values())
    names, cells = document.get("columns"), document.get("data")
    if isinstance(names, list) and isinstance(cells, list) and all(isinstance(row, list) for row in cells):
        return [dict(zip(map(str, names), row, strict=False)) for row in cells]
    if values and all(isinstance(value, list) for value in values):
        return _turned_lists(document)
    if values and all(isinstance(value, Mapping) and value.keys() == values[0].keys() for value in values):
        are_columns = _has_known(document) or (all(name.isdigit() for name in values[0]) and not _has_known(values[0]))
        return [{name: column[key] for name, column in document.items()} for key in values[0]] if are_columns else None
    return None


def _turned_lists(columns: Mapping[str, list[Any]]) -> list[dict[str, Any]] | None:
    """Return the rows of lists side by side; None for lists of objects, which are rows, and for one conversation."""
    spoken = [cell for name, cells in columns.items() if name.strip().casefold() in CONVERSATIONS for cell in cells]
    has_rows = any(isinstance(cell, Mapping) for cells in columns.values() for cell in cells)
    if has_rows or not all(isinstance(cell, list) for cell in spoken) or len(set(map(len, columns.values()))) > 1:
        return None
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)] or None


def _has_known(document: Mapping[str, Any]) -> bool:
    return any(name.strip().casefold() in KNOWN for name in document)


def _called_rows(document: Mapping[str, Any]) -> list[Any] | Mapping[str, Any] | None:
    """Return the value under one of the usual names; lists before objects."""
    named = [document[name] for name in _WRAPPERS if name in document]
    lists = (
        value for value in named if isinstance(value, list) and isinstance(next(iter(value), None), str | list | dict)
    )
    return next(lists, None) or next((value for value in named if isinstance(value, Mapping)), None)


def _are_rows(document: Mapping[str, Any]) -> bool:
    """Return whether the object holds rows under their names."""
    values = list(document.values())
    return len(values) > 1 and all(isinstance(value, Mapping) and known_form([value]) is not None for value in values)


def _only_rows(document: Mapping[str, Any], path: Path) -> list[Any] | None:
    """Return the list of objects in an object that has one, whatever its name."""
    lists = {
        name: value
        for name, value in document.items()
        if name not in _DESCRIPTIONS and isinstance(value, list) and isinstance(next(iter(value), None), Mapping)
    }
    if len(lists) > 1:
        raise BadInput(
            worded(
                "{0} holds several lists ({1}), none of them named 'data'; put the one with the text into a file of "
                "its own.",
                path,
                ", ".join(lists),
            )
        )
    return next(iter(lists.values()), None)
