"""Fitness during the search: the best so far, and the distribution of the swarm's candidates."""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from engine.api.clock import seconds_between
from engine.api.events import AnyEvent, IterationFinished, RunStarted, StageFinished, StageStarted
from gui.charts.chart import Chart
from gui.charts.plot import clear_colour, line
from gui.charts.ranges import step_up
from gui.charts.series import FloatArray, Series
from gui.look.theme import Theme

Against = Literal["iteration", "evaluations", "applications", "tokens", "minutes"]
_MOST_DOTS = 200
_MOST_BAND_POINTS = 80
_QUARTILES = (0.25, 0.75)
_BAND_OPACITY = 45
_CURVES = ("lower", "upper", "mean", "best")


class SearchClock:
    """Seconds of searching according to the journal, without pauses."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._searching = False
        self._last: AnyEvent | None = None

    def add_event(self, event: AnyEvent) -> None:
        """Advance to the time of one event."""
        match event:
            case RunStarted():
                self._last = None
            case StageStarted():
                self._searching = event.stage == "search"
                self._last = event
        if self._searching and event.time > 0:
            self.seconds += seconds_between(self._last, event) if self._last is not None else 0.0
            self._last = event
        if isinstance(event, StageFinished):
            self._searching = False


class ConvergenceChart(Chart):
    """Fitness (lower is better): the best, the mean, and a band with the middle half of the candidates."""

    def __init__(self) -> None:
        super().__init__(self.tr("Convergence"), self.tr("iteration"), self.tr("fitness"), height=230)
        self._series = {name: Series() for name in (*_CURVES, "evaluations", "applications", "tokens", "minutes")}
        self._curves = {name: self.add_curve(connect="finite") for name in _CURVES}
        self._band = pg.FillBetweenItem(self._curves["lower"], self._curves["upper"])
        self.addItem(self._band)
        for name in ("lower", "upper"):  # the band would not follow its edges if these were clipped to the view
            self._curves[name].setClipToView(False)
            self._curves[name].setDownsampling(auto=False)
        self.name_column(self.tr("best"), self._curves["best"])
        self.name_column(self.tr("mean"), self._curves["mean"])
        self.name_column(self.tr("lower quartile"), self._curves["lower"])
        self.name_column(self.tr("upper quartile"), self._curves["upper"])
        self._against: Against = "iteration"
        self._clock = SearchClock()
        self._iterations = 0
        self.on_theme(self._paint)
        self._curves["best"].setSymbolSize(4)
        self._curves["best"].setSymbolPen(None)

    def clear_data(self) -> None:
        """Discard the data of the run."""
        for series in self._series.values():
            series.clear()
        self._clock = SearchClock()
        self.follow()
        self.redraw()

    def show_against(self, against: Against) -> None:
        """Choose what the x axis counts: iterations, computed candidates, layer applications, tokens or minutes."""
        words: dict[Against, str] = {
            "iteration": self.tr("iteration"),
            "evaluations": self.tr("candidates computed"),
            "applications": self.tr("layer applications"),
            "tokens": self.tr("tokens of a whole pass"),
            "minutes": self.tr("minutes"),
        }
        self._against = against
        self.rename_x(words[against])
        self.redraw()
        self.follow()

    @property
    def knows_tokens(self) -> bool:
        """Whether the run's journal counts tokens; older ones do not."""
        return bool(np.isfinite(self._series["tokens"].y).all())

    def add_event(self, event: AnyEvent) -> None:
        """Add one iteration, or advance the clock."""
        self._clock.add_event(event)
        if not isinstance(event, IterationFinished):
            return
        self._iterations = event.iterations
        lower, upper = quartiles(event.fitness)
        values = {
            "best": event.best_fitness,
            "mean": event.mean_fitness,
            "lower": lower,
            "upper": upper,
            "evaluations": float(event.evaluations),
            "applications": float(event.layer_applications),
            "tokens": float("nan") if event.tokens is None else event.tokens,
            "minutes": self._clock.seconds / 60,
        }
        for name, value in values.items():
            self._series[name].put(event.iteration + 1, value)

    def redraw(self) -> None:
        """Draw the collected iterations and fit the axes to them."""
        self._show_dots(len(self._series["best"]) <= _MOST_DOTS)
        best = self._series["best"]
        places = best.x if self._against == "iteration" else self._series[self._against].y
        for name, curve in self._curves.items():
            # filling an area with thousands of corners takes most of a second: draw the band from every n-th iteration
            step = -(-len(places) // _MOST_BAND_POINTS) if name in ("lower", "upper") and len(places) else 1
            curve.setData(places[::step], self._series[name].y[::step])
        if not len(best):
            return
        if self._against == "iteration":
            self.fix_x(0.5, max(self._iterations, 2) + 0.5)
        else:
            self.fix_x(0.0, step_up(float(places.max())))
        drawn = np.concatenate([_finite(self._series[name].y) for name in _CURVES])
        if len(drawn):
            self.grow_y(float(drawn.min()), float(drawn.max()))

    def band_area(self) -> QRectF:
        """Return the area of the band, in units of the x axis and of fitness."""
        area: QRectF = self._band.path().boundingRect()
        return area

    def _paint(self, theme: Theme) -> None:
        colours = {"best": theme.accent, "mean": theme.series, "lower": theme.border, "upper": theme.border}
        for name, colour in colours.items():
            self._curves[name].setPen(line(colour))
        self._curves["best"].setSymbolBrush(theme.accent)
        self._band.setBrush(clear_colour(theme.series, _BAND_OPACITY))

    def _show_dots(self, shown: bool) -> None:
        """Show a dot per iteration while dots are distinguishable; thousands would take longer than a frame."""
        symbol = "o" if shown else None
        if self._curves["best"].opts["symbol"] != symbol:
            self._curves["best"].setSymbol(symbol)


def _finite(values: FloatArray) -> FloatArray:
    return values[np.isfinite(values)]


def quartiles(fitness: tuple[float, ...]) -> tuple[float, float]:
    """Return the linearly interpolated quartiles of the finite fitness values; NaN if there are none.

    Plain Python, because numpy takes thirty times as long for so few values, and a long journal has thousands of them.
    """
    finite = sorted(filter(math.isfinite, fitness))
    if not finite:
        return math.nan, math.nan
    lower, upper = (_between(finite, share * (len(finite) - 1)) for share in _QUARTILES)
    return lower, upper


def _between(values: Sequence[float], place: float) -> float:
    """Interpolate between the two values around a fractional index."""
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])
