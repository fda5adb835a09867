"""Handlers of the actions that change how the window looks."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from gui.look.theme import ThemeManager
from gui.project.preferences import Preferences
from gui.widgets.notice import Notice


class ViewHandlers(QObject):
    """Applies and remembers colours and language; each slot reads the choice from the action that was triggered."""

    def __init__(self, preferences: Preferences, themes: ThemeManager, notice: Notice, window: QWidget) -> None:
        super().__init__(window)
        self._preferences, self._themes, self._notice = preferences, themes, notice

    @Slot()
    def apply_theme(self) -> None:
        """Apply and remember the chosen colours."""
        action = self.sender()
        if isinstance(action, QAction):
            self._themes.choose(action.data())
            self._preferences.theme = action.data()

    @Slot()
    def choose_language(self) -> None:
        """Remember the chosen language; text that is already on the screen changes at the next start."""
        action = self.sender()
        if isinstance(action, QAction):
            self._preferences.language = action.data()
            sentence = self.tr("It is used from the next start of the window.")
            self._notice.show_message("info", self.tr("Language: {0}").format(action.text()), sentence)
