"""Benchmark data from a folder on this computer, for the tasks in ``resources/tasks``: no Hub, no cache."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from datasets import Dataset, disable_progress_bars

from engine.api.errors import BadInput


def splits(
    data_folder: str = "", *, test: Sequence[str], fewshot: Sequence[str], subject: str = "", **_metadata: object
) -> dict[str, Dataset]:
    """The two splits of a task: what is asked, and where few-shot examples come from.

    lm-eval calls this with the task's ``metadata`` and ``dataset_kwargs``. Without a file of training rows the examples
    are taken from the questions themselves; lm-eval never gives a question as its own example.

    Args:
        data_folder: the folder with the benchmark files (``evaluation.data_folder``).
        test: files below it; the first that is there is read.
        fewshot: likewise.
        subject: only rows of this subject, where it is given.

    Raises:
        BadInput: the folder or all of the files are missing, or a file is no JSON lines.
    """
    disable_progress_bars()
    folder = Path(data_folder).expanduser()
    return {name: _rows(first_of(folder, files), subject) for name, files in (("test", test), ("fewshot", fewshot))}


def first_of(folder: Path, files: Sequence[str]) -> Path:
    """The first of the files that is there.

    Raises:
        BadInput: none is.
    """
    for file in files:
        if (folder / file).is_file():
            return folder / file
    raise BadInput(f"There is no file {files[0]} in {folder} (evaluation.data_folder).")


def question_files(config: object) -> Iterator[Sequence[str]]:
    """The files of every task below a definition in ``resources/tasks``, each a list of which one is enough."""
    if isinstance(config, Mapping):
        files = config.get("test")
        if isinstance(files, list):
            yield files
        for part in config.values():
            yield from question_files(part)
    elif isinstance(config, list):
        for part in config:
            yield from question_files(part)


def _rows(path: Path, subject: str) -> Dataset:
    rows = [row for row in _read(path) if not subject or row.get("subject") == subject]
    if not rows:
        raise BadInput(f"{path} has no rows{f' of {subject}' if subject else ''}.")
    return Dataset.from_list(rows)


@lru_cache(maxsize=4)
def _read(path: Path) -> tuple[dict[str, Any], ...]:
    try:
        with path.open(encoding="utf-8") as file:
            return tuple(json.loads(line) for line in file if line.strip())
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} cannot be read as JSON lines ({error}).") from None
