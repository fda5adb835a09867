"""Notice that runs of the open project were made or deleted by something else than this window."""

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal, Slot

from engine.api.project import Project
from gui.project.session import Session


class RunWatch(QObject):
    """Shows what is there once something else, such as a file manager or the command line, has changed the runs."""

    noticed = Signal(str, str)
    """What is gone, as a title and a sentence."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._is_due = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_changed)
        session.project_opened.connect(self._watch)
        session.jobs.changed.connect(self._look)
        session.busy_changed.connect(self._look)

    @Slot(object)
    def _watch(self, project: Project) -> None:
        self._is_due = False
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        runs = project.run_folder("any").parent
        folders = [project.folder.parent, project.folder, runs]  # a folder does not notice its own end
        known = {run.folder for run in project.runs()}
        folders += [each for each in runs.glob("[0-9]*") if each not in known]  # half made
        self._watcher.addPaths([str(folder) for folder in folders if folder.is_dir()])

    @Slot()
    def _on_changed(self) -> None:
        self._is_due = True
        self._look()

    @Slot()
    def _look(self) -> None:
        """Load the runs anew if they are others than those that are shown; later if something is going on."""
        session, project = self._session, self._session.project
        if not self._is_due or project is None or session.busy_text or session.jobs.main is not None:
            return
        self._watch(project)
        names, shown = tuple(run.name for run in project.runs()), session.shown_run
        if names == session.run_names:
            return
        is_there = shown is None or shown.name in names
        if not project.folder.is_dir():
            words = self.tr("{0} is no longer there. Open the project where it is now.")
            self.noticed.emit(self.tr("The project is gone"), words.format(project.folder))
        elif shown is not None and not is_there:
            words = self.tr("{0} is no longer in the folder of the project: something else has deleted it.")
            self.noticed.emit(self.tr("The run is gone"), words.format(shown.name))
        session.project_worker.load(project, shown.name if shown is not None and is_there else None)
