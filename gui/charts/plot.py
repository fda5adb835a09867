"""The style that all charts share: the theme's colours, ranges that grow in steps, no grid."""

from collections.abc import Callable, Iterable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QSizePolicy

from gui.charts.ranges import stepped_range
from gui.look.theme import Theme, current_theme
from gui.widgets.text import font_of
from gui.words.formatting import localised

pg.setConfigOptions(antialias=True, useOpenGL=False)

LEFT_AXIS_WIDTH = 70
"""Room for a title and for numbers such as 24000 or 0.0025."""
RIGHT_MARGIN = 10
"""The same for every chart, so that stacked charts line up with the layer strip."""
_NEAREST_LOG = 1e-9
_POINTS_PER_PIXEL = 0.4
"""Peaks that lie closer are joined. With pyqtgraph's five, 100,000 points take a tenth of a second to paint."""


class NumberAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis in the window's way of writing numbers, whose ticks are whole where it counts something."""

    counts = False

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """Return distance and offset of the ticks, coarsest first."""
        levels: list[tuple[float, float]] = super().tickSpacing(low, high, size)
        return [(max(1.0, round(spacing)), 0.0) for spacing, _ in levels] if self.counts else levels

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Return the words of the ticks."""
        return [localised(words) for words in super().tickStrings(values, scale, spacing)]


class Plot(pg.PlotWidget):  # type: ignore[misc]
    """Axes and ranges in the window's style. The axes follow the data while ``following`` is True."""

    def __init__(self, name: str, x_label: str, y_label: str, height: int) -> None:
        axes = {side: NumberAxis(side) for side in ("bottom", "left")}
        # Creating pyqtgraph's own menus would take as long as the rest of a chart.
        super().__init__(enableMenu=False, axisItems=axes)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(height)
        self.labels = {"bottom": x_label, "left": y_label}
        self.following = True
        self._theme = current_theme()
        self._painters: list[Callable[[Theme], None]] = []
        self._wanted: dict[str, tuple[float, float]] = {}
        self._log_y = False
        plot = self.getPlotItem()
        # pyqtgraph keeps its curves' options in a menu without a parent, whose 40 widgets would outlive the chart; as
        # children of the chart, screen readers would find them.
        self.destroyed.connect(plot.ctrlMenu.deleteLater)
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
        self.on_theme(self._paint_axes)

    def add_curve(self, **options: object) -> pg.PlotDataItem:
        """Add and return an empty curve that draws only what is visible, and no more of it than can be seen."""
        curve = pg.PlotDataItem(autoDownsampleFactor=_POINTS_PER_PIXEL, **options)
        self.addItem(curve)  # which resets what follows
        curve.setClipToView(True)
        curve.setDownsampling(auto=True, method="peak")
        return curve

    def on_theme(self, paint: Callable[[Theme], None]) -> None:
        """Paint an item now and whenever the theme changes."""
        self._painters.append(paint)
        paint(current_theme())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the application's palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_painters"):
            theme = current_theme()
            if theme is not self._theme:  # the palette also changes whenever a widget gets a parent
                self._theme = theme
                for paint in self._painters:
                    paint(theme)

    def count_along(self, side: str, counts: bool = True) -> None:
        """Put ticks of one axis at whole numbers only, or anywhere again."""
        axis = self.getPlotItem().getAxis(side)
        axis.counts = counts
        axis.picture = None
        axis.update()

    def place_ticks(self, side: str, values: Iterable[tuple[float, float]] | None) -> None:
        """Put ticks of one axis at places of its own, each with the number that it bears; None lets the axis decide."""
        ticks = None if values is None else [[(place, localised(f"{value:g}")) for place, value in values]]
        self.getPlotItem().getAxis(side).setTicks(ticks)

    def rename_y(self, label: str) -> None:
        """Change the label of the y axis."""
        self.labels["left"] = label
        self._paint_axes(current_theme())

    def rename_x(self, label: str) -> None:
        """Change the label of the x axis."""
        self.labels["bottom"] = label
        self._paint_axes(current_theme())

    def show_all(self) -> None:
        """Show all data and follow new points from now on."""
        self.following = True
        for axis, (low, high) in self._wanted.items():
            self._set_range(axis, low, high)

    def set_log_y(self, log: bool) -> None:
        """Make the y axis logarithmic or linear; a logarithmic axis leaves out values that are not positive."""
        self._log_y = log
        self.getPlotItem().setLogMode(False, log)
        self.show_all()

    def grow_y(self, low: float, high: float) -> None:
        """Fit the y range to the data, in steps."""
        if self._log_y:
            low, high = np.log10(max(low, _NEAREST_LOG)), np.log10(max(high, _NEAREST_LOG))
            self.fix_y(np.floor(10 * low) / 10, np.ceil(10 * high + 1e-6) / 10)
        else:
            self.fix_y(*stepped_range(low, high))

    def fix_x(self, low: float, high: float) -> None:
        """Set the x range."""
        self._want("x", low, high)

    def fix_y(self, low: float, high: float) -> None:
        """Set the y range, in logarithms if the axis is logarithmic."""
        self._want("y", low, high)

    def _want(self, axis: str, low: float, high: float) -> None:
        self._wanted[axis] = (float(low), float(high))
        if self.following:
            self._set_range(axis, float(low), float(high))

    def _set_range(self, axis: str, low: float, high: float) -> None:
        box = self.getPlotItem().getViewBox()
        shown = box.viewRange()[0 if axis == "x" else 1]
        if (low, high) != tuple(shown) and high > low:
            set_range = box.setXRange if axis == "x" else box.setYRange
            set_range(low, high, padding=0)

    def _paint_axes(self, theme: Theme) -> None:
        self.setBackground(theme.surface)
        for side, text in self.labels.items():
            axis = self.getPlotItem().getAxis(side)
            axis.setPen(line(theme.strong_border))
            axis.setTextPen(line(theme.muted))
            if text:
                axis.setLabel(text, **{"color": theme.muted, "font-size": f"{font_of('caption').pointSizeF()}pt"})
                axis.resizeEvent()  # another text is not centred otherwise


def line(colour: str) -> QPen:
    """Return a cosmetic pen of width 1; wider ones cost seven times as much."""
    pen = QPen(QColor(colour))
    pen.setCosmetic(True)
    pen.setWidth(1)
    return pen


def clear_colour(colour: str, alpha: int) -> QColor:
    """Return ``#rrggbb`` with an opacity of 0..255."""
    result = QColor(colour)
    result.setAlpha(alpha)
    return result
