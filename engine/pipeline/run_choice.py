"""Which run a project goes on with, and that nobody else works on it at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from engine.api.errors import BadInput
from engine.api.events import CalibrationPrepared
from engine.api.project import Project, Run, asked_of_a_run
from engine.api.run_state import RunState


@contextmanager
def project_lock(project: Project) -> Iterator[None]:
    """Hold the project for one engine.

    Raises:
        BadInput: another one works on it.
    """
    lock = FileLock(project.folder / ".lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BadInput(
            f"Another LayerSwarm is working on {project.folder}; pause it there, or wait until it has finished."
        ) from None
    except OSError as error:
        raise BadInput(f"{project.folder} cannot be written ({error.strerror}); copy it to another place.") from None
    try:
        yield
    finally:
        lock.release()


def choose_run(project: Project, new_run: bool) -> Run:
    """The latest run when it was made with the project's present settings, else a new one.

    A run that has not come as far as its calibration windows holds nothing worth keeping and makes room.

    Raises:
        BadInput: the project is read-only.
    """
    runs = project.runs()
    if runs and not new_run and asked_of_a_run(runs[-1].settings) == asked_of_a_run(project.settings):
        return runs[-1]
    if runs and not any(isinstance(event, CalibrationPrepared) for event in runs[-1].events()):
        runs[-1].discard()
    return project.new_run()


def run_to_export(project: Project, name: str) -> Run:
    """The named run, or the latest one with a removal set.

    Raises:
        BadInput: there is none.
    """
    if name:
        return project.run(name)
    for run in reversed(project.runs()):
        if RunState.replay(run.events()).search is not None:
            return run
    raise BadInput(f"{project.folder} has no run with a removal set yet; run the search first (layerswarm run).")
