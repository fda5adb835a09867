"""Fitness against size, when several numbers of layers are searched."""

import math

import numpy as np
import pyqtgraph as pg

from engine.api.events import IterationFinished, ParetoPoint, RemovalSet
from engine.results.score_levels import ScoreLevels
from gui.charts.chart import Chart
from gui.charts.chart_table import ChartTable
from gui.charts.plot import clear_colour, line
from gui.charts.read_out import PointReading
from gui.words.formatting import format_bytes, format_layers, format_number
from gui.words.translation import engine_text

_MEGA = 1e6


class ParetoFrontChart(Chart):
    """The current candidates as dots, and the best fitness of each number of layers, or the final front, as a line.

    The x axis is the size of the model without a candidate's layers. The line is of the full level, so that live and
    final points compare; the dots are of the first level.
    """

    def __init__(self) -> None:
        super().__init__(self.tr("Quality against size"), self.tr("size (MB)"), self.tr("fitness"), height=230)
        self._dots = pg.PlotDataItem(pen=None, symbol="o", symbolSize=5, symbolPen=None)
        self._front = pg.PlotDataItem(symbol="o", symbolSize=7, symbolPen=None)
        for item in (self._dots, self._front):
            self.addItem(item)
        self._best: dict[int, tuple[float, RemovalSet]] = {}
        self._latest: IterationFinished | None = None
        self._points: list[tuple[float, float, RemovalSet]] = []
        self._level = ""
        self._compensated: dict[RemovalSet, float] = {}
        """Fitness after the fold of the sets on the final front, where they are compared by it."""
        self.on_theme(lambda theme: self._dots.setSymbolBrush(clear_colour(theme.series, 150)))
        self.on_theme(lambda theme: self._front.setPen(line(theme.accent)))
        self.on_theme(lambda theme: self._front.setSymbolBrush(theme.accent))

    def clear_data(self) -> None:
        """Discard the data of the run."""
        self._best, self._latest, self._points = {}, None, []
        self._dots.setData([], [])
        self._front.setData([], [])
        self.follow()

    def add_event(self, event: IterationFinished) -> None:
        """Add one iteration's candidates."""
        self._latest = event
        fitness, removed = event.best_fitness, event.best_removed
        known = self._best.get(len(removed))
        if math.isfinite(fitness) and (known is None or fitness < known[0]):
            self._best[len(removed)] = (fitness, removed)

    @property
    def has_choice(self) -> bool:
        """Whether there are several sizes to compare."""
        return len(self._best) > 1

    def show_levels(self, levels: ScoreLevels) -> None:
        """State on how many windows the points of the line were measured."""
        self._level = levels.of_best(engine_text)

    def show_front(self, dense_bytes: int, layer_bytes: tuple[int, ...], front: tuple[ParetoPoint, ...]) -> None:
        """Draw the chart; ``front`` is empty until the search has finished."""
        if self._latest is None:
            return

        def size(removed: RemovalSet) -> float:
            return (dense_bytes - sum(layer_bytes[layer] for layer in removed)) / _MEGA

        found = {point.removed: point.compensated_fitness for point in front}
        self._compensated = {removed: after for removed, after in found.items() if after is not None}
        shown = [(point.bytes / _MEGA, point.fitness, point.removed) for point in front]
        shown = shown or [(size(removed), fitness, removed) for fitness, removed in self._best.values()]
        now = zip(self._latest.fitness, self._latest.candidates, strict=False)
        dots = [(size(removed), fitness, removed) for fitness, removed in now if math.isfinite(fitness)]
        self._points = sorted(shown)
        for item, points in ((self._front, self._points), (self._dots, dots)):
            item.setData(np.array([each[0] for each in points]), np.array([each[1] for each in points]))
        drawn = np.array([each[:2] for each in (*self._points, *dots)])
        (left, low), (right, high) = drawn.min(axis=0), drawn.max(axis=0)
        room = 0.05 * max(right - left, 1.0)
        self.fix_x(left - room, right + room)
        self.grow_y(float(low), float(high))

    def table(self) -> ChartTable:
        """Return the points of the line."""
        places = np.array([each[0] for each in self._points])
        return ChartTable(self.labels["bottom"], places, {self.labels["left"]: np.array([p[1] for p in self._points])})

    def reading_at(self, x: float, y: float) -> PointReading | None:
        """Return the nearest point of the line, with its removal set."""
        del y
        if not self._points:
            return None
        size, fitness, removed = min(self._points, key=lambda point: abs(point[0] - x))
        words = self.tr("%n layers removed, {0}", "", len(removed)).format(format_bytes(round(size * _MEGA)))
        score = f"{format_number(fitness)} {self._level}".strip()
        sets = self.tr("fitness {0} without {1}").format(score, format_layers(removed))
        if removed in self._compensated:
            after = self.tr("{0} after the fold").format(format_number(self._compensated[removed]))
            sets = f"{sets}\n{after}"
        return PointReading(size, f"{words}\n{sets}")
