"""The context menu of a chart: save it as a picture or as numbers, and zoom."""

import errno
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from pyqtgraph.exporters import SVGExporter
from PySide6.QtCore import QBuffer, QByteArray, QPoint, Slot
from PySide6.QtGui import QAction, QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox

from engine.api.files import replacing
from gui.charts.chart_table import ChartTable
from gui.charts.plot import Plot
from gui.widgets.text import as_tooltip
from gui.words.messages import system_reason

ZOOM_STEP = 1.25
_PICTURE_SCALE = 2
"""Pixels of a saved picture per pixel on the screen."""


class ChartCommands(Protocol):
    """The commands of a chart that its menu offers."""

    def follow(self) -> None:
        """Show all data again and follow them."""

    def zoom(self, factor: float) -> None:
        """Enlarge the chart by ``factor``."""

    def table(self) -> ChartTable:
        """Return the data of the chart."""


class ChartMenu(QMenu):
    """The context menu of one chart."""

    def __init__(self, plot: Plot, commands: ChartCommands) -> None:
        super().__init__(plot)
        self._plot, self._commands = plot, commands
        self.setAccessibleName(self.tr("Chart"))
        self._add(self.tr("Save as PNG…"), self._save_png)
        self._add(self.tr("Save as SVG…"), self._save_svg)
        self._add(self.tr("Save as CSV…"), self._save_csv)
        self._add(self.tr("Copy values"), self._copy)
        self.addSeparator()
        self._add(self.tr("Zoom in"), partial(commands.zoom, ZOOM_STEP))
        self._add(self.tr("Zoom out"), partial(commands.zoom, 1 / ZOOM_STEP))
        self._follow = self._add(self.tr("Follow the data again"), commands.follow)

    def open_at(self, place: QPoint) -> None:
        """Show the menu."""
        self._follow.setEnabled(not self._plot.following)
        self.popup(place)

    def _add(self, text: str, work: Callable[[], None]) -> QAction:
        action = self.addAction(text)
        action.triggered.connect(work)
        return action

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._commands.table().as_csv())

    @Slot()
    def _save_png(self) -> None:
        self._save("png", self.tr("Pictures (*.png)"), save_png)

    @Slot()
    def _save_svg(self) -> None:
        self._save("svg", self.tr("Drawings (*.svg)"), save_svg)

    @Slot()
    def _save_csv(self) -> None:
        self._save("csv", self.tr("Tables (*.csv)"), self._write_csv)

    def _write_csv(self, _plot: Plot, file: Path) -> None:
        save_csv(self._commands.table(), file)

    def _save(self, ending: str, kinds: str, write: Callable[[Plot, Path], None]) -> None:
        name = self._plot.accessibleName().lower().replace(" ", "-")
        chosen, _ = QFileDialog.getSaveFileName(self._plot, self.tr("Save chart"), f"{name}.{ending}", kinds)
        if not chosen:
            return
        file = Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.{ending}")
        try:
            write(self._plot, file)
        except OSError as error:
            words = self.tr("The chart cannot be written to {0}: {1}.").format(file, system_reason(error))
            QMessageBox.warning(self._plot, self.tr("Save chart"), as_tooltip(words))


def save_png(plot: Plot, file: Path) -> None:
    """Write the chart as it is shown, without its read-out, at twice the screen's resolution.

    Raises:
        OSError: It cannot be written there.
    """
    image = QImage(plot.size() * _PICTURE_SCALE, QImage.Format.Format_RGB32)
    image.fill(plot.backgroundBrush().color())
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    plot.render(painter)
    painter.end()
    content = QBuffer()
    if not QImageWriter(content, QByteArray(file.suffix[1:].encode(errors="replace"))).write(image):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(file))  # no format of pictures has this ending
    _write(file, bytes(content.data().data()))


def save_svg(plot: Plot, file: Path) -> None:
    """Write the chart as SVG.

    Raises:
        OSError: It cannot be written there.
    """
    _write(file, bytes(SVGExporter(plot.getPlotItem()).export(toBytes=True)))


def save_csv(table: ChartTable, file: Path) -> None:
    """Write the data of the chart as CSV.

    Raises:
        OSError: It cannot be written there.
    """
    _write(file, table.as_csv().encode())


def _write(file: Path, content: bytes) -> None:
    """Write a whole file, or none."""
    try:
        with replacing(file) as out:
            out.write(content)
    except ValueError as error:  # no name of a file can hold such a character
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(file)) from error
