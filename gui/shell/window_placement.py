"""The first size and place of the main window, and those at which it was left."""

from PySide6.QtCore import QEvent, QMargins, QObject
from PySide6.QtWidgets import QMainWindow

from gui.project.preferences import Preferences
from gui.shell.window_size import first_size, is_usual, moved_inside, smallest_size


class WindowPlacement(QObject):
    """Keeps the window, with its title bar and all of its buttons, on the screen."""

    def __init__(self, window: QMainWindow, preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = preferences

    def restore(self) -> None:
        """Give the window the size, place and docks at which it was left, or those of a first start."""
        room = self._window.screen().availableGeometry().size()
        self._window.setMinimumSize(smallest_size(room))
        if not self._window.restoreGeometry(self._preferences.geometry):
            self._window.resize(first_size(room))
        self._window.restoreState(self._preferences.docks)
        self._window.installEventFilter(self)

    def keep(self) -> None:
        """Remember the size, the place and the docks."""
        self._preferences.geometry = self._window.saveGeometry()
        self._preferences.docks = self._window.saveState()
        self._preferences.save()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make room for a thick frame once it has been drawn, which is when the window gets the focus."""
        if watched is self._window and event.type() == QEvent.Type.WindowActivate:
            self._window.removeEventFilter(self)
            if not (self._window.isMaximized() or self._window.isFullScreen()):
                self._make_room_for_frame()
        return False

    def _make_room_for_frame(self) -> None:
        inner, outer = self._window.geometry(), self._window.frameGeometry()
        frame = QMargins(
            inner.left() - outer.left(),
            inner.top() - outer.top(),
            outer.right() - inner.right(),
            outer.bottom() - inner.bottom(),
        )
        if not is_usual(frame):
            self._window.setGeometry(moved_inside(inner, frame, self._window.screen().availableGeometry()))
