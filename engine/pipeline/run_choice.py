"""Choose the run that a project continues, and lock the project for one engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from engine.api.errors import BadInput
from engine.api.events import CalibrationPrepared
from engine.api.leftovers import noted, sweep
from engine.api.message import worded
from engine.api.project import Project, Run, result_settings
from engine.api.run_state import RunState
from engine.api.system_errors import system_words


@contextmanager
def project_lock(project: Project) -> Iterator[None]:
    """Lock the project for one engine, after removing what an earlier one left there when it was killed.

    Raises:
        BadInput: Another engine works on it, or the project cannot be written.
    """
    lock = FileLock(project.folder / ".lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BadInput(
            worded(
                "Another LayerSwarm is working on {0}; pause it there, or wait until it has finished.", project.folder
            )
        ) from None
    except OSError as error:
        raise BadInput(
            worded("{0} cannot be written ({1}); copy it to another place.", project.folder, system_words(error))
        ) from None
    try:
        sweep(project.folder, deep=True)
        with noted(project.folder):
            yield
    finally:
        lock.release()


def choose_run(project: Project, new_run: bool) -> Run:
    """Return the latest run if its settings are the project's current ones, else a new run.

    Later runs that have no calibration windows and no results yet are deleted first.

    Args:
        project: The project.
        new_run: Start a new run in any case.

    Raises:
        BadInput: The project is read-only, or its search algorithm is not installed.
    """
    wanted, runs = result_settings(project.settings), project.runs()
    while runs:
        if not new_run and result_settings(runs[-1].settings) == wanted:
            return runs[-1]
        if not got_nowhere(runs[-1]):
            break
        runs.pop().discard()
    return project.new_run()


def got_nowhere(run: Run) -> bool:
    """Return whether the run has no results. The journal alone does not show it, since it may be damaged."""
    own = {run.folder / "settings.json", run.journal_path}
    others = (path for path in run.folder.rglob("*") if path not in own)
    return all(path.is_dir() and not path.is_symlink() for path in others) and not any(
        isinstance(event, CalibrationPrepared) for event in run.events()
    )


def run_to_export(project: Project, name: str) -> Run:
    """Return the named run, or the latest one with a removal set.

    Raises:
        BadInput: There is no such run.
    """
    if name:
        return project.run(name)
    for run in reversed(project.runs()):
        if RunState.replay(run.events()).search is not None:
            return run
    raise BadInput(
        worded("{0} has no run with a removal set yet; run the search first (layerswarm run).", project.folder)
    )
