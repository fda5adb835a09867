"""Desktop notifications when a long job ends while the window is in the background."""

import time

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from engine.api.safe_text import safe_line
from gui.engine_link.job_end import JobEnd
from gui.engine_link.jobs import MAIN_KINDS, EngineJob
from gui.look.icons import application_icon
from gui.project.session import Session

LONG_SECONDS = 30.0
"""Jobs shorter than this need no notification."""
_NO_MARKUP = str.maketrans("<>", "‹›")
"""Some desktops read the body of a notification as markup, and others show escapes as they are."""


class Notifier(QObject):
    """Shows a notification if the desktop supports it; the window requests attention in any case."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        session.job_ended.connect(self._on_job_ended)
        session.jobs.started.connect(self._hide)

    @Slot(object, object)
    def _on_job_ended(self, job: EngineJob, end: JobEnd) -> None:
        long = time.monotonic() - job.started >= LONG_SECONDS
        if job.kind in MAIN_KINDS and long and not self._window.isActiveWindow():
            self.notify(end.title, end.sentence)

    def notify(self, title: str, sentence: str) -> None:
        """Request attention and show a notification."""
        QApplication.alert(self._window)
        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(application_icon(), self)
            self._tray.messageClicked.connect(self._raise)
            self._tray.activated.connect(self._raise)
        self._tray.show()
        words = safe_line(sentence, 1000).translate(_NO_MARKUP)
        self._tray.showMessage(safe_line(title), words, application_icon())

    @Slot()
    def _raise(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self._hide()

    @Slot()
    def _hide(self) -> None:
        """Hide the tray icon, which exists only for its message."""
        if self._tray is not None:
            self._tray.hide()
