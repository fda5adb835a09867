"""Read and merge the JSON files of a project."""

import json
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput, quoted
from engine.api.message import Message, worded
from engine.api.regular_files import read_regular
from engine.api.system_errors import system_words

_LARGEST = 1 << 24
"""Bytes of a file with settings, which is some kilobytes."""


MENDED_BY_WINDOW = worded("restore it from a copy, or open it in the window to mend it")
"""Advice for a damaged file of a project."""


def read_project_file(path: Path, instead: Message = MENDED_BY_WINDOW) -> Any:
    """Read a JSON file of a project.

    Args:
        path: The file.
        instead: What to do about a damaged one.

    Raises:
        BadInput: It cannot be read, or is no JSON that can be written again.
    """
    try:
        return json_in(path)
    except OSError as error:
        raise BadInput(worded("{0} cannot be read ({1}).", path, system_words(error))) from None
    except ValueError as error:
        words = worded("{0} is damaged and cannot be read as JSON ({1}); {2}.", path, quoted(error), instead)
        raise BadInput(words) from None


def json_in(path: Path) -> Any:
    """Return the content of a small JSON file, with or without the byte order mark that some editors add.

    Raises:
        BadInput: It is too large, or no regular file.
        OSError: It cannot be read.
        ValueError: It is no JSON that can be written again.
    """
    text = read_regular(path, _LARGEST).decode("utf-8-sig")
    try:
        content = json.loads(text)
        json.dumps(content, ensure_ascii=False).encode()  # half a surrogate pair could not be saved again
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return content


def pretty(content: object) -> bytes:
    """Return the content of a JSON file for people."""
    return json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n"


def merged(old: Any, new: Any) -> Any:
    """Return ``new`` merged into ``old``, keeping keys that only ``old`` has at any depth."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}
    return new
