"""The text that one model generates, shown as it grows."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from engine.api.events import PieceWritten
from engine.api.safe_text import safe_text
from gui.widgets.buttons import Button
from gui.widgets.text import label
from gui.words.formatting import format_rate, format_whole

_HEIGHT = 190


class GeneratedText(QWidget):
    """The model's name, its speed, a copy button, and the text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.pace = label("", "caption")
        self.pace.setAccessibleName(self.tr("{0}: speed").format(name))
        self.copy = Button("", "copy", quiet=True)
        words = self.tr("{0}: copy the text").format(name)
        self.copy.setAccessibleName(words)
        self.copy.setToolTip(words)
        self.copy.setEnabled(False)
        self.copy.clicked.connect(self._copy)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_HEIGHT)
        self.text.setAccessibleName(self.tr("{0}: text").format(name))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(name, "body"))
        head.addStretch(1)
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.pace)

    def begin(self) -> None:
        """Clear the text for a new one."""
        self.text.clear()
        self.text.setPlaceholderText(self.tr("Waiting for its turn"))
        self.pace.setText(" ")  # reserves the line, so that nothing moves when figures arrive
        self.copy.setEnabled(False)

    def add_piece(self, event: PieceWritten) -> None:
        """Append to the text; keep the position if the user has scrolled up."""
        if not event.tokens:
            self.text.setPlaceholderText(self.tr("Reading the prompt…"))
            return
        bar = self.text.verticalScrollBar()
        follows = bar.value() == bar.maximum()
        end = QTextCursor(self.text.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText(safe_text(event.text))
        if follows:
            bar.setValue(bar.maximum())
        self.copy.setEnabled(bool(self.text.toPlainText()))
        if event.done and not self.text.toPlainText():
            self.text.setPlaceholderText(self.tr("It ended at once, without a word."))
        tokens = self.tr("{0} tokens", "", event.tokens).format(format_whole(event.tokens))
        pace = f"  ·  {format_rate(event.tokens_per_second)}" if event.tokens_per_second else ""
        self.pace.setText(tokens + pace)

    def end(self) -> None:
        """Mark the text as complete."""
        if not self.text.toPlainText() and self.pace.text() == " ":
            self.text.setPlaceholderText(self.tr("No text generated"))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
