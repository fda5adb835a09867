"""The job that lists the tasks of the evaluation. It needs no model library, and reads lm-eval's files once a version.

lm-eval has more than ten thousand definitions, which take seconds to read, so the names are kept in the cache.
"""

import contextlib
import importlib.metadata
from importlib.resources import files
from pathlib import Path

import msgspec

from engine.api.evaluation_events import TasksListed
from engine.api.events import Emit
from engine.api.files import write_atomically
from engine.api.locations import cache_folder
from engine.api.message import worded
from engine.api.regular_files import read_regular
from engine.evaluation.task_names import defined_names, installed_folder
from engine.pipeline.ending import Ending, conclude

_LARGEST = 1 << 24
"""Bytes of the kept list that is read."""
_LOCAL_TASKS = Path(str(files("resources"))) / "tasks"


class _Kept(msgspec.Struct, frozen=True):
    version: str
    names: tuple[str, ...]


def perform(emit: Emit) -> int:
    """Emit the list, then ``RunFinished``, and return the exit code."""
    ending = conclude(lambda: _list_tasks(emit))
    emit(ending.event)
    return ending.exit_code


def _list_tasks(emit: Emit) -> Ending:
    names = (*defined_names([_LOCAL_TASKS]), *_installed_names())
    emit(TasksListed(names=names, has_lm_eval=installed_folder() is not None))
    return Ending.finished(worded("{0} tasks.", len(names)))


def _installed_names() -> tuple[str, ...]:
    """Return the names of lm-eval's own tasks; none where it is not installed."""
    folder = installed_folder()
    if folder is None:
        return ()
    version, file = importlib.metadata.version("lm-eval"), cache_folder() / "lm-eval-tasks.json"
    with contextlib.suppress(OSError, msgspec.MsgspecError, ValueError):
        kept = msgspec.json.decode(read_regular(file, _LARGEST), type=_Kept)
        if kept.version == version:
            return kept.names
    names = defined_names([folder])
    with contextlib.suppress(OSError):  # without room for it, the next job reads them again
        write_atomically(file, msgspec.json.encode(_Kept(version, names)))
    return names
