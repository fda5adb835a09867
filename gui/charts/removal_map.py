"""The best removal set of every iteration: layers from left to right, iterations from top to bottom."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from engine.api.events import IterationFinished
from gui.charts.chart import Chart
from gui.theme import Theme

_NOT_YET, _KEPT, _REMOVED = 0, 1, 2


class RemovalMap(Chart):
    """An image with one cell for each layer and iteration, in line with the layer strip."""

    def __init__(self) -> None:
        super().__init__(self.tr("Best removal set by iteration"), "", self.tr("iteration"), height=190)
        self._cells: NDArray[np.uint8] = np.zeros((0, 0), dtype=np.uint8)
        self._image = pg.ImageItem(axisOrder="row-major")
        self.addItem(self._image)
        self.getPlotItem().invertY(True)
        self.getPlotItem().getAxis("bottom").setStyle(showValues=False, tickLength=0)
        self.getPlotItem().getAxis("bottom").setHeight(6)
        self.on_theme(self._paint)

    def clear_data(self) -> None:
        """Forget the run."""
        self._cells = np.zeros((0, 0), dtype=np.uint8)
        self.redraw()

    def take(self, event: IterationFinished) -> None:
        """Note one iteration's best set."""
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
        """Draw what has been noted."""
        rows, layers = self._cells.shape
        if not rows:
            self._image.clear()
            return
        self._image.setImage(self._cells, autoLevels=False, levels=(_NOT_YET, _REMOVED))
        self._image.setRect(-0.5, 0.5, layers, rows)  # people count iterations from 1
        self.fix_x(-0.5, layers - 0.5)
        self.fix_y(0.5, rows + 0.5)

    def _paint(self, theme: Theme) -> None:
        colours = [theme.surface, theme.sunken, theme.accent]
        table = np.array([_rgb(colour) for colour in colours], dtype=np.ubyte)
        self._image.setLookupTable(table)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
