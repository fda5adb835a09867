"""One bar per decoder layer, aligned with the layer strip above."""

import math
from collections.abc import Mapping, Set
from typing import Literal

import numpy as np
import pyqtgraph as pg

from gui.charts.chart import Chart
from gui.charts.chart_table import ChartTable, number_words
from gui.charts.plot import line
from gui.charts.ranges import log_ticks, step_up
from gui.look.theme import Theme, current_theme
from gui.widgets.text import font_of

Kind = Literal["kept", "protected", "removed"]
_KINDS: tuple[Kind, ...] = ("kept", "protected", "removed")
_ROOM = 0.12
"""Share of the axis above the highest bar, for the label of one that is cut off."""
_LOG_FOOT = 0.15
"""Height of the lowest bar on a logarithmic axis, as a share of the distance to the highest."""


class LayerBars(Chart):
    """Values of layers as bars: those of removed layers in the accent colour, those of protected ones dark.

    A bar that cannot be drawn in full, such as that of an infinite value, reaches the top and bears its value.
    """

    def __init__(self, name: str, y_label: str, height: int = 120) -> None:
        super().__init__(name, "", y_label, height, keeps_x=True)
        self._shown: Mapping[int, float] = {}
        self._bars = {kind: pg.BarGraphItem(x=[], height=[], width=0.66) for kind in _KINDS}
        self._labels: list[pg.TextItem] = []
        for item in self._bars.values():
            self.addItem(item)
        self.count_along("bottom")
        self.on_theme(self._paint)

    def show_values(
        self,
        layers: int,
        values: Mapping[int, float],
        removed: Set[int] = frozenset(),
        protected: Set[int] = frozenset(),
        top: float | None = None,
        log: bool = False,
    ) -> None:
        """Draw ``values`` (layer -> value) of a model with ``layers`` layers; ``top`` fixes a linear scale."""
        self._shown = values
        heights, cut, (low, high) = _log_heights(values) if log else _heights(values, top)
        self.fix_x(-0.5, max(layers, 1) - 0.5)
        self.fix_y(low, high)
        if top is None:
            self.place_ticks("left", log_ticks(low, high) if log else None)
        marks: dict[Kind, Set[int]] = {"removed": removed, "protected": protected - removed}
        marks["kept"] = set(values) - removed - protected
        for kind, item in self._bars.items():
            chosen = [layer for layer in sorted(heights) if layer in marks[kind]]
            tall = np.array([heights[layer] - low for layer in chosen], dtype=np.float64)
            item.setOpts(x=np.array(chosen, dtype=np.float64), y0=low, height=tall)
        self._label_cut(cut, high)

    def table(self) -> ChartTable:
        """Return the value of every layer."""
        layers = sorted(self._shown)
        values = np.array([self._shown[layer] for layer in layers], dtype=np.float64)
        return ChartTable(self.tr("layer"), np.array(layers, dtype=np.float64), {self.accessibleName(): values})

    def cut_labels(self) -> dict[int, str]:
        """Return the text above each bar that is cut off, by layer."""
        return {round(item.pos().x()): item.toPlainText() for item in self._labels}

    def _label_cut(self, cut: Mapping[int, float], high: float) -> None:
        for item in self._labels:
            self.removeItem(item)
        self._labels = []
        for layer, value in cut.items():
            words = number_words(value) if math.isfinite(value) else "∞"
            item = pg.TextItem(words, color=current_theme().text, anchor=(0.5, 0.0))
            item.setFont(font_of("caption"))
            item.setPos(layer, high)
            self.addItem(item)
            self._labels.append(item)

    def _paint(self, theme: Theme) -> None:
        colours: dict[Kind, str] = {"kept": theme.kept, "protected": theme.protected, "removed": theme.accent}
        for kind, item in self._bars.items():
            item.setOpts(brush=colours[kind], pen=line(colours[kind]))
        for label in self._labels:
            label.setColor(theme.text)


Heights = tuple[dict[int, float], dict[int, float], tuple[float, float]]
"""The upper end of each bar, the values of bars that are cut off, and the ends of the axis; all by layer."""


def _heights(values: Mapping[int, float], top: float | None) -> Heights:
    finite = [value for value in values.values() if math.isfinite(value)]
    high = top or step_up(max(finite, default=1.0))
    cut = {layer: value for layer, value in values.items() if not value <= high}
    heights = {layer: high if layer in cut else value for layer, value in values.items() if layer in cut or value > 0}
    return heights, cut, (0.0, high * (1 + _ROOM) if cut else high)


def _log_heights(values: Mapping[int, float]) -> Heights:
    """Return the bars in logarithms; a value that is not positive has none."""
    logs = {layer: math.log10(value) for layer, value in values.items() if value > 0 and math.isfinite(value)}
    cut = {layer: value for layer, value in values.items() if not math.isfinite(value)}
    low, high = min(logs.values(), default=0.0), max(logs.values(), default=1.0)
    span = high - low or 1.0
    low, top = low - _LOG_FOOT * span, high + 0.02 * span
    return logs | dict.fromkeys(cut, top), cut, (low, top + _ROOM * span if cut else top)
