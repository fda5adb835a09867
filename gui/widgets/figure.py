"""A measured value in large type, with its name above and a note below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.elided_label import ElidedLabel
from gui.widgets.text import label
from gui.words.formatting import NOTHING


class Figure(QWidget):
    """One measured value, or a dash while there is none."""

    def __init__(self, name: str, tooltip: str = "") -> None:
        super().__init__()
        self._name = name
        self.setToolTip(tooltip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self._name_label = ElidedLabel("caption")
        self._name_label.setText(name)
        self._value = label(NOTHING, "value")
        self._note = label("", "caption", wrap=True)
        self._value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for part in (self._name_label, self._value, self._note):
            column.addWidget(part)
        column.addStretch(1)
        self.show_value(None)

    def show_value(self, value: str | None, note: str = "") -> None:
        """Show a formatted value and an optional note below it."""
        text = NOTHING if value is None else value
        if (text, note) == (self._value.text(), self._note.text()):
            return
        self._value.setText(text)
        self._note.setText(note)
        self.setAccessibleName(f"{self._name}: {text} {note}".strip())

    def rename(self, name: str, tooltip: str) -> None:
        """Show another quantity."""
        self._name = name
        self._name_label.setText(name)
        self.setToolTip(tooltip)
        self.setAccessibleName(f"{name}: {self._value.text()} {self._note.text()}".strip())

    @property
    def text(self) -> str:
        """The value as shown."""
        return self._value.text()


class FigureRow(QWidget):
    """Figures side by side, in columns of equal width."""

    def __init__(self, *figures: Figure) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for figure in figures:
            row.addWidget(figure, 1)
