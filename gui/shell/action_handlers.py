"""Handlers of the window's actions: they ask the necessary questions, then call the session."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from engine.api.locations import real_path
from engine.api.offline import keep_choice
from engine.api.presets import with_preset
from engine.api.project import PROJECT_FILE
from engine.api.settings import ModelSettings, Settings
from engine.api.trust import CodePlace
from gui.dialogs.confirm import confirm, confirm_loss
from gui.dialogs.new_project import NewProjectDialog
from gui.project.session import Session
from gui.shell.start_question import StartQuestion

_RETRY_MS = 200
"""Interval of checks whether an open dialog has been answered."""


class ProjectHandlers(QObject):
    """Handles New, Try the demo, Open and Save as."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._opening = False
        self._requested: Path | None = None
        self._retry_timer = QTimer(self)
        self._retry_timer.setSingleShot(True)
        self._retry_timer.setInterval(_RETRY_MS)
        self._retry_timer.timeout.connect(self._open_requested)
        session.project_opened.connect(self._inspect_opened)

    @Slot()
    def new(self) -> None:
        """Ask for a folder and create a project there, whose model is chosen next."""
        explanation = self.tr(
            "A project is a folder that holds its settings, runs and exports. You choose its model next."
        )
        folder = self._ask_folder(self.tr("New project"), explanation, self.tr("my-model"))
        if folder is not None:
            settings = msgspec.structs.replace(with_preset(Settings(), "Balanced"), model=ModelSettings(source=""))
            self._session.create(folder, settings)

    @Slot()
    def demo(self) -> None:
        """Ask for a folder, create a project with the demo model there and inspect the model."""
        explanation = self.tr("The demo is an ordinary project: a folder that holds everything it creates.")
        folder = self._ask_folder(self.tr("Try the demo"), explanation, self.tr("smollm2-demo"))
        settings = msgspec.structs.replace(with_preset(Settings(), "Quick"), model=ModelSettings(source="demo"))
        if folder is not None and self._session.create(folder, settings):
            self._session.inspect()

    @Slot()
    def open(self) -> None:
        """Ask for a project and open it."""
        if (file := self._ask_project(self.tr("Open project"), "")) is not None:
            self.open_path(file)

    @Slot(object)
    def locate(self, old: Path) -> None:
        """Ask where a recent project is now, and open it there."""
        start = next((place for place in old.parents if place.is_dir()), Path.home())
        if (file := self._ask_project(self.tr("Locate {0}").format(old.name), str(start))) is not None:
            self._session.preferences.forget_project(old)
            self.open_path(file)

    def _ask_project(self, title: str, start: str) -> Path | None:
        kinds = self.tr("LayerSwarm projects ({0})").format(PROJECT_FILE)
        file, _ = QFileDialog.getOpenFileName(self._window, title, start, kinds)
        return Path(file) if file else None

    @Slot(object)
    def open_path(self, path: Path) -> None:
        """Open a project; inspect its model if no run describes it."""
        if self._may_leave():
            self._opening = self._session.open(path)

    def open_when_idle(self, path: Path) -> None:
        """Open the project of a second start of LayerSwarm once no dialog is open on the current project."""
        project, folder = self._session.project, path.parent if path.name == PROJECT_FILE else path
        if project is None or real_path(folder) != real_path(project.folder):
            self._requested = path
            self._open_requested()

    @Slot()
    def _open_requested(self) -> None:
        if self._session.busy_text or QApplication.activeModalWidget() is not None:
            self._retry_timer.start()
        elif self._requested is not None:
            path, self._requested = self._requested, None
            self.open_path(path)

    @Slot()
    def _inspect_opened(self) -> None:
        if self._opening and self._session.plan_model is None:
            self._session.inspect()
        self._opening = False

    @Slot()
    def save_as(self) -> None:
        """Copy the project to another folder and continue in the copy."""
        project = self._session.project
        if project is None or not self._may_leave():
            return
        explanation = self.tr("The whole project is copied, including runs and exports. You continue in the copy.")
        name = self.tr("{0}-copy").format(project.name)
        dialog = NewProjectDialog(self.tr("Save project as"), explanation, name, project.folder.parent, self._window)
        is_wanted = dialog.exec() == QDialog.DialogCode.Accepted
        if is_wanted and self._session.project is project:  # otherwise another project was opened meanwhile
            self._session.save_as(dialog.folder)

    def _ask_folder(self, title: str, explanation: str, name: str) -> Path | None:
        if not self._may_leave():
            return None
        dialog = NewProjectDialog(title, explanation, name, parent=self._window)
        is_wanted = dialog.exec() == QDialog.DialogCode.Accepted
        return dialog.folder if is_wanted and self._may_leave() else None

    def may_quit(self) -> bool:
        """Return False, with a message, while a project is being copied or a run deleted."""
        return not self._session.project_worker.writing or self._session.ensure_idle()

    def _may_leave(self) -> bool:
        """Return whether another project may be opened: a running job belongs to its project and must end first."""
        if not self._session.ensure_idle():
            return False
        self._opening = False
        job = self._session.jobs.main
        if job is None:
            return True
        self._session.problem.emit(
            self.tr("The engine is running in this project. Pause it first; you can continue later.")
        )
        return False


class RunHandlers(QObject):
    """Handles Start, Pause, Stop and keep best, and Discard."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        session.code_trust.ask = self.ask_trust
        self.question = StartQuestion(session, window)

    def ask_trust(self, place: CodePlace) -> bool:
        """Ask whether code that the project names may run."""
        return confirm(
            self.tr("Run code from {0}?").format(place.name),
            self.tr(
                "This project wants to run code from this place ({0}). It runs on this computer with all your rights. "
                "Look at it first if the project is not your own."
            ).format(place.setting),
            self.tr("Allowed: this content at this place. You are asked again when one of its files changes."),
            self.tr("Allow and continue"),
            self._window,
        )

    @Slot()
    def start(self) -> None:
        """Start or continue the run, after a question about a plan that does not fit or takes long."""
        self.question.start()

    @Slot()
    def pause(self) -> None:
        """Pause without confirmation, since nothing is lost; a second click ends the engine."""
        job = self._session.jobs.main
        if job is not None and job.stopping is not None:
            job.end_now()
        else:
            self._session.stop("pause")

    @Slot()
    def keep_best(self) -> None:
        """End the search or the training early, after confirmation."""
        if confirm(
            self.tr("Stop and keep the best result so far?"),
            self.tr("The search or training ends now, and the best removal set or adapter so far becomes the result."),
            self.tr("Kept: everything measured so far. Skipped: the remaining iterations or steps."),
            self.tr("Stop and keep best"),
            self._window,
        ):
            self._session.stop("keep_best")

    @Slot()
    def discard(self) -> None:
        """Delete the run, after confirmation."""
        run = self._session.shown_run
        if run is None or not self._session.ensure_idle():
            return
        is_wanted = confirm_loss(
            self.tr("Discard the run {0}?").format(run.name),
            self.tr(
                "The run ends and its folder is deleted, including journal, scores and checkpoints. This "
                "cannot be undone."
            ),
            self.tr("Kept: the project's settings, other runs, and exports already made."),
            self.tr("Discard the run"),
            self._window,
        )
        shown = self._session.shown_run
        # another run may be shown by the time the question is answered
        if is_wanted and shown is not None and shown.folder == run.folder:
            self._session.stop("discard")

    @Slot(bool)
    def work_offline(self, on: bool) -> None:
        """Open no internet connection from now on, or go online again; remember the choice."""
        self._session.jobs.work_offline(on)
        self._session.attempt(lambda: keep_choice(on))

    def may_quit(self) -> bool:
        """Ask for confirmation before closing the window ends a running job."""
        job = self._session.jobs.main
        if job is None:
            return True
        kept = {
            "run": self.tr("Kept: everything up to the last finished step. Continue resumes from there."),
            "export": self.tr("Kept: the run. The export is incomplete; export again later."),
        }
        return confirm(
            self.tr("Quit while the engine is running?"),
            self.tr("Quitting stops the engine and frees the device."),
            kept.get(job.kind, self.tr("Kept: the project. The current job starts over when you request it again.")),
            self.tr("Quit"),
            self._window,
        )
