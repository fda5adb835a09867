"""The shown run's report, written by the engine as one HTML file."""

from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from engine.api.commands import WriteReport
from engine.api.events import AnyEvent, ReportWritten
from gui.formatting import breakable, format_path
from gui.job_end import JobEnd
from gui.jobs import Job
from gui.session import Session
from gui.widgets.buttons import Button
from gui.widgets.text import label, set_role


class ReportRow(QWidget):
    """A button that asks where to, what came of it, and a button that opens the file."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._written: ReportWritten | None = None
        self.save = Button(self.tr("Save report…"), "file")
        self.save.setToolTip(self.tr("One HTML file with charts: nothing in it is fetched from elsewhere."))
        self.open = Button(self.tr("Open report"), quiet=True)
        self.status = label("", "muted", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.save)
        row.addWidget(self.status, 1)
        row.addWidget(self.open)
        self.save.clicked.connect(self._ask)
        self.open.clicked.connect(self._open)
        session.jobs.advanced.connect(self._take)
        session.jobs.changed.connect(self._lock)
        session.job_ended.connect(self._end)
        session.run_loaded.connect(self._forget)
        self._forget()

    @Slot()
    def _ask(self) -> None:
        project, run = self._session.project, self._session.state.run
        if project is None:
            return
        place = str(project.folder / f"{project.name}-{run}.html")
        file, _ = QFileDialog.getSaveFileName(self, self.tr("Save report"), place, self.tr("Web page (*.html)"))
        if file:
            self.write(Path(file))

    def write(self, file: Path) -> None:
        """Have the engine write it."""
        project = self._session.project
        if project is not None:
            self._forget()
            command = WriteReport(project=str(project.folder), run=self._session.state.run, file=str(file))
            self._session.jobs.start("report", command)

    @Slot()
    def _lock(self) -> None:
        self.save.setEnabled(self._session.jobs.running("report") is None)

    @Slot(object, object)
    def _take(self, job: Job, events: list[AnyEvent]) -> None:
        for event in events:
            if job.kind == "report" and isinstance(event, ReportWritten):
                self._written = event

    @Slot(object, object)
    def _end(self, job: Job, end: JobEnd) -> None:
        if job.kind != "report":
            return
        written = self._written
        set_role(self.status, "muted" if written else "bad")
        place = breakable(format_path(Path(written.file))) if written else ""
        self.status.setText(self.tr("The report is in {0}").format(place) if written else end.sentence)
        self.open.setVisible(written is not None)

    @Slot()
    def _forget(self) -> None:
        self._written = None
        self.status.setText("")
        self.open.hide()

    @Slot()
    def _open(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._written.file))
