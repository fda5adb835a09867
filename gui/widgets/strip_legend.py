"""The legend of a layer strip: its three kinds of cell."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gui.look.theme import current_theme
from gui.widgets.layer_strip import LayerMark, mark_colour, paint_cross
from gui.widgets.text import label


class _Swatch(QWidget):
    def __init__(self, mark: LayerMark) -> None:
        super().__init__()
        self._mark = mark
        self.setFixedSize(QSize(9, 15))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0.6, 0.6, 7.8, 13.8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mark_colour(theme, self._mark)))
        painter.drawRoundedRect(box, 2, 2)
        if self._mark == "removed":
            paint_cross(painter, theme, box)
        elif self._mark == "protected":
            painter.setBrush(QColor(theme.surface))
            painter.drawEllipse(QRectF(2.9, 8.2, 3.2, 3.2))
        painter.end()


class StripLegend(QWidget):
    """A row of named swatches."""

    def __init__(self, *marks: LayerMark) -> None:
        super().__init__()
        words = {"kept": self.tr("kept"), "removed": self.tr("removed"), "protected": self.tr("protected")}
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for place, mark in enumerate(marks or ("kept", "removed", "protected")):
            row.addSpacing(8 if place else 0)
            row.addWidget(_Swatch(mark))
            row.addWidget(label(words[mark], "caption"))
