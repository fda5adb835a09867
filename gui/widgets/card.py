"""The titled panel that pages consist of."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from gui.widgets.text import label


class Card(QFrame):
    """A panel with a heading, an optional line of explanation, and a column for its content.

    ``header`` is the row of the heading; widgets added to it are aligned to the right.
    """

    def __init__(self, heading: str = "", explanation: str = "") -> None:
        super().__init__()
        self.setProperty("card", True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 16, 20, 18)
        self.body.setSpacing(12)
        self.header = QHBoxLayout()
        self.header.setSpacing(12)
        if heading:
            self.setAccessibleName(heading)
            self.header.addWidget(label(heading, "heading"))
            self.header.addStretch(1)
            self.body.addLayout(self.header)
        if explanation:
            self.body.addWidget(label(explanation, "muted", wrap=True))

    def add(self, item: QWidget | QLayout) -> None:
        """Add something below the existing content."""
        if isinstance(item, QWidget):
            self.body.addWidget(item)
        else:
            self.body.addLayout(item)


def rule() -> QFrame:
    """Return a thin line between two parts of a card."""
    line = QFrame()
    line.setProperty("rule", True)
    return line
