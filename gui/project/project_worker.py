"""Loading, copying and deleting of runs in the thread pool; what is shown stays until that is done."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from engine.api.errors import LayerSwarmError
from engine.api.project import Project, Run
from gui.project.run_loading import LoadedRun, copy_and_load, delete_and_load, load_run
from gui.scheduling.background_task import BackgroundTask


class ProjectWorker(QObject):
    """Does one thing at a time; only loading another run of the same project replaces what is running."""

    done = Signal(object)
    """A LoadedRun, or the exception that explains why there is none."""
    busy_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.busy_text = ""
        """What is running, as text; empty when idle."""
        self.writing = False
        """Whether stopping now would leave something half done."""
        self.loading_project: Project | None = None
        """The project whose run is being loaded."""
        self._background = BackgroundTask(self)
        self._background.done.connect(self._on_done)
        self._background.failed.connect(self._on_done)

    def load(self, project: Project, name: str | None = None, problem: str = "") -> None:
        """Replay the named run, or the latest one of the project's model; ``problem`` is passed on with the result."""
        settings, self.loading_project = project.settings, project
        self._start(self.tr("Loading the run…"), lambda: load_run(project, settings, name).with_problem(problem))

    def copy(self, project: Project, folder: Path) -> None:
        """Copy the project and load the copy."""
        self._start(self.tr("Copying the project…"), lambda: copy_and_load(project, folder), writing=True)

    def delete(self, project: Project, run: Run, shown: str | None = None) -> None:
        """Delete a run and load the run named ``shown``, or the latest that is left."""
        settings = project.settings
        self._start(self.tr("Deleting the run…"), lambda: delete_and_load(project, settings, run, shown), writing=True)

    def cancel(self) -> None:
        """Ignore the result of what is running."""
        self._background.cancel()

    def _start(self, words: str, read: Callable[[], LoadedRun], writing: bool = False) -> None:
        self.busy_text, self.writing = words, writing
        self.busy_changed.emit()
        self._background.start(lambda: _result_or_error(read))

    @Slot(object)
    def _on_done(self, found: LoadedRun | Exception) -> None:
        self.busy_text, self.writing, self.loading_project = "", False, None
        if isinstance(found, LoadedRun) and found.deletion_error:
            found = found.with_problem(self.tr("The run cannot be deleted: {0}.").format(found.deletion_error))
        self.done.emit(found)
        self.busy_changed.emit()


def _result_or_error(read: Callable[[], LoadedRun]) -> LoadedRun | LayerSwarmError | OSError:
    try:
        return read()
    except (LayerSwarmError, OSError) as error:
        return error
