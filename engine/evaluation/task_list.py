"""Which lm-eval tasks there are: its own, those over local data, and those of a folder."""

import difflib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from engine.api.errors import BadInput
from engine.api.evaluation_settings import EvaluationSettings
from engine.api.locations import given_path
from engine.evaluation.local_data import ASKED, EXAMPLES, check_data
from engine.evaluation.quiet import quiet_lm_eval
from engine.evaluation.task_faults import check_questions, loading, running

FEWSHOT_SEED = 1234
"""lm-eval's own default."""
LOCAL_TASKS = Path(str(files("resources"))) / "tasks"
"""Definitions of tasks that read ``evaluation.data_folder``."""


def check_tasks(settings: EvaluationSettings) -> None:
    """See that every task exists, and that the questions of those over your own data can be asked.

    Called before hours are spent on anything else.

    Raises:
        BadInput: a task is not known, in which case the nearest name is given; its file is missing; or a question of
            it is of no use.
        LayerSwarmError: the data of one of ``evaluation.task_folder`` cannot be had.
    """
    if settings.tasks:
        check_all(settings, settings.tasks, settings.task_limit or None)


def check_all(settings: EvaluationSettings, tasks: Sequence[str], limit: int | None) -> None:
    """See that tasks exist, and that the questions of those over your own data can be asked.

    Args:
        settings: where data and further tasks are, and how many examples are given.
        tasks: their names.
        limit: how many questions of each will be asked; None for all.

    Raises:
        BadInput: as ``check_tasks``.
        LayerSwarmError: likewise.
    """
    manager = task_manager(settings, tasks)
    for task in tasks:
        if settings.task_folder and _is_within(manager, task, given_path(settings.task_folder).resolve()):
            with running(task), quiet_lm_eval():
                with loading(task):
                    loaded = manager.load([task])["tasks"]
                for each in loaded.values():
                    check_questions(each, limit)


def task_manager(settings: EvaluationSettings, tasks: Sequence[str]) -> Any:
    """lm-eval's list of its own tasks, ours over local data and those of ``evaluation.task_folder``.

    Raises:
        BadInput: there is no such folder, a task is not known (the nearest name is given), its file is missing, or a
            row of it is of no use.
    """
    own = given_path(settings.task_folder) if settings.task_folder else None
    if own is not None and not own.is_dir():
        raise BadInput(f"There is no folder {own} with lm-eval task files (evaluation.task_folder).")
    folders = [str(LOCAL_TASKS), *([str(own)] if own else [])]
    manager = _manager(folders, settings, tasks)
    for task in tasks:
        if task not in manager.all_tasks:  # by its very name: a pattern would pass by the checks of what it matches
            near = difflib.get_close_matches(task, manager.all_tasks, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else "; see 'lm-eval ls tasks' for their names."
            raise BadInput(f"lm-eval has no task '{task}'{hint}")
        _check_local_data(manager, task, settings)
    return manager


def _manager(folders: Sequence[str], settings: EvaluationSettings, tasks: Sequence[str]) -> Any:
    """The thousands of lm-eval's own definitions are read only where they are needed: it takes seconds."""
    from lm_eval.tasks import TaskManager

    class Tasks(TaskManager):  # type: ignore[misc]
        """lm-eval's own, which never gives a question as its own example."""

        def load(self, task_list: Any) -> Any:
            loaded = super().load(task_list)
            for task in loaded["tasks"].values():
                data = getattr(task, "dataset", None)
                if isinstance(data, dict) and EXAMPLES in data and data[EXAMPLES] is data.get(ASKED):
                    task.fewshot_cfg.split = ASKED  # lm-eval leaves the question out only if the split is the same
            return loaded

    metadata = {"data_folder": settings.data_folder, "examples": bool(settings.fewshot)}
    with quiet_lm_eval():
        manager = Tasks(include_path=folders, include_defaults=False, metadata=metadata)
        if all(task in manager.all_subtasks for task in tasks):
            return manager
        return Tasks(include_path=folders, metadata=metadata)


def _is_within(manager: Any, task: str, folder: Path) -> bool:
    """Return whether a task, a group or one of the tasks with a tag is defined in a folder."""
    entry = manager.task_index.get(task)
    if entry is None:
        return False
    if entry.yaml_path is None:
        return any(_is_within(manager, each, folder) for each in entry.tags)
    return folder in entry.yaml_path.resolve().parents


def _check_local_data(manager: Any, task: str, settings: EvaluationSettings) -> None:
    entry = manager.task_index.get(task)
    if entry is None or entry.yaml_path is None or entry.yaml_path.parent != LOCAL_TASKS:
        return
    if not settings.data_folder:
        raise BadInput(f"'{task}' reads local data; set evaluation.data_folder to the folder that holds them.")
    check_data(entry.cfg, settings.data_folder, settings.fewshot or 0)
