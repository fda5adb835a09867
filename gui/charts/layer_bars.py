"""One bar per decoder layer, aligned with the layer strip above."""

from collections.abc import Mapping

import numpy as np
import pyqtgraph as pg

from gui.charts.chart import Chart
from gui.charts.chart_table import ChartTable
from gui.charts.plot import line
from gui.charts.ranges import step_up
from gui.look.theme import Theme


class LayerBars(Chart):
    """Values of layers as bars. Muted layers (protected ones) may exceed the top of the chart."""

    def __init__(self, name: str, y_label: str, height: int = 120, numbered: bool = False) -> None:
        super().__init__(name, "", y_label, height, keeps_x=True)
        self._shown: Mapping[int, float] = {}
        self._bars = pg.BarGraphItem(x=[], height=[], width=0.66)
        self._muted_bars = pg.BarGraphItem(x=[], height=[], width=0.66)
        for item in (self._bars, self._muted_bars):
            self.addItem(item)
        self.getPlotItem().getAxis("bottom").setStyle(showValues=numbered, tickLength=4 if numbered else 0)
        if not numbered:
            self.getPlotItem().getAxis("bottom").setHeight(6)
        self.on_theme(self._paint)

    def show_values(
        self, layers: int, values: Mapping[int, float], muted: frozenset[int] = frozenset(), top: float | None = None
    ) -> None:
        """Draw ``values`` (layer -> value) of a model with ``layers`` layers; ``top`` fixes the scale."""
        self._shown = values
        unmuted = [value for layer, value in values.items() if layer not in muted] or list(values.values())
        self.fix_x(-0.5, max(layers, 1) - 0.5)
        self.fix_y(0.0, top or step_up(max(unmuted, default=1.0)))
        for item, is_muted in ((self._bars, False), (self._muted_bars, True)):
            chosen = [layer for layer in sorted(values) if values[layer] > 0 and (layer in muted) == is_muted]
            heights = np.array([values[layer] for layer in chosen], dtype=np.float64)
            item.setOpts(x=np.array(chosen, dtype=np.float64), height=heights)

    def table(self) -> ChartTable:
        """Return the value of every layer."""
        layers = sorted(self._shown)
        values = np.array([self._shown[layer] for layer in layers], dtype=np.float64)
        return ChartTable(self.tr("layer"), np.array(layers, dtype=np.float64), {self.accessibleName(): values})

    def _paint(self, theme: Theme) -> None:
        for item, colour in ((self._bars, theme.accent), (self._muted_bars, theme.kept)):
            item.setOpts(brush=colour, pen=line(colour))
