"""Save the shown run's report, written by the engine, as one HTML file or as PDF."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from engine.api.commands import ReportForm, WriteReport
from engine.api.events import AnyEvent, ReportWritten
from engine.api.temporary import ScratchFolder
from gui.engine_link.job_end import JobEnd
from gui.engine_link.jobs import EngineJob
from gui.printing.background_printer import BackgroundPrinter
from gui.project.session import Session
from gui.widgets.buttons import Button
from gui.widgets.opening import open_report
from gui.widgets.text import label, set_role
from gui.words.formatting import breakable, format_path


class ReportRow(QWidget):
    """Buttons that save the report, a status line, and a button that opens the file."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._written: ReportWritten | None = None
        self._file = Path()
        self._project_name = ""
        self._page: ScratchFolder | None = None
        self._printing = BackgroundPrinter(self)
        self.save = Button(self.tr("Save report…"), "file")
        self.save.setToolTip(self.tr("One HTML file with charts: nothing in it is fetched from elsewhere."))
        self.save_pdf = Button(self.tr("Save as PDF…"), "file")
        self.save_pdf.setToolTip(self.tr("The same on sheets of A4, to print or to send."))
        self.open = Button(self.tr("Open report"), quiet=True)
        self.status = label("", "muted", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.save)
        row.addWidget(self.save_pdf)
        row.addWidget(self.status, 1)
        row.addWidget(self.open)
        self.save.clicked.connect(self._ask)
        self.save_pdf.clicked.connect(self._ask_pdf)
        self.open.clicked.connect(self._open)
        self._printing.ended.connect(self._printed)
        session.jobs.advanced.connect(self._take)
        session.jobs.changed.connect(self._lock)
        session.job_ended.connect(self._end)
        session.run_loaded.connect(self._leave_run)
        self._forget()

    @Slot()
    def _ask(self) -> None:
        file = self._place("html", self.tr("Web page (*.html)"))
        if file is not None:
            self.write(file)

    @Slot()
    def _ask_pdf(self) -> None:
        file = self._place("pdf", self.tr("PDF (*.pdf)"))
        if file is not None:
            self.write(file, "paper")

    def _place(self, ending: str, kind: str) -> Path | None:
        project, run = self._session.project, self._session.state.run
        if project is None or not self._session.ensure_idle():
            return None
        place = str(project.folder / f"{project.name}-{run}.{ending}")
        file, _ = QFileDialog.getSaveFileName(self, self.tr("Save report"), place, kind)
        # another run may have been opened while the dialog was open
        is_shown = self._session.project is project and self._session.state.run == run
        if not file or not is_shown:
            return None
        return Path(file if file.lower().endswith(f".{ending}") else f"{file}.{ending}")

    def write(self, file: Path, form: ReportForm = "page") -> None:
        """Have the engine write the report; a thread of the pool then turns the paper form into PDF."""
        project = self._session.project
        if project is None:
            return
        self._forget()
        self._file = page = file
        self._project_name = project.name
        if form == "paper":
            self._page = ScratchFolder()
            page = self._page.path / "report.html"
        run = self._session.state.run
        self._session.jobs.start("report", WriteReport(project=str(project.folder), run=run, file=str(page), form=form))

    @Slot()
    def _lock(self) -> None:
        for button in (self.save, self.save_pdf):
            button.setEnabled(self._session.jobs.running("report") is None and not self._printing.busy)

    @Slot(object, object)
    def _take(self, job: EngineJob, events: list[AnyEvent]) -> None:
        for event in events:
            if job.kind == "report" and isinstance(event, ReportWritten):
                self._written = event

    @Slot(object, object)
    def _end(self, job: EngineJob, end: JobEnd) -> None:
        if job.kind != "report":
            return
        if self._written is not None and self._page is not None:
            title = f"{self._project_name}, {self._written.run}"
            self._printing.start(Path(self._written.file), title, self._file)
            self._lock()
        else:
            self._show_status(end.sentence if self._written is None else "")

    @Slot(str)
    def _printed(self, problem: str) -> None:
        self._drop_page()
        self._lock()
        self._show_status(problem)

    def _show_status(self, problem: str) -> None:
        """Show where the report is, or why there is none."""
        set_role(self.status, "bad" if problem else "muted")
        self.status.setText(problem or self.tr("The report is in {0}").format(breakable(format_path(self._file))))
        self.open.setVisible(not problem)

    def _drop_page(self) -> None:
        if self._page is not None and not self._printing.busy:
            self._page.close()
            self._page = None

    @Slot()
    def _leave_run(self) -> None:
        """Clear the status of another run's report, unless it is still being written."""
        if self._session.jobs.running("report") is None and not self._printing.busy:
            self._forget()

    def _forget(self) -> None:
        self._written = None
        self._drop_page()
        self.status.setText("")
        self.open.hide()

    @Slot()
    def _open(self) -> None:
        open_report(self._file)
