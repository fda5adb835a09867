"""Read the rows of a JSON file: one per line, or one document that holds them."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput, quoted
from engine.api.message import worded
from engine.calibration.column_names import Row
from engine.calibration.json_document import document_rows
from engine.calibration.text_files import characters, cut_short, lines, text_suffix, whole_text
from engine.calibration.turns import speaks

LINES = (".jsonl", ".ndjson", ".jsonlines")
"""Endings of files with one row per line."""
_COMMENT = ("//", "#")
_SPACE = re.compile(r"[\s\ufeff]*")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_LONE = re.compile("[\ud800-\udfff]")
_WORDS = ("true", "false", "null", "NaN", "-Infinity", "Infinity")
_DEPTH = worded("is nested too deeply to be read")


def json_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a JSON file in order; a bare string is a row with the column ``text``.

    Each line may hold a row (blank lines and comments are skipped). Otherwise the file holds one or several documents:
    lists of rows, or objects with such a list or with columns.

    Raises:
        BadInput: A value is no JSON or no row, or the file is truncated; the message gives the line.
    """
    numbered = _numbered_lines(path)
    first, second = next(numbered, None), next(numbered, None)
    if first is None:
        return
    if second is None or not _is_json(first[1]):
        yield from _document_rows(path)
        return
    rest = chain((first, second), numbered)
    here = next(rest, None)
    while here is not None:
        following = next(rest, None)
        yield from _line_rows(*here, path, is_last=following is None)
        here = following


def _numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not empty, with their numbers from 1."""
    for number, line in enumerate(lines(characters(path)), start=1):
        content = line.strip().lstrip("\ufeff")  # again a byte order mark, in concatenated files
        if content and not content.startswith(_COMMENT):
            yield number, content


def _is_json(text: str) -> bool:
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _line_rows(number: int, line: str, path: Path, is_last: bool) -> Iterator[Row]:
    try:
        value = json.loads(line, strict=False)
        mended = _without_halves(value) if _HALF.search(line) else value
    except json.JSONDecodeError as error:
        if is_last and _ends_early(error):
            advice = worded("remove that line, or get the whole file again")
            raise cut_short(path, worded("it ends in the middle of line {0}", number), advice) from None
        raise _no_json(path, number, error) from None
    except (ValueError, RecursionError) as error:
        raise _unusual(path, number, error) from None
    yield from value_rows(mended, worded("Line {0} of {1}", number, path))


def _document_rows(path: Path) -> Iterator[Row]:
    content = whole_text(path)
    values = list(_values(content, path))
    if len(values) != 1:
        items = values
    elif text_suffix(path) in LINES and isinstance(values[0], list) and values[0] and all(map(speaks, values[0])):
        items = values  # a line with one conversation
    else:
        items = list(document_rows(values[0], path))
    for number, item in enumerate(items, start=1):
        yield from value_rows(item, worded("Item {0} of {1}", number, path))


def value_rows(value: object, where: str) -> Iterator[Row]:
    """Yield the row of a line or an item; several for a list of rows, none for an empty value.

    Raises:
        BadInput: It is no row.
    """
    if isinstance(value, list | Mapping) and not value:
        return
    if isinstance(value, Mapping):
        inner = value.get("row")  # the form of the Hub's data set server
        yield inner if isinstance(inner, Mapping) and value.keys() <= {"row", "row_idx", "truncated_cells"} else value
    elif isinstance(value, str):
        yield {"text": value}
    elif isinstance(value, list) and all(map(speaks, value)):
        yield {"conversation": value}
    elif isinstance(value, list) and all(isinstance(item, Mapping) for item in value):
        yield from value
    elif value is not None:
        kind = worded("a list without names") if isinstance(value, list) else worded("a number or a truth value")
        raise BadInput(worded('{0} is {1}; write each row as an object, such as {{"text": "..."}}.', where, kind))


def _values(content: str, path: Path) -> Iterator[Any]:
    """Yield the consecutive JSON values of a text."""
    decoder = json.JSONDecoder(strict=False)
    mended = _without_halves if _HALF.search(content) else lambda value: value
    position = _after_space(content, 0)
    while position < len(content):
        try:
            value, end = decoder.raw_decode(content, position)
            value = mended(value)
        except json.JSONDecodeError as error:
            raise _broken_document(path, _earliest(error, content, position)) from None
        except (ValueError, RecursionError) as error:
            raise _unusual(path, content.count("\n", 0, position) + 1, error) from None
        yield value
        position = _after_space(content, end)


def _after_space(content: str, position: int) -> int:
    found = _SPACE.match(content, position)
    return found.end() if found else position


def _earliest(error: json.JSONDecodeError, content: str, position: int) -> json.JSONDecodeError:
    """Return the error, or an earlier one where an unclosed string runs into the next line."""
    try:
        json.JSONDecoder().raw_decode(content, position)
    except json.JSONDecodeError as strict:
        return min(strict, error, key=lambda each: each.pos)
    return error


def _broken_document(path: Path, error: json.JSONDecodeError) -> BadInput:
    if _ends_early(error):
        return cut_short(path, worded("it ends in the middle of line {0}", error.lineno))
    return _no_json(path, error.lineno, error)


def _ends_early(error: json.JSONDecodeError) -> bool:
    """Return whether the text is valid up to its end."""
    rest = error.doc[error.pos :].strip()
    if error.msg.startswith("Unterminated string"):
        return True
    is_escape = error.msg.startswith("Invalid \\") and len(rest) < len("\\u0000")
    return not rest or is_escape or any(word.startswith(rest) for word in _WORDS)


def _no_json(path: Path, line: int, error: json.JSONDecodeError) -> BadInput:
    return BadInput(
        worded(
            "Line {0} of {1} is no JSON ({2} at column {3}); mend or remove it.",
            line,
            path,
            quoted(error.msg),
            error.colno,
        )
    )


def _unusual(path: Path, line: int, error: Exception) -> BadInput:
    what = _DEPTH if isinstance(error, RecursionError) else worded("holds a number of too many digits")
    return BadInput(worded("Line {0} of {1} {2}; mend or remove it.", line, path, what))


def _without_halves(value: Any) -> Any:
    """Replace every lone surrogate in a value, which no tokenizer accepts."""
    if isinstance(value, str):
        return _LONE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_halves(item) for item in value]
    if isinstance(value, dict):
        return {_without_halves(name): _without_halves(item) for name, item in value.items()}
    return value
