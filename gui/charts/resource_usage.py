"""Memory and processor load, with one point per heartbeat of the engine, about one a second."""

import pyqtgraph as pg

from gui.charts.chart import Chart
from gui.charts.plot import line
from gui.charts.series import MOST_POINTS, Series

_SHOWN_SECONDS = 600
_LEAST_SECONDS = 60


class ResourceUsageChart(Chart):
    """Lines over the last ten minutes, the first in the accent colour. The y axis starts at 0."""

    def __init__(self, name: str, y_label: str, *lines: str, top: float | None = None) -> None:
        super().__init__(name, self.tr("seconds"), y_label, height=140)
        self._series = [Series(MOST_POINTS) for _ in lines]
        self._items = [pg.PlotDataItem() for _ in lines]
        self._top = top
        for place, (item, words) in enumerate(zip(self._items, lines, strict=True)):
            self.addItem(item)
            item.setClipToView(True)
            self.name_column(words, item)
            colour = "series" if place else "accent"
            self.on_theme(lambda theme, item=item, colour=colour: item.setPen(line(getattr(theme, colour))))  # type: ignore[misc]

    def clear_data(self) -> None:
        """Discard all points."""
        for series in self._series:
            series.clear()
        self.follow()
        self.redraw()

    def put(self, second: float, *values: float | None) -> None:
        """Add one point to each line that has a value."""
        for series, value in zip(self._series, values, strict=True):
            if value is not None:
                series.put(second, value)

    def redraw(self) -> None:
        """Draw the collected points."""
        for series, item in zip(self._series, self._items, strict=True):
            item.setData(series.x, series.y)
        filled = [series for series in self._series if len(series)]
        if filled:
            last = max(float(series.x[-1]) for series in filled)
            self.fix_x(max(last - _SHOWN_SECONDS, 0.0), max(last, _LEAST_SECONDS))
            if self._top is None:
                self.grow_y(0.0, max(float(series.y.max()) for series in filled))
            else:
                self.fix_y(0.0, self._top)
