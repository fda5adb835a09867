"""Setting a report on paper away from the window's thread."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from gui.printing.report_pdf import PdfFailed, ReportPrinter
from gui.scheduling.background_task import BackgroundTask


class BackgroundPrinter(QObject):
    """One report at a time."""

    ended = Signal(str)
    """Why there is no file; empty when there is one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = BackgroundTask(self)
        self._background.done.connect(self._end)
        self._background.failed.connect(self._end)

    @property
    def busy(self) -> bool:
        """Whether a report is being set."""
        return self._background.busy

    def start(self, page: Path, title: str, file: Path) -> None:
        """Set ``page``, a file of HTML, and write it to ``file``."""
        self._background.start(lambda: _print(page, title, file))

    @Slot(object)
    def _end(self, problem: str | Exception) -> None:
        self.ended.emit(str(problem))


def _print(page: Path, title: str, file: Path) -> str:
    """Print, and say why it could not be done."""
    try:
        ReportPrinter(page.read_text(encoding="utf-8"), title).write(file)
    except (PdfFailed, OSError) as error:
        return str(error)
    return ""
