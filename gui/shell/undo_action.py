"""Undo and redo of settings, named after the change and disabled while the engine uses the settings."""

from typing import Literal

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from gui.project.session import Session
from gui.project.settings_change import SettingsChange


class UndoAction(QAction):
    """The Undo or the Redo action."""

    done = Signal(str, str)
    """The key of the page that shows the change, and one sentence about what was undone or redone."""

    def __init__(self, session: Session, which: Literal["undo", "redo"], words: str, parent: QObject) -> None:
        super().__init__(words, parent)
        self._session, self._which, self._words = session, which, words
        stack = session.undo_stack
        self.triggered.connect(self._do)
        stack.indexChanged.connect(self.refresh)
        session.jobs.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def _do(self) -> None:
        stack, is_undo = self._session.undo_stack, self._which == "undo"
        place = stack.index() - 1 if is_undo else stack.index()
        change = stack.command(place)
        name = stack.text(place)
        stack.undo() if is_undo else stack.redo()
        words = self.tr("Undone: {0}") if is_undo else self.tr("Redone: {0}")
        page = change.page if isinstance(change, SettingsChange) else "plan"
        self.done.emit(page, words.format(name))

    @Slot()
    def refresh(self) -> None:
        """Show the name of the change, and enable the action if it can be done now."""
        stack, is_undo = self._session.undo_stack, self._which == "undo"
        change = stack.undoText() if is_undo else stack.redoText()
        self.setText(f"{self._words} {change}".strip())
        can = stack.canUndo() if is_undo else stack.canRedo()
        self.setEnabled(can and self._session.jobs.main is None)
