"""The pace of each of the devices that work on a run together, with one point about once a second."""

from collections.abc import Sequence

import pyqtgraph as pg

from engine.api.events import WorkerFigures
from engine.api.safe_text import safe_line
from gui.charts.chart import Chart
from gui.charts.plot import line
from gui.charts.series import MOST_POINTS, Series
from gui.look.theme import Theme, current_theme

_SHOWN_SECONDS = 600
_LEAST_SECONDS = 60
_MOST_LINES = 16
"""More lines could not be told apart; the list above has all devices."""


class WorkerPacesChart(Chart):
    """A line for each device, the run's own in the accent colour. The y axis starts at 0."""

    def __init__(self) -> None:
        super().__init__(self.tr("Pace over time"), self.tr("seconds"), self.tr("tokens/s"), height=140)
        self._lines: dict[str, tuple[Series, pg.PlotDataItem]] = {}
        self.on_theme(self._paint_lines)

    def clear_data(self) -> None:
        """Discard all lines."""
        for _, item in self._lines.values():
            self.removeItem(item)
        self._lines.clear()
        self._columns.clear()
        self.follow()

    def put(self, second: float, workers: Sequence[WorkerFigures]) -> None:
        """Add a point for each device that has done something."""
        for worker in workers:
            if worker.tokens_per_second is not None and (series := self._series_of(worker.name)) is not None:
                series.put(second, worker.tokens_per_second)

    def redraw(self) -> None:
        """Draw the collected points."""
        for series, item in self._lines.values():
            item.setData(series.x, series.y)
        filled = [series for series, _ in self._lines.values() if len(series)]
        if filled:
            last = max(float(series.x[-1]) for series in filled)
            self.fix_x(max(last - _SHOWN_SECONDS, 0.0), max(last, _LEAST_SECONDS))
            self.grow_y(0.0, max(float(series.y.max()) for series in filled))

    def _series_of(self, name: str) -> Series | None:
        """Return the points of a device, in a new line where it is new; None where there are too many lines."""
        if name not in self._lines:
            if len(self._lines) >= _MOST_LINES:
                return None
            item = pg.PlotDataItem()
            self.addItem(item)
            item.setClipToView(True)
            self._lines[name] = (Series(MOST_POINTS), item)
            self.name_column(safe_line(name), item)
            self._paint_lines(current_theme())
        return self._lines[name][0]

    def _paint_lines(self, theme: Theme) -> None:
        for place, (_, item) in enumerate(self._lines.values()):
            item.setPen(line(theme.series if place else theme.accent))
