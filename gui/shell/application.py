"""The application object, to which macOS hands the files that it is asked to open."""

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Emits the files that were opened from the desktop; other systems name them as arguments."""

    file_wanted = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Take in a file; pass everything else on."""
        if isinstance(event, QFileOpenEvent):
            if event.file():
                self.file_wanted.emit(Path(event.file()))
            return True
        return super().event(event)
