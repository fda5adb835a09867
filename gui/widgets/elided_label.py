"""A single-line label that is elided when space is short and then shows its full text as a tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from engine.api.safe_text import safe_line
from gui.widgets.text import PlainLabel, Role, as_tooltip, set_role

_LONGEST = 2000


class ElidedLabel(PlainLabel):
    """For names and paths of any length that come from users or the Hub."""

    def __init__(self, role: Role = "body", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        self._text = ""
        self._mode = mode
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        set_role(self, role)

    def text(self) -> str:
        """Return the full text."""
        return self._text

    def setText(self, text: str) -> None:
        """Show a text."""
        text = safe_line(text, _LONGEST)
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self._elide()
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of the full text."""
        margins = self.contentsMargins()
        width = self.fontMetrics().horizontalAdvance(self._text) + margins.left() + margins.right() + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Allow the label to become arbitrarily narrow."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide the text for the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._text, self._mode, self.contentsRect().width())
        super().setText(shown)
        self.setToolTip(as_tooltip(self._text) if shown != self._text else "")
