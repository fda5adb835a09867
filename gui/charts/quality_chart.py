"""The quality of a run's models against their size or their decode speed, with the project's other runs behind."""

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from engine.api.evaluation_events import Variant
from engine.results.overview import QUALITY_NAMES, Overview, OverviewPoint
from gui.charts.chart import Chart
from gui.charts.chart_table import ChartTable
from gui.charts.chart_words import table_words
from gui.charts.plot import clear_colour, line
from gui.charts.read_out import PointReading
from gui.look.theme import Theme, current_theme
from gui.words.translation import engine_text
from gui.words.variant_names import variant_names

_MEGA = 1e6
_ROOM = 0.14
"""Share of the range that is left free around the points, for their names."""
_FAINT = 110
_BESIDE = "\u2003"
"""Space between a point and its name."""
_NAMES, _POINTS = 1, 2
"""Names lie on the path between the points, and below the points themselves."""
_ABOVE, _LEVEL, _BELOW = 1.05, 0.5, -0.05
"""Vertical anchors of a name, in heights of the name."""
_CLOSE = 0.3
"""Share of the height within which two names would touch."""


def variant_colour(theme: Theme, variant: Variant) -> str:
    """Return the colour of a variant's points."""
    colours = {"dense": theme.protected, "pruned": theme.bad, "compensated": theme.warn, "recovered": theme.accent}
    return colours[variant]


class QualityChart(Chart):
    """A named point for each model; a line leads from each to the one that was made from it.

    Args:
        against_speed: Draw decode speed with its spread on the x axis, instead of size.
    """

    def __init__(self, against_speed: bool) -> None:
        name = self.tr("Quality against decode speed") if against_speed else self.tr("Quality against size")
        x_label = self.tr("decode speed (tokens/s)") if against_speed else self.tr("size (MB)")
        super().__init__(name, x_label, self.tr("quality"), height=230)
        self._against_speed = against_speed
        self._points: list[OverviewPoint] = []
        self._shown = Overview("KL", (), ())
        self._behind = pg.ScatterPlotItem(size=8, pen=None)
        self._path = pg.PlotDataItem()
        self._spread = pg.ErrorBarItem(x=np.empty(0), y=np.empty(0), left=np.empty(0), right=np.empty(0), beam=0)
        self._own = pg.ScatterPlotItem(size=11)
        for item in (self._spread, self._own):
            item.setZValue(_POINTS)
        for item in (self._behind, self._path, self._spread, self._own):
            self.addItem(item)
        self._names: list[pg.TextItem] = []
        self.on_theme(self._paint)

    @property
    def has_points(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self._points)

    def show_overview(self, shown: Overview) -> None:
        """Draw the models that have both figures."""
        self._shown = shown
        self._points = [each for each in (*shown.points, *shown.others) if self._x(each) is not None]
        self.labels["left"] = engine_text(QUALITY_NAMES[shown.kind])
        self._paint(current_theme())
        if not self._points:
            return
        places = np.array([self._place(each) for each in self._points])
        reach = [pace for each in self._points if self._against_speed for pace in each.spread]
        self._frame(np.array([*places[:, 0], *reach]), places[:, 1])

    def _frame(self, across: np.ndarray, up: np.ndarray) -> None:
        for values, fix in ((across, self.fix_x), (up, self.fix_y)):
            low, high = float(values.min()), float(values.max())
            room = _ROOM * (high - low) or 0.1 * abs(high) or 1.0
            fix(low - room, high + room)

    def _paint(self, theme: Theme) -> None:
        self._paint_axes(theme)
        own = [each for each in self._points if not each.run]
        behind = [each for each in self._points if each.run]
        self._behind.setData(
            pos=np.array([self._place(each) for each in behind]).reshape(-1, 2),
            brush=clear_colour(theme.series, _FAINT),
        )
        places = np.array([self._place(each) for each in own]).reshape(-1, 2)
        self._path.setData(places[:, 0], places[:, 1])
        self._path.setPen(line(theme.strong_border))
        self._own.setData(
            pos=places,
            brush=[self._brush(theme, each) for each in own],
            pen=[line(variant_colour(theme, each.model.variant)) for each in own],
        )
        self._paint_spread(theme, own, places)
        self._paint_names(theme, own)

    def _brush(self, theme: Theme, point: OverviewPoint) -> QColor:
        """Return the filling of a point; one whose speed was measured on a busy computer is hollow."""
        hollow = self._against_speed and point.model.busy
        return QColor(theme.surface if hollow else variant_colour(theme, point.model.variant))

    def _paint_spread(self, theme: Theme, own: list[OverviewPoint], places: np.ndarray) -> None:
        self._spread.setVisible(self._against_speed and bool(own))
        if self._against_speed and own:
            bounds = np.array([each.spread for each in own])
            left, right = places[:, 0] - bounds[:, 0], bounds[:, 1] - places[:, 0]
            self._spread.setData(x=places[:, 0], y=places[:, 1], left=left, right=right, pen=line(theme.muted))

    def _paint_names(self, theme: Theme, own: list[OverviewPoint]) -> None:
        for item in self._names:
            self.removeItem(item)
        self._names = []
        words = variant_names()
        places = [self._place(each) for each in own]
        middle = (min(x for x, _ in places) + max(x for x, _ in places)) / 2 if places else 0.0
        for point, (x, y) in zip(own, places, strict=True):
            name, is_left = words[point.model.variant], x > middle
            item = pg.TextItem(
                f"{name}{_BESIDE}" if is_left else f"{_BESIDE}{name}",
                color=variant_colour(theme, point.model.variant),
                anchor=(float(is_left), self._height_of_name(y, [each for _, each in places])),
                fill=QColor(theme.surface),  # no line passes through a name
            )
            item.setPos(x, y)
            item.setZValue(_NAMES)
            self.addItem(item)
            self._names.append(item)

    def _height_of_name(self, y: float, all_y: list[float]) -> float:
        """Return the anchor of a name: level with its point, or away from a point close by and from its own spread."""
        near = _CLOSE * (max(all_y) - min(all_y))
        if any(0 < other - y < near for other in all_y):
            return _BELOW
        is_crowded = self._against_speed or any(0 < y - other < near for other in all_y)
        return _ABOVE if is_crowded else _LEVEL

    def _x(self, point: OverviewPoint) -> float | None:
        if not self._against_speed:
            return point.model.bytes / _MEGA
        return None if point.model.decode is None else point.model.decode.median

    def _place(self, point: OverviewPoint) -> tuple[float, float]:
        return self._x(point) or 0.0, point.quality

    def data_words(self) -> str:
        """Return a line for each model."""
        return self._shown.text(engine_text) if self._points else table_words(self.table())

    def table(self) -> ChartTable:
        """Return a row for each point and a column for each model."""
        points = sorted(self._points, key=self._place)
        names = [" ".join(filter(None, (each.run, variant_names()[each.model.variant]))) for each in points]
        values = {name: np.full(len(points), math.nan) for name in names}
        for row, (name, point) in enumerate(zip(names, points, strict=True)):
            values[name][row] = point.quality
        return ChartTable(self.labels["bottom"], np.array([self._place(each)[0] for each in points]), values)

    def reading_at(self, x: float, y: float) -> PointReading | None:
        """Return the point that is nearest on the screen."""
        if not self._points:
            return None
        (left, right), (low, high) = self.getPlotItem().getViewBox().viewRange()

        def distance(point: OverviewPoint) -> float:
            across, up = self._place(point)
            return math.hypot((across - x) / (right - left), (up - y) / (high - low))

        nearest = min(self._points, key=distance)
        return PointReading(self._place(nearest)[0], nearest.words(engine_text))

    def _read_next(self, direction: int) -> None:
        """Read out the points in the order of the text: each model after the one that it was made from."""
        if not self._points:
            return
        words = [each.words(engine_text) for each in self._points]
        current = self.read_out.reading
        last = len(self._points) - 1
        if current is None or current.words not in words:
            row = 0 if direction > 0 else last
        else:
            row = min(max(words.index(current.words) + direction, 0), last)
        x, y = self._place(self._points[row])
        self._read(x, y, self.plot_area().top())
