"""Undo and redo of settings, named after the change and disabled while the engine uses the settings."""

from typing import Literal

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from gui.project.session import Session


class UndoAction(QAction):
    """The Undo or the Redo action."""

    def __init__(self, session: Session, which: Literal["undo", "redo"], words: str, parent: QObject) -> None:
        super().__init__(words, parent)
        self._session, self._which, self._words = session, which, words
        stack = session.undo_stack
        self.triggered.connect(stack.undo if which == "undo" else stack.redo)
        stack.indexChanged.connect(self.refresh)
        session.jobs.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the name of the change, and enable the action if it can be done now."""
        stack, is_undo = self._session.undo_stack, self._which == "undo"
        change = stack.undoText() if is_undo else stack.redoText()
        self.setText(f"{self._words} {change}".strip())
        can = stack.canUndo() if is_undo else stack.canRedo()
        self.setEnabled(can and self._session.jobs.main is None)
