"""Needed memory compared with free memory, as one bar."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from engine.results.plan_estimate import Fit
from gui.look.theme import current_theme
from gui.widgets.painted import PaintedWidget
from gui.widgets.text import as_tooltip

_HEIGHT = 14


class MemoryBar(PaintedWidget):
    """A filled part for the needed memory, and a line where the free memory ends."""

    def __init__(self) -> None:
        super().__init__()
        self._needed, self._free = 0, 1
        self._fit: Fit = "fits"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_memory(self, needed: int, free: int, fit: Fit, words: str) -> None:
        """Show sizes in bytes; ``words`` describe them to assistive technology."""
        self._needed, self._free, self._fit = needed, free, fit
        self.setAccessibleName(words)
        self.setToolTip(as_tooltip(words))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a line that is easy to see."""
        return QSize(300, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the background, the needed memory, and the end of the free memory."""
        del event
        theme = current_theme()
        whole = max(self._needed, self._free, 1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(0, 2, self.width(), _HEIGHT - 4)
        painter.setBrush(QColor(theme.border))
        painter.drawRoundedRect(box, 3, 3)
        colour = {"fits": theme.good, "tight": theme.warn, "too_large": theme.bad}[self._fit]
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(0, 2, self.width() * self._needed / whole, _HEIGHT - 4), 3, 3)
        end = min(self.width() * self._free / whole, self.width() - 1.0)
        painter.setPen(QPen(QColor(theme.text), 2))
        painter.drawLine(int(end), 0, int(end), _HEIGHT)
        painter.end()
