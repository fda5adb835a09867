"""Which lm-eval tasks there are: its own, those over local data, and those of a folder."""

import difflib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from torch import OutOfMemoryError

from engine.api.control import StopRequested
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.evaluation_settings import EvaluationSettings
from engine.evaluation.local_data import first_of, question_files

FEWSHOT_SEED = 1234
"""lm-eval's own default."""
LOCAL_TASKS = Path(str(files("resources"))) / "tasks"
"""Definitions of tasks that read ``evaluation.data_folder``."""


def check_tasks(settings: EvaluationSettings) -> None:
    """See that every task exists, and the data of those over local data, before hours are spent on anything else.

    Raises:
        BadInput: a task is not known, in which case the nearest name is given; or its file is missing.
    """
    if settings.tasks:
        task_manager(settings, settings.tasks)


@contextmanager
def running(task: str) -> Iterator[None]:
    """A task is a program of its own: whatever goes wrong in it is told in one sentence.

    Raises:
        LayerSwarmError: instead of any other error: data missing, Hub unreachable, ...
    """
    try:
        yield
    except (LayerSwarmError, StopRequested, OutOfMemoryError):
        raise
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        raise LayerSwarmError(f"The task '{task}' could not be run ({reason}).") from error


def task_manager(settings: EvaluationSettings, tasks: Sequence[str]) -> Any:
    """lm-eval's list of its own tasks, ours over local data and those of ``evaluation.task_folder``.

    Raises:
        BadInput: there is no such folder, a task is not known (the nearest name is given), or its file is missing.
    """
    own = Path(settings.task_folder).expanduser() if settings.task_folder else None
    if own is not None and not own.is_dir():
        raise BadInput(f"There is no folder {own} with lm-eval task files (evaluation.task_folder).")
    folders = [str(LOCAL_TASKS), *([str(own)] if own else [])]
    manager = _manager(folders, settings.data_folder, tasks)
    for task in tasks:
        if not manager.match_tasks([task]):
            near = difflib.get_close_matches(task, manager.all_tasks, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else "; see 'lm-eval ls tasks' for their names."
            raise BadInput(f"lm-eval has no task '{task}'{hint}")
        _check_local_data(manager, task, settings.data_folder)
    return manager


def _manager(folders: Sequence[str], data_folder: str, tasks: Sequence[str]) -> Any:
    """The thousands of lm-eval's own definitions are read only where they are needed: it takes seconds."""
    from lm_eval.tasks import TaskManager

    logging.getLogger("lm_eval").setLevel(logging.ERROR)
    metadata = {"data_folder": data_folder}
    manager = TaskManager(include_path=folders, include_defaults=False, metadata=metadata)
    if all(task in manager.all_subtasks for task in tasks):
        return manager
    return TaskManager(include_path=folders, metadata=metadata)


def _check_local_data(manager: Any, task: str, data_folder: str) -> None:
    entry = manager.task_index.get(task)
    if entry is None or entry.yaml_path is None or entry.yaml_path.parent != LOCAL_TASKS:
        return
    if not data_folder:
        raise BadInput(f"'{task}' reads local data; set evaluation.data_folder to the folder that holds them.")
    for each in question_files(entry.cfg):
        first_of(Path(data_folder).expanduser(), each)
