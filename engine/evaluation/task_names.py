"""Find the names of lm-eval's tasks without parsing its thousands of definitions, which takes a minute."""

import importlib.util
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from engine.api.errors import LayerSwarmError
from engine.api.message import worded
from engine.api.regular_files import read_regular

_LARGEST = 1 << 24
"""Bytes of a definition that is looked at."""
_NAMED = re.compile(
    r"^[ \t]*(?:-[ \t]+)?[\"']?(?:task|group|tag)[\"']?[ \t]*:(?P<value>.*(?:\n[ \t]*-[ \t]+.*)*)", re.MULTILINE
)
_OTHERS = (".py", ".pyc", ".md", ".json", ".jsonl", ".txt", ".csv", ".parquet", ".ipynb")
"""Endings of files that hold no definition."""
_WORD = re.compile(r"[^\s,\[\]{}\"'#]+")
_DEFINED = re.compile(
    r"^(?:task|group|tag)[ \t]*:[ \t]*[\"']?(?P<name>[^\s\"'#\[\]{},:|>&*!]+)[\"']?[ \t]*(?:#.*)?$", re.MULTILINE
)


def possible_names(folders: Sequence[Path]) -> frozenset[str]:
    """Return the names of all tasks, groups and tags that the definitions in folders may have.

    A name that is not among them is certainly unknown; a name that is among them may still be one that a definition
    only mentions.
    """
    return frozenset().union(*map(_names_in, folders))


def defined_names(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return the names that definitions in folders give to tasks, groups and tags, sorted."""
    found: set[str] = set()
    for folder in folders:
        for file in _definitions(folder):
            found.update(match["name"] for match in _DEFINED.finditer(_text(file)))
    return tuple(sorted(found, key=str.lower))


def installed_folder() -> Path | None:
    """Return the folder of lm-eval's own definitions without importing it; None where it is not installed."""
    found = importlib.util.find_spec("lm_eval")
    places = found.submodule_search_locations if found is not None else None
    return Path(places[0]) / "tasks" if places else None


def ensure_lm_eval(task: str) -> None:
    """Check that lm-eval is installed, which asks the questions of every task.

    Raises:
        LayerSwarmError: It is not.
    """
    if installed_folder() is None:
        raise LayerSwarmError(
            worded(
                "The task '{0}' needs lm-eval, which is not installed; add it with 'layerswarm engine setup --with "
                "tasks', or with pip install 'layerswarm[tasks]', or leave tasks out.",
                task,
            )
        )


def default_folder() -> Path:
    """Return the folder of lm-eval's own definitions."""
    from lm_eval import tasks

    return Path(tasks.__file__).parent


@cache
def _names_in(folder: Path) -> frozenset[str]:
    return frozenset(name for file in _definitions(folder) for name in _names_of(file))


def _definitions(folder: Path) -> Iterator[Path]:
    """Yield the files that may hold definitions; they have any name, such as `_default_template_yaml` or `default`."""
    return (file for file in folder.rglob("*") if file.suffix not in _OTHERS and file.is_file())


def _text(file: Path) -> str:
    try:
        return read_regular(file, _LARGEST).decode(errors="replace")
    except Exception:  # lm-eval skips what it cannot read
        return ""


def _names_of(file: Path) -> Iterator[str]:
    for found in _NAMED.finditer(_text(file)):
        yield found["value"].strip().strip("\"'")
        yield from _WORD.findall(found["value"])
