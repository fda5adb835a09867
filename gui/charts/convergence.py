"""Fitness over iterations: best, mean and worst candidate of the swarm."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from engine.api.events import IterationFinished
from gui.charts.chart import Chart
from gui.charts.plot import line
from gui.charts.series import Series

_LEAST_SPREAD = 1.5
_MOST_DOTS = 200
"""Height of the chart at least, as a multiple of the best fitness."""


class ConvergenceChart(Chart):
    """One point for each iteration and series: fitness, lower is better."""

    def __init__(self) -> None:
        super().__init__(self.tr("Convergence"), self.tr("iteration"), self.tr("fitness"), height=230)
        self._series = {name: Series() for name in ("worst", "mean", "best")}
        self._curves = {name: pg.PlotDataItem(connect="finite") for name in self._series}
        for curve in self._curves.values():
            self.addItem(curve)
            curve.setClipToView(True)
            curve.setDownsampling(auto=True, method="peak")
        for name, words in (("best", self.tr("best")), ("mean", self.tr("mean")), ("worst", self.tr("worst"))):
            self.name_column(words, self._curves[name])
        self._iterations = 0
        self.on_theme(lambda theme: self._curves["best"].setPen(line(theme.accent)))
        self.on_theme(lambda theme: self._curves["best"].setSymbolBrush(theme.accent))
        self.on_theme(lambda theme: self._curves["mean"].setPen(line(theme.series)))
        self.on_theme(lambda theme: self._curves["worst"].setPen(_dotted(theme.series)))
        self._curves["best"].setSymbolSize(4)
        self._curves["best"].setSymbolPen(None)

    def clear_data(self) -> None:
        """Forget the run."""
        for series in self._series.values():
            series.clear()
        self.redraw()

    def take(self, event: IterationFinished) -> None:
        """Note one iteration."""
        self._iterations = event.iterations
        values = {"best": event.best_fitness, "mean": event.mean_fitness, "worst": event.worst_fitness}
        for name, value in values.items():
            self._series[name].put(event.iteration + 1, value)

    def redraw(self) -> None:
        """Draw what has been noted."""
        self._show_dots(len(self._series["best"]) <= _MOST_DOTS)
        for name, curve in self._curves.items():
            curve.setData(self._series[name].x, self._series[name].y)
        best = self._series["best"].y
        if len(best):
            # the worst candidates would press the interesting part flat: they may leave the chart
            middle = float(np.nanmax(self._series["mean"].y, initial=0.0, where=np.isfinite(self._series["mean"].y)))
            high = min(float(self._series["worst"].y.max()), max(middle, _LEAST_SPREAD * float(best.max())))
            self.fix_x(0.5, max(self._iterations, 2) + 0.5)
            self.grow_y(float(best.min()), high)

    def _show_dots(self, shown: bool) -> None:
        """A dot for each iteration, as long as they can be told apart; thousands would take longer than a frame."""
        symbol = "o" if shown else None
        if self._curves["best"].opts["symbol"] != symbol:
            self._curves["best"].setSymbol(symbol)


def _dotted(colour: str) -> pg.QtGui.QPen:
    pen = line(colour)
    pen.setStyle(Qt.PenStyle.DotLine)
    return pen
