"""The list of keyboard shortcuts, generated from the actions so that it is always correct."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.buttons import Button
from gui.widgets.text import label


def rows_of(actions: Iterable[QAction]) -> list[tuple[str, str]]:
    """Return pairs of an action's name and its keys as this system writes them, in the order of the actions."""
    rows: dict[str, str] = {}
    for action in actions:
        keys = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
        words = action.iconText().rstrip("…").replace("&", "")
        if keys and words:
            rows.setdefault(keys, words)
    return [(words, keys) for keys, words in rows.items()]


class ShortcutsDialog(QDialog):
    """Two columns: the action and its keys."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setMinimumWidth(420)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(14)
        column.addWidget(label(self.tr("Keyboard shortcuts"), "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        self.rows = rows_of(actions)
        for row, (words, keys) in enumerate(self.rows):
            grid.addWidget(label(words), row, 0)
            grid.addWidget(label(keys, "muted"), row, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(grid)
        hint = self.tr(
            "Tab and Shift+Tab move between fields; the arrow keys move within the step list and the layer strip."
        )
        column.addWidget(label(hint, "caption", wrap=True))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        close = Button(self.tr("Close"), primary=True)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons.addWidget(close)
        column.addLayout(buttons)
