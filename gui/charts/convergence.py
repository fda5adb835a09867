"""Fitness during the search: the best so far, and the distribution of the swarm's candidates."""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from engine.api.events import AnyEvent, BudgetResolved, IterationFinished, SearchFinished
from engine.api.run_times import RunTimes
from engine.results.score_levels import ScoreLevels
from gui.charts.chart import Chart
from gui.charts.plot import clear_colour, line
from gui.charts.ranges import step_up
from gui.charts.references import Reference, ReferenceLines
from gui.charts.series import BoolArray, FloatArray, Series
from gui.look.theme import Theme
from gui.words.translation import engine_text

Against = Literal["iteration", "evaluations", "tokens", "minutes"]
_MOST_DOTS = 200
_MOST_BAND_POINTS = 80
_QUARTILES = (0.25, 0.75)
_BAND_OPACITY = 45
_CURVES = ("lower", "upper", "mean", "best")
_NEAR = 2.5
"""Curves that lie further from the best line than this multiple of its height do not stretch the axis."""


class ConvergenceChart(Chart):
    """Fitness (lower is better): the best, the mean, and a band with the middle half of the candidates.

    Only sets of as many layers as the answer are drawn as such. Searches that build their sets up, or try several
    numbers of layers, have sets of fewer layers too, whose scores do not compare: they are dots of their own.
    """

    def __init__(self) -> None:
        super().__init__(self.tr("Convergence"), self.tr("iteration"), self.tr("fitness"), height=230)
        self._series = {name: Series() for name in (*_CURVES, "layers", "evaluations", "tokens", "minutes")}
        self._curves = {name: self.add_curve(connect="finite") for name in _CURVES}
        self._fewer = pg.PlotDataItem(pen=None, symbol="o", symbolSize=4, symbolPen=None)
        self.addItem(self._fewer)
        self._band = pg.FillBetweenItem(self._curves["lower"], self._curves["upper"])
        self.addItem(self._band)
        self._references = ReferenceLines(self)
        for name in ("lower", "upper"):  # the band would not follow its edges if these were clipped to the view
            self._curves[name].setClipToView(False)
            self._curves[name].setDownsampling(auto=False)
        self._against: Against = "iteration"
        self._times = RunTimes()
        self._iterations = 0
        self._budget = 0
        self._levels = ScoreLevels()
        self.count_along("bottom")
        self._name_columns()
        self.on_theme(self._paint)
        self._curves["best"].setSymbolSize(4)
        self._curves["best"].setSymbolPen(None)

    def clear_data(self) -> None:
        """Discard the data of the run."""
        for series in self._series.values():
            series.clear()
        self._times, self._budget = RunTimes(), 0
        self._references.show(())
        self.follow()
        self.redraw()

    def show_levels(self, levels: ScoreLevels) -> None:
        """Name the curves by the numbers of windows on which they were measured."""
        self._levels = levels
        self._name_columns()

    def show_references(self, references: Sequence[Reference]) -> None:
        """Draw results that the search is compared with."""
        self._references.show(references)
        self._name_columns()

    def show_against(self, against: Against) -> None:
        """Choose what the x axis counts: iterations, computed candidates, tokens or minutes."""
        words: dict[Against, str] = {
            "iteration": self.tr("iteration"),
            "evaluations": self.tr("candidates computed"),
            "tokens": self.tr("tokens of a whole pass"),
            "minutes": self.tr("minutes"),
        }
        self._against = against
        self.rename_x(words[against])
        self.count_along("bottom", against != "minutes")
        self.redraw()
        self.follow()

    @property
    def knows_tokens(self) -> bool:
        """Whether the run's journal counts tokens; older ones do not."""
        return bool(np.isfinite(self._series["tokens"].y).all())

    @property
    def has_fewer(self) -> bool:
        """Whether there are sets of fewer layers than the answer's."""
        return bool((~self._of_answers_size()).any())

    def add_event(self, event: AnyEvent) -> None:
        """Add one iteration, note the size of the answer, or add to the time of the search."""
        self._times.apply(event)
        if isinstance(event, BudgetResolved):
            self._budget = event.layers
        elif isinstance(event, SearchFinished):
            self._budget = len(event.removed)
        if not isinstance(event, IterationFinished):
            return
        self._iterations = event.iterations
        lower, upper = quartiles(event.fitness)
        values = {
            "best": event.best_fitness,
            "mean": event.mean_fitness,
            "lower": lower,
            "upper": upper,
            "layers": float(len(event.best_removed)),
            "evaluations": float(event.evaluations),
            "tokens": float("nan") if event.tokens is None else event.tokens,
            "minutes": self._times.of_stage("search") / 60,
        }
        for name, value in values.items():
            self._series[name].put(event.iteration + 1, value)

    def redraw(self) -> None:
        """Draw the collected iterations and fit the axes to them."""
        self._show_dots(len(self._series["best"]) <= _MOST_DOTS)
        best = self._series["best"]
        places = best.x if self._against == "iteration" else self._series[self._against].y
        counts = self._of_answers_size()
        for name, curve in self._curves.items():
            # filling an area with thousands of corners takes most of a second: draw the band from every n-th iteration
            step = -(-len(places) // _MOST_BAND_POINTS) if name in ("lower", "upper") and len(places) else 1
            curve.setData(*_kept(places, self._series[name].y, counts, step))
        self._fewer.setData(*_kept(places, best.y, ~counts, 1))
        references = self._references.draw(places, self._against)
        if not len(best):
            return
        if self._against == "iteration":
            self.fix_x(0.5, max(self._iterations, 2) + 0.5)
        else:
            self.fix_x(0.0, step_up(float(places.max())))
        low, high = self._decided(counts, references)
        if math.isfinite(low):
            self.grow_y(low, high)

    def _of_answers_size(self) -> BoolArray:
        """Return for each iteration whether its best set has as many layers as the answer."""
        layers = self._series["layers"].y
        kept: BoolArray = layers == (self._budget or layers.max(initial=0.0))
        return kept

    def _decided(self, counts: BoolArray, references: list[float]) -> tuple[float, float]:
        """Return the range in which the search is decided: around the best line, not up to the first random sets."""
        best = _finite(self._series["best"].y[counts])
        fewer = _finite(self._series["best"].y[~counts])
        if not len(best):
            return (float(fewer.min()), float(fewer.max())) if len(fewer) else (math.inf, math.inf)
        low, high = float(best.min()), float(best.max())
        reach = low + max(_NEAR * (high - low), 0.1 * abs(low))
        others = [_finite(self._series[name].y[counts]) for name in ("lower", "mean", "upper")]
        near = np.concatenate([*others, np.array(references)])
        near = near[near <= reach]
        low = min([low, *near.tolist(), *fewer.tolist()])
        return low, max([high, *near.tolist()])

    def band_area(self) -> QRectF:
        """Return the area of the band, in units of the x axis and of fitness."""
        area: QRectF = self._band.path().boundingRect()
        return area

    def _name_columns(self) -> None:
        best, others = self._levels.of_best(engine_text), self._levels.of_candidates(engine_text)
        self._columns = []
        for words, name, level in (
            (self.tr("best {0}"), "best", best),
            (self.tr("mean {0}"), "mean", others),
            (self.tr("lower quartile {0}"), "lower", others),
            (self.tr("upper quartile {0}"), "upper", others),
        ):
            self.name_column(words.format(level).strip(), self._curves[name])
        self.name_column(self.tr("best of fewer layers"), self._fewer)
        for reference, curve in zip(self._references.shown, self._references.curves, strict=False):
            self.name_column(f"{reference.name} {best}".strip(), curve)

    def _paint(self, theme: Theme) -> None:
        colours = {"best": theme.accent, "mean": theme.series, "lower": theme.border, "upper": theme.border}
        for name, colour in colours.items():
            self._curves[name].setPen(line(colour))
        self._curves["best"].setSymbolBrush(theme.accent)
        self._fewer.setSymbolBrush(theme.series)
        self._band.setBrush(clear_colour(theme.series, _BAND_OPACITY))

    def _show_dots(self, shown: bool) -> None:
        """Show a dot per iteration while dots are distinguishable; thousands would take longer than a frame."""
        symbol = "o" if shown else None
        for item in (self._curves["best"], self._fewer):
            if item.opts["symbol"] != symbol:
                item.setSymbol(symbol)


def _kept(places: FloatArray, values: FloatArray, kept: BoolArray, step: int) -> tuple[FloatArray, FloatArray]:
    """Return every n-th point of those that are kept."""
    return places[kept][::step], values[kept][::step]


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
