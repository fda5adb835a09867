"""The look that all charts share: own colours, fixed ranges, no grid, no menu, nothing that moves by accident."""

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QSizePolicy

from gui.charts.ranges import stepped_range
from gui.theme import Theme, current_theme
from gui.widgets.text import font_of

pg.setConfigOptions(antialias=True, useOpenGL=False)

LEFT_AXIS_WIDTH = 54
RIGHT_MARGIN = 10
"""Of every chart, so that charts above each other line up with the layer strip."""


class Chart(pg.PlotWidget):  # type: ignore[misc]
    """A plot in the window's style. Subclasses add items, ``take`` events and ``redraw``."""

    def __init__(self, name: str, x_label: str, y_label: str, height: int = 190) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(height)
        self._labels = {"bottom": x_label, "left": y_label}
        self._painters: list[Callable[[Theme], None]] = []
        plot = self.getPlotItem()
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(False, False)
        plot.hideButtons()
        plot.disableAutoRange()
        plot.setContentsMargins(0, 9, RIGHT_MARGIN, 0)
        plot.getViewBox().setDefaultPadding(0)
        for side in ("bottom", "left"):
            axis = plot.getAxis(side)
            axis.setStyle(tickLength=4, tickFont=font_of("caption"), autoExpandTextSpace=False, maxTickLevel=0)
            axis.enableAutoSIPrefix(False)
        plot.getAxis("left").setWidth(LEFT_AXIS_WIDTH)
        plot.getAxis("bottom").setHeight(38 if x_label else 22)
        self.wheelEvent = self._leave_wheel
        self._paint_axes(current_theme())

    def on_theme(self, paint: Callable[[Theme], None]) -> None:
        """Paint an item now and whenever the colours change."""
        self._painters.append(paint)
        paint(current_theme())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the application's palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_painters"):
            theme = current_theme()
            self._paint_axes(theme)
            for paint in self._painters:
                paint(theme)

    def grow_y(self, low: float, high: float) -> None:
        """Fit the y range to the data, in steps."""
        self._set_range("y", *stepped_range(low, high))

    def fix_x(self, low: float, high: float) -> None:
        """Set the x range."""
        self._set_range("x", low, high)

    def fix_y(self, low: float, high: float) -> None:
        """Set the y range."""
        self._set_range("y", low, high)

    def _set_range(self, axis: str, low: float, high: float) -> None:
        box = self.getPlotItem().getViewBox()
        shown = box.viewRange()[0 if axis == "x" else 1]
        if (low, high) != tuple(shown) and high > low:
            set_range = box.setXRange if axis == "x" else box.setYRange
            set_range(low, high, padding=0)

    def _leave_wheel(self, event: QEvent) -> None:
        """The wheel scrolls the page, it does not zoom."""
        event.ignore()

    def _paint_axes(self, theme: Theme) -> None:
        self.setBackground(theme.surface)
        for side, text in self._labels.items():
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(line(theme.strong_border))
            axis.setTextPen(line(theme.muted))
            if text:
                axis.setLabel(text, **{"color": theme.muted, "font-size": f"{font_of('caption').pointSizeF()}pt"})


def line(colour: str) -> QPen:
    """A cosmetic pen of width 1: wider ones cost seven times as much."""
    pen = QPen(QColor(colour))
    pen.setCosmetic(True)
    pen.setWidth(1)
    return pen


def clear_colour(colour: str, alpha: int) -> QColor:
    """``#rrggbb`` with an opacity of 0..255."""
    result = QColor(colour)
    result.setAlpha(alpha)
    return result
