"""Curves over the optimiser steps of recovery."""

import pyqtgraph as pg

from engine.api.events import RecoveryMeasured, RecoveryStepped
from engine.results.smoothing import smoothed_loss
from gui.charts.chart import Chart
from gui.charts.plot import clear_colour, line
from gui.charts.series import MOST_POINTS, FloatArray, Series

_RAW_OPACITY = 110
_MOST_DOTS = 200


class StepChart(Chart):
    """One value per step."""

    def __init__(self, name: str, y_label: str, height: int = 140) -> None:
        super().__init__(name, self.tr("step"), y_label, height)
        self.series = Series(MOST_POINTS)
        self._steps = 1
        self.count_along("bottom")
        self._curve = self.add_curve()
        self.name_column(y_label, self._curve)
        self.on_theme(lambda theme: self._curve.setPen(line(theme.series)))

    def clear_data(self) -> None:
        """Discard the data of the run."""
        self.series.clear()
        self.follow()
        self.redraw()

    def put(self, step: int, steps: int, value: float) -> None:
        """Add one point; ``steps`` is the planned end of the axis."""
        self._steps = max(steps, 1)
        self.series.put(step, value)

    def redraw(self) -> None:
        """Draw the collected points."""
        self._curve.setData(self.series.x, self.series.y)
        if len(self.series):
            self.fix_x(-0.015 * self._steps, 1.015 * self._steps)
            self.grow_y(*self._y_extent(self.series.y))

    def _y_extent(self, values: FloatArray) -> tuple[float, float]:
        return float(values.min()), float(values.max())


class LossChart(StepChart):
    """Training loss, faint and smoothed, and validation KL as connected points, which select the best step."""

    def __init__(self) -> None:
        super().__init__(self.tr("Loss over steps"), self.tr("loss (nats)"), height=260)
        self._validation = Series()
        self._local = False
        self._smooth = self.add_curve()
        self._points = pg.PlotDataItem(symbol="o", symbolSize=6, symbolPen=None)
        self.addItem(self._points)
        self.name_column(self.tr("smoothed loss"), self._smooth)
        self.name_column(self.tr("validation KL"), self._points)
        self.on_theme(lambda theme: self._curve.setPen(clear_colour(theme.series, _RAW_OPACITY)))
        self.on_theme(lambda theme: self._smooth.setPen(line(theme.muted)))
        self.on_theme(lambda theme: self._points.setPen(line(theme.accent)))
        self.on_theme(lambda theme: self._points.setSymbolBrush(theme.accent))

    def clear_data(self) -> None:
        """Discard the data of the run."""
        self._validation.clear()
        super().clear_data()

    def add_event(self, event: RecoveryStepped | RecoveryMeasured) -> None:
        """Add a step's loss or a measurement on the validation windows."""
        if isinstance(event, RecoveryStepped):
            self.put(event.step, event.steps, event.loss)
            self._local = event.local
        else:
            self._validation.put(event.step, event.validation_kl)

    def redraw(self) -> None:
        """Draw the collected points."""
        words = self.tr("distance, KL (nats)") if self._local else self.tr("loss (nats)")
        if words != self.labels["left"]:
            self.rename_y(words)
        symbol = "o" if len(self._validation) <= _MOST_DOTS else None  # thousands would take longer than a frame
        if self._points.opts["symbol"] != symbol:
            self._points.setSymbol(symbol)
        self._points.setData(self._validation.x, self._validation.y)
        self._smooth.setData(self.series.x, smoothed_loss(self.series.x, self.series.y, self._steps))
        super().redraw()

    def _y_extent(self, values: FloatArray) -> tuple[float, float]:
        low, high = super()._y_extent(values)
        if len(self._validation):
            low, high = min(low, float(self._validation.y.min())), max(high, float(self._validation.y.max()))
        return low, high
