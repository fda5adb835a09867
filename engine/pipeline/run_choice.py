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

    A run that has not come as far as its calibration windows and has made nothing makes room.

    Raises:
        BadInput: the project is read-only.
    """
    runs = project.runs()
    if runs and not new_run and asked_of_a_run(runs[-1].settings) == asked_of_a_run(project.settings):
        return runs[-1]
    if runs and _got_nowhere(runs[-1]):
        runs[-1].discard()
    return project.new_run()


def _got_nowhere(run: Run) -> bool:
    """Whether nothing is lost with the run. The journal alone cannot tell: a damaged one says less than was done."""
    own = {run.folder / "settings.json", run.journal_path}
    others = (path for path in run.folder.rglob("*") if path not in own)
    return all(path.is_dir() and not path.is_symlink() for path in others) and not any(
        isinstance(event, CalibrationPrepared) for event in run.events()
    )


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
