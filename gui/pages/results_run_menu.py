"""The menu of a run: show it, star it, give it a name and a note, delete it."""

from msgspec.structs import replace
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from engine.api.events import RunSummarised
from engine.api.run_notes import RunNotes
from gui.dialogs.confirm import confirm_loss
from gui.dialogs.run_notes import RunNotesDialog
from gui.project.session import Session


class RunMenu(QMenu):
    """Works on ``run``, the one that is selected."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._window = session, parent
        self.run: RunSummarised | None = None
        self.show_run = self.addAction(self.tr("Show on all pages"))
        self.star = self.addAction(self.tr("Star"))
        self.star.setCheckable(True)
        self.edit = self.addAction(self.tr("Name and note…"))
        self.addSeparator()
        self.delete = self.addAction(self.tr("Delete…"))
        self.show_run.triggered.connect(self._show)
        self.star.triggered.connect(self._star)
        self.edit.triggered.connect(self._edit)
        self.delete.triggered.connect(self._delete)
        self.aboutToShow.connect(self.update_actions)

    @Slot()
    def update_actions(self) -> None:
        """Enable what can be done now: while the engine works, runs stay as they are."""
        project, shown = self._session.project, self._session.shown_run
        idle = self._session.jobs.main is None
        writable = project is not None and not project.read_only
        self.star.setChecked(self.run is not None and self.run.starred)
        self.star.setEnabled(writable)
        self.edit.setEnabled(writable)
        self.delete.setEnabled(writable and idle)
        self.show_run.setEnabled(idle and self.run is not None and (shown is None or shown.name != self.run.run))

    @Slot()
    def _show(self) -> None:
        if self.run is not None:
            self._session.show_run(self.run.run)

    @Slot()
    def _star(self) -> None:
        if self.run is not None:
            self._keep(self.run.run, replace(self._notes(self.run.run), starred=self.star.isChecked()))

    @Slot()
    def _edit(self) -> None:
        if self.run is None:
            return
        name, project = self.run.run, self._session.project
        dialog = RunNotesDialog(name, self._notes(name), self._window)
        # another project may have been opened while the dialog was open
        if dialog.exec() == QDialog.DialogCode.Accepted and self._session.project is project:
            self._keep(name, dialog.notes)

    def _notes(self, name: str) -> RunNotes:
        project = self._session.project
        return RunNotes() if project is None else self._session.run_keeper.notes(project, name)

    def _keep(self, name: str, notes: RunNotes) -> None:
        project = self._session.project
        if project is not None:
            self._session.attempt(lambda: self._session.run_keeper.keep(project, name, notes))

    @Slot()
    def _delete(self) -> None:
        run, project = self.run, self._session.project
        if run is None or project is None or not self._session.ensure_idle():
            return
        is_wanted = confirm_loss(
            self.tr("Delete the run {0}?").format(run.title or run.run),
            self.tr("Its folder is deleted, including journal, scores and checkpoints. This cannot be undone."),
            self.tr("Kept: the project's settings, other runs, and exports already made."),
            self.tr("Delete the run"),
            self._window,
        )
        keeper, idle = self._session.run_keeper, self._session.jobs.main is None
        if is_wanted and idle and self._session.project is project and self._session.ensure_idle():
            self._session.attempt(lambda: keeper.delete(project, run.run, self._session.shown_run))
