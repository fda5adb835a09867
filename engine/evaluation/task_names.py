"""Find the names of lm-eval's tasks without parsing its thousands of definitions, which takes a minute."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from engine.api.regular_files import read_regular

_LARGEST = 1 << 24
"""Bytes of a definition that is looked at."""
_NAMED = re.compile(
    r"^[ \t]*(?:-[ \t]+)?[\"']?(?:task|group|tag)[\"']?[ \t]*:(?P<value>.*(?:\n[ \t]*-[ \t]+.*)*)", re.MULTILINE
)
_OTHERS = (".py", ".pyc", ".md", ".json", ".jsonl", ".txt", ".csv", ".parquet", ".ipynb")
"""Endings of files that hold no definition."""
_WORD = re.compile(r"[^\s,\[\]{}\"'#]+")


def possible_names(folders: Sequence[Path]) -> frozenset[str]:
    """Return the names of all tasks, groups and tags that the definitions in folders may have.

    A name that is not among them is certainly unknown; a name that is among them may still be one that a definition
    only mentions.
    """
    return frozenset().union(*map(_names_in, folders))


def default_folder() -> Path:
    """Return the folder of lm-eval's own definitions."""
    from lm_eval import tasks

    return Path(tasks.__file__).parent


@cache
def _names_in(folder: Path) -> frozenset[str]:
    # Definitions include files of any name, such as `_default_template_yaml` or `default`.
    files = (file for file in folder.rglob("*") if file.suffix not in _OTHERS and file.is_file())
    return frozenset(name for file in files for name in _names_of(file))


def _names_of(file: Path) -> Iterator[str]:
    try:
        text = read_regular(file, _LARGEST).decode(errors="replace")
    except Exception:  # lm-eval skips what it cannot read
        return
    for found in _NAMED.finditer(text):
        yield found["value"].strip().strip("\"'")
        yield from _WORD.findall(found["value"])
