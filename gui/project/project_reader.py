"""Reading, copying and deleting of runs in a thread of the pool: what is shown stays until that is done."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from engine.api.errors import LayerSwarmError
from engine.api.project import Project, Run
from gui.engine_link.background import Background
from gui.project.run_loading import ReadRun, read_copy, read_run, read_without


class ProjectReader(QObject):
    """One thing at a time; only a reading may take the place of another one, of the same project."""

    done = Signal(object)
    """A ReadRun, or the exception that tells why there is none."""
    doing_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.doing = ""
        """What is at work, in words."""
        self.writing = False
        """Whether it would leave something half done if it were cut off."""
        self.reads_of: Project | None = None
        """The project of which a run is read."""
        self._background = Background(self)
        self._background.done.connect(self._take)
        self._background.failed.connect(self._take)

    def read(self, project: Project, name: str | None = None) -> None:
        """Replay the run of that name, or the latest one of the project's model."""
        settings, self.reads_of = project.settings, project
        self._do(self.tr("Reading the run…"), lambda: read_run(project, settings, name))

    def copy(self, project: Project, folder: Path) -> None:
        """Copy the project, and read the copy."""
        self._do(self.tr("Copying the project…"), lambda: read_copy(project, folder), writing=True)

    def delete(self, project: Project, run: Run) -> None:
        """Delete a run, and read what is left."""
        settings = project.settings
        self._do(self.tr("Deleting the run…"), lambda: read_without(project, settings, run), writing=True)

    def leave(self) -> None:
        """Nobody wants to know any more."""
        self._background.forget()

    def _do(self, words: str, read: Callable[[], ReadRun], writing: bool = False) -> None:
        self.doing, self.writing = words, writing
        self.doing_changed.emit()
        self._background.start(lambda: _or_error(read))

    @Slot(object)
    def _take(self, found: ReadRun | Exception) -> None:
        self.doing, self.writing, self.reads_of = "", False, None
        self.done.emit(found)
        self.doing_changed.emit()


def _or_error(read: Callable[[], ReadRun]) -> ReadRun | LayerSwarmError | OSError:
    try:
        return read()
    except (LayerSwarmError, OSError) as error:
        return error
