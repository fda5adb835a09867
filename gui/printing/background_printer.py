"""Writing of a report as PDF outside the window's thread."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from gui.printing.report_pdf import PdfFailed, ReportPrinter
from gui.scheduling.background_task import BackgroundTask
from gui.words.messages import system_reason


class BackgroundPrinter(QObject):
    """Prints one report at a time."""

    ended = Signal(str)
    """Why no file was written; empty on success."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = BackgroundTask(self)
        self._background.done.connect(self._end)
        self._background.failed.connect(self._end)

    @property
    def busy(self) -> bool:
        """Whether a report is being printed."""
        return self._background.busy

    def start(self, page: Path, title: str, file: Path) -> None:
        """Lay out ``page``, an HTML file, and write it to ``file`` as PDF."""
        self._background.start(lambda: _print(page, title, file))

    @Slot(object)
    def _end(self, problem: str | Exception) -> None:
        self.ended.emit(str(problem))


def _print(page: Path, title: str, file: Path) -> str:
    """Print the page and return why that failed, or an empty string."""
    try:
        ReportPrinter(page.read_text(encoding="utf-8"), title).write(file)
    except PdfFailed as error:
        return str(error)
    except OSError as error:
        return system_reason(error)
    return ""
