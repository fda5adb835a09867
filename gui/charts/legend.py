"""The legend of a chart: a short line in the colour of each series, next to the chart's title."""

from collections.abc import Callable
from operator import attrgetter

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.look.theme import Theme, current_theme
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.text import as_tooltip, label

_BAND_OPACITY, _FAINT = 70, 110


Colour = Callable[[Theme], str]
"""Returns the colour of a series in a theme."""


class _Dash(QWidget):
    def __init__(self, colour: Colour, is_band: bool, is_faint: bool) -> None:
        super().__init__()
        self._colour, self._is_band, self._is_faint = colour, is_band, is_faint
        self.setFixedSize(QSize(16, 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        colour = QColor(self._colour(current_theme()))
        if self._is_band:
            colour.setAlpha(_BAND_OPACITY)
            painter.fillRect(self.rect(), colour)
        else:
            colour.setAlpha(_FAINT if self._is_faint else 255)
            painter.setPen(QPen(colour, 2))
            painter.drawLine(0, 6, 16, 6)
        painter.end()


class _Entry(QWidget):
    def __init__(self, dash: _Dash, text: str) -> None:
        super().__init__()
        self.name = label(text, "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(dash)
        row.addWidget(self.name)


class Legend(QWidget):
    """Pairs of a colour, or the name of one in the theme, and a series name, in as many lines as they need.

    Series in ``bands`` are drawn as areas, those in ``faint`` pale.
    """

    def __init__(
        self, *entries: tuple[str | Colour, str], bands: tuple[str, ...] = (), faint: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        flow = FlowLayout(self)
        self._entries: list[_Entry] = []
        for colour, text in entries:
            paint = attrgetter(colour) if isinstance(colour, str) else colour
            entry = _Entry(_Dash(paint, text in bands, text in faint), text)
            self._entries.append(entry)
            flow.addWidget(entry)

    def describe(self, place: int, text: str, tooltip: str = "", shown: bool = True) -> None:
        """Rename an entry, explain it, and show or hide it."""
        entry = self._entries[place]
        entry.name.setText(text)
        entry.setToolTip(as_tooltip(tooltip))
        entry.setVisible(shown)

    def texts(self) -> list[str]:
        """Return the names of the shown entries."""
        return [entry.name.text() for entry in self._entries if not entry.isHidden()]
