"""Find lm-eval tasks: its own, those over local data, and those of a folder."""

import difflib
from collections.abc import Collection, Sequence
from copy import copy
from functools import cache, lru_cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from engine.api.errors import BadInput
from engine.api.evaluation_settings import EvaluationSettings
from engine.api.locations import cache_folder, given_path, real_path
from engine.api.message import worded
from engine.api.trust import ensure_trusted, own_bytecode
from engine.evaluation.local_data import ASKED, EXAMPLES, check_data
from engine.evaluation.quiet import quiet_lm_eval
from engine.evaluation.task_faults import check_questions, loading, running
from engine.evaluation.task_names import default_folder, ensure_lm_eval, possible_names
from engine.evaluation.task_references import check_within

FEWSHOT_SEED = 1234
"""lm-eval's default."""
_PATTERN = frozenset("*?[]{}")
LOCAL_TASKS = Path(str(files("resources"))) / "tasks"
"""Definitions of tasks that read ``evaluation.data_folder``."""


@cache
def local_definition(task: str) -> dict[str, Any]:
    """Return the definition of a task over local data, with numbers as text; empty for other tasks."""
    path = LOCAL_TASKS / f"{task}.yaml"
    if not path.is_file():
        return {}
    # BaseLoader reads lm-eval's own tags as text.
    return dict(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader))


def own_fewshot(task: str) -> int:
    """Return the number of examples that a task over local data puts before each question by default."""
    return int(local_definition(task).get("num_fewshot", 0))


def check_tasks(settings: EvaluationSettings) -> None:
    """Check that every task exists, and that the questions of those over local data can be asked.

    Called before hours of work.

    Raises:
        BadInput: A task does not exist (the message gives the nearest name), its file is missing, or one of its
            questions cannot be used.
        LayerSwarmError: lm-eval is not installed, or the data of a task in ``evaluation.task_folder`` cannot be
            loaded.
    """
    if settings.tasks:
        check_all(settings, settings.tasks, settings.task_limit or None)


def check_all(settings: EvaluationSettings, tasks: Sequence[str], limit: int | None) -> None:
    """Check that tasks exist, and that the questions of those over local data can be asked.

    Args:
        settings: Folders of data and further tasks, and the number of examples.
        tasks: Names of the tasks.
        limit: Number of questions of each that will be asked; None for all.

    Raises:
        BadInput: A task does not exist, its file is missing, or one of its questions cannot be used.
        LayerSwarmError: lm-eval is not installed, or the data of a task in ``evaluation.task_folder`` cannot be
            loaded.
    """
    manager = task_manager(settings, tasks)
    for task in tasks:
        if settings.task_folder and _is_within(manager, task, real_path(given_path(settings.task_folder))):
            with running(task), quiet_lm_eval():
                with loading(task):
                    loaded = manager.load([task])["tasks"]
                for each in loaded.values():
                    check_questions(each, limit)


def task_manager(settings: EvaluationSettings, tasks: Sequence[str]) -> Any:
    """Return lm-eval's manager of its own tasks, ours over local data, and those of ``evaluation.task_folder``.

    Raises:
        BadInput: There is no such folder, the person has not allowed the code in it, a task does not exist (the message
            gives the nearest name), its file is missing, or one of its rows cannot be used.
        LayerSwarmError: lm-eval is not installed.
    """
    for task in tasks:
        ensure_lm_eval(task)
    own = given_path(settings.task_folder) if settings.task_folder else None
    if own is not None and not own.is_dir():
        raise BadInput(worded("There is no folder {0} with lm-eval task files; check evaluation.task_folder.", own))
    if own is not None:
        ensure_trusted("evaluation.task_folder", settings.task_folder)
        check_within(own)
    folders = [str(LOCAL_TASKS), *([str(own)] if own else [])]
    _check_names(tasks, [Path(folder) for folder in folders])
    manager = _manager(folders, settings, tasks)
    for task in tasks:
        if task not in manager.all_tasks:
            raise _unknown(task, manager.all_tasks)
        _check_local_data(manager, task, settings)
    return manager


def _check_names(tasks: Sequence[str], folders: Sequence[Path]) -> None:
    """Refuse at once what is certainly no task, before all definitions are parsed."""
    for task in tasks:
        if _PATTERN.intersection(task):  # lm-eval would expand it, past the checks of its tasks
            raise BadInput(
                worded("lm-eval has no task '{0}', and patterns are not expanded; name each task in full.", task)
            )
        if task not in possible_names(folders) and task not in (names := possible_names([default_folder(), *folders])):
            raise _unknown(task, names)


def _unknown(task: str, names: Collection[str]) -> BadInput:
    near = difflib.get_close_matches(task, names, n=1)
    hint = worded("; did you mean '{0}'?", near[0]) if near else worded("; see 'lm-eval ls tasks' for their names.")
    return BadInput(worded("lm-eval has no task '{0}'{1}", task, hint))


def _manager(folders: Sequence[str], settings: EvaluationSettings, tasks: Sequence[str]) -> Any:
    """Return a task manager; read lm-eval's thousands of definitions only where needed, since that takes seconds."""
    examples = any(own_fewshot(task) for task in tasks) if settings.fewshot is None else bool(settings.fewshot)
    metadata = {"data_folder": settings.data_folder, "examples": examples}
    manager = partial(_task_manager_class(), include_defaults=False, metadata=metadata)
    with quiet_lm_eval():
        own = manager(include_path=list(folders))
        others = [task for task in tasks if task not in own.all_subtasks]
        if not others:
            return own
        if all(_is_within(own, task, LOCAL_TASKS) for task in others):  # our only group
            return manager(include_path=[_mmlu_folder(), *folders])
        return _with_metadata(_with_defaults(tuple(folders)), metadata)


def _mmlu_folder() -> str:
    """Return the folder of lm-eval's tasks that are in our group."""
    from lm_eval import tasks

    return str(Path(tasks.__file__).parent / "mmlu" / "default")


@lru_cache(maxsize=1)
def _with_defaults(folders: tuple[str, ...]) -> Any:
    """Return a manager of all definitions, read once per process: a run measures many tasks on three models."""
    return _task_manager_class()(include_path=list(folders))


def _with_metadata(manager: Any, metadata: dict[str, Any]) -> Any:
    from lm_eval.tasks._factory import TaskFactory

    copied = copy(manager)
    copied.metadata = metadata
    copied._factory = TaskFactory(meta=metadata)
    return copied


@cache
def _task_manager_class() -> Any:
    from lm_eval.tasks import TaskManager

    class Tasks(TaskManager):  # type: ignore[misc]
        """lm-eval's manager, changed so that a question is never its own example."""

        def load(self, task_list: Any) -> Any:
            with own_bytecode(cache_folder() / "bytecode"):
                loaded = super().load(task_list)
            for task in loaded["tasks"].values():
                data = getattr(task, "dataset", None)
                if isinstance(data, dict) and EXAMPLES in data and data[EXAMPLES] is data.get(ASKED):
                    task.fewshot_cfg.split = ASKED  # lm-eval leaves the question out only if it is the same split
            return loaded

    return Tasks


def _is_within(manager: Any, task: str, folder: Path) -> bool:
    """Return whether a task, a group or a task with a tag is defined in a folder."""
    entry = manager.task_index.get(task)
    if entry is None:
        return False
    if entry.yaml_path is None:
        return any(_is_within(manager, each, folder) for each in entry.tags)
    return folder in real_path(entry.yaml_path).parents


def _check_local_data(manager: Any, task: str, settings: EvaluationSettings) -> None:
    entry = manager.task_index.get(task)
    if entry is None or entry.yaml_path is None or entry.yaml_path.parent != LOCAL_TASKS:
        return
    if not settings.data_folder:
        raise BadInput(
            worded("'{0}' reads local data; set evaluation.data_folder to the folder that holds them.", task)
        )
    check_data(entry.cfg, settings.data_folder, own_fewshot(task) if settings.fewshot is None else settings.fewshot)
