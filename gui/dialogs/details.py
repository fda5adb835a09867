"""A dialog for long text, such as the engine's output after an error, to read or to copy into a bug report."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from engine.api.safe_text import safe_text
from gui.widgets.buttons import Button
from gui.widgets.text import font_of, label


class DetailsDialog(QDialog):
    """Text in a fixed-width font, with a button to copy it."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(680, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(title, "heading"))
        self.text = QPlainTextEdit(safe_text(text))
        self.text.setReadOnly(True)
        self.text.setFont(font_of("code"))
        self.text.setAccessibleName(self.tr("Last output of the engine"))
        column.addWidget(self.text)
        row = QHBoxLayout()
        copy = Button(self.tr("Copy"), "copy")
        copy.clicked.connect(self._copy)
        close = Button(self.tr("Close"), primary=True)
        close.clicked.connect(self.accept)
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
        close.setDefault(True)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
