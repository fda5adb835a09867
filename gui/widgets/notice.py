"""A message at the top of the window about what has just happened, shown until it is dismissed."""

from typing import Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from gui.widgets.buttons import Button
from gui.widgets.text import label

NoticeKind = Literal["info", "good", "warning", "error"]


class Notice(QFrame):
    """One message, with optional details."""

    details_wanted = Signal(str, str)
    """Title and details."""

    def __init__(self) -> None:
        super().__init__()
        self._detail = ""
        self.kind: NoticeKind = "info"
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 10, 10)
        row.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = label("", "heading")
        self.sentence = label("", "body", wrap=True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        self.details = Button(self.tr("Details…"))
        self._close = Button("", "cross", quiet=True)
        self._close.setAccessibleName(self.tr("Dismiss"))
        self._close.setToolTip(self.tr("Dismiss"))
        row.addLayout(words, 1)
        row.addWidget(self.details)
        row.addWidget(self._close)
        self.details.clicked.connect(self._ask_details)
        self._close.clicked.connect(self.hide)
        self.hide()

    def show_message(self, kind: NoticeKind, title: str, sentence: str, detail: str = "") -> None:
        """Show a message instead of the previous one."""
        self.kind = kind
        self.setProperty("notice", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self._detail = detail
        self.details.setVisible(bool(detail))
        self.setAccessibleName(f"{title}. {sentence}")
        self.show()

    @Slot()
    def _ask_details(self) -> None:
        self.details_wanted.emit(self.title.text(), self._detail)
