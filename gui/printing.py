"""Setting a report on paper away from the window's thread."""

from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from gui.report_pdf import PdfFailed, ReportPrinter


class Printing(QObject):
    """One report at a time, in a thread of the pool."""

    ended = Signal(str)
    """Why there is no file; empty when there is one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: _Task | None = None

    @property
    def busy(self) -> bool:
        """Whether a report is being set."""
        return self._task is not None

    def start(self, page: Path, title: str, file: Path) -> None:
        """Set ``page``, a file of HTML, and write it to ``file``."""
        self._task = _Task(page, title, file)
        self._task.said.ended.connect(self._end)
        QThreadPool.globalInstance().start(self._task)

    @Slot(str)
    def _end(self, problem: str) -> None:
        self._task = None
        self.ended.emit(problem)


class _Said(QObject):
    ended = Signal(str)


class _Task(QRunnable):
    def __init__(self, page: Path, title: str, file: Path) -> None:
        super().__init__()
        self.setAutoDelete(False)  # Python owns it
        self.said = _Said()
        self._page, self._title, self._file = page, title, file

    def run(self) -> None:
        """Print, and say how it went."""
        try:
            ReportPrinter(self._page.read_text(encoding="utf-8"), self._title).write(self._file)
        except (PdfFailed, OSError) as error:
            self.said.ended.emit(str(error))
        else:
            self.said.ended.emit("")
