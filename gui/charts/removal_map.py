"""The best removal set of every iteration: layers from left to right, iterations from top to bottom."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from engine.api.events import IterationFinished
from gui.charts.chart import Chart
from gui.charts.chart_table import ChartTable
from gui.charts.chart_words import table_words
from gui.charts.read_out import PointReading
from gui.look.theme import Theme
from gui.words.formatting import format_layers

_NOT_YET, _KEPT, _REMOVED = 0, 1, 2


class RemovalMap(Chart):
    """An image with one cell per layer and iteration, aligned with the layer strip."""

    def __init__(self) -> None:
        super().__init__(self.tr("Best removal set by iteration"), "", self.tr("iteration"), height=190, keeps_x=True)
        self._cells: NDArray[np.uint8] = np.zeros((0, 0), dtype=np.uint8)
        self._image = pg.ImageItem(axisOrder="row-major")
        self.addItem(self._image)
        self.getPlotItem().invertY(True)
        for side in ("bottom", "left"):
            self.count_along(side)
        self.on_theme(self._paint)

    def clear_data(self) -> None:
        """Discard the data of the run."""
        self._cells = np.zeros((0, 0), dtype=np.uint8)
        self.follow()
        self.redraw()

    def add_event(self, event: IterationFinished) -> None:
        """Add one iteration's best set."""
        layers = len(event.removal_frequency)
        rows = max(event.iterations, event.iteration + 1, len(self._cells))
        if self._cells.shape != (rows, layers):
            grown = np.zeros((rows, layers), dtype=np.uint8)
            if self._cells.shape[1:] == (layers,):
                grown[: len(self._cells)] = self._cells
            self._cells = grown
        self._cells[event.iteration] = _KEPT
        self._cells[event.iteration, list(event.best_removed)] = _REMOVED

    def redraw(self) -> None:
        """Draw the collected iterations."""
        rows, layers = self._cells.shape
        if not rows:
            self._image.clear()
            return
        self._image.setImage(self._cells, autoLevels=False, levels=(_NOT_YET, _REMOVED))
        self._image.setRect(-0.5, 0.5, layers, rows)  # iterations are shown counting from 1
        self.fix_x(-0.5, layers - 0.5)
        self.fix_y(0.5, rows + 0.5)

    def data_words(self) -> str:
        """Return the best set of the latest iteration."""
        measured = np.flatnonzero((self._cells != _NOT_YET).any(axis=1))
        if not len(measured):
            return table_words(self.table())
        removed = np.flatnonzero(self._cells[measured[-1]] == _REMOVED)
        words: str = self.tr("Iteration {0}; best set: {1}.")  # charts inherit an untyped class
        return words.format(int(measured[-1]) + 1, format_layers(tuple(map(int, removed))))

    def table(self) -> ChartTable:
        """Return one row per layer and one column per iteration: 1 where the best set removes the layer."""
        rows, layers = self._cells.shape
        measured = [row for row in range(rows) if (self._cells[row] != _NOT_YET).any()]
        columns = {str(row + 1): (self._cells[row] == _REMOVED).astype(np.float64) for row in measured}
        return ChartTable(self.tr("layer"), np.arange(layers if measured else 0, dtype=np.float64), columns)

    def reading_at(self, x: float, y: float) -> PointReading | None:
        """Return the cell at a position: its iteration's best set, and whether that removes the layer."""
        rows, layers = self._cells.shape
        row, layer = round(y) - 1, round(x)
        row = min(max(row, 0), rows - 1)
        if not (rows and 0 <= layer < layers) or self._cells[row, layer] == _NOT_YET:
            return None
        removed = tuple(int(each) for each in np.flatnonzero(self._cells[row] == _REMOVED))
        does = self.tr("removed") if layer in removed else self.tr("kept")
        words = self.tr("iteration {0} · layer {1} {2}").format(row + 1, layer, does)
        return PointReading(layer, words + "\n" + self.tr("best set: {0}").format(format_layers(removed)))

    def height_of_keys(self) -> float:
        """Return the latest iteration."""
        return float(np.flatnonzero((self._cells != _NOT_YET).any(axis=1)).max(initial=0) + 1)

    def _paint(self, theme: Theme) -> None:
        colours = [theme.surface, theme.sunken, theme.accent]
        table = np.array([_rgb(colour) for colour in colours], dtype=np.ubyte)
        self._image.setLookupTable(table)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
