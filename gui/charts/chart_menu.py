"""What can be done with a chart: save it as a picture or as numbers, and look closer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pyqtgraph.exporters import SVGExporter
from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QAction, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox

if TYPE_CHECKING:
    from gui.charts.chart import Chart

_PICTURE_SCALE = 2
"""Pixels of a saved picture for each of the screen."""


class ChartMenu(QMenu):
    """The context menu of one chart."""

    def __init__(self, chart: Chart) -> None:
        super().__init__(chart)
        self._chart = chart
        self.setAccessibleName(self.tr("Chart"))
        self._add(self.tr("Save as PNG…"), self._save_png)
        self._add(self.tr("Save as SVG…"), self._save_svg)
        self._add(self.tr("Save as CSV…"), self._save_csv)
        self._add(self.tr("Copy values"), self._copy)
        self.addSeparator()
        self._add(self.tr("Zoom in"), self._zoom_in)
        self._add(self.tr("Zoom out"), self._zoom_out)
        self._follow = self._add(self.tr("Follow the data again"), chart.follow)

    def open_at(self, place: QPoint) -> None:
        """Show the menu."""
        self._follow.setEnabled(not self._chart.following)
        self.popup(place)

    def _add(self, text: str, work: Callable[[], None]) -> QAction:
        action = self.addAction(text)
        action.triggered.connect(work)
        return action

    @Slot()
    def _zoom_in(self) -> None:
        self._chart.zoom(1.25)

    @Slot()
    def _zoom_out(self) -> None:
        self._chart.zoom(1 / 1.25)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._chart.table().as_csv())

    @Slot()
    def _save_png(self) -> None:
        self._save("png", self.tr("Pictures (*.png)"), save_png)

    @Slot()
    def _save_svg(self) -> None:
        self._save("svg", self.tr("Drawings (*.svg)"), save_svg)

    @Slot()
    def _save_csv(self) -> None:
        self._save("csv", self.tr("Tables (*.csv)"), save_csv)

    def _save(self, ending: str, kinds: str, write: Callable[[Chart, Path], None]) -> None:
        name = self._chart.accessibleName().lower().replace(" ", "-")
        chosen, _ = QFileDialog.getSaveFileName(self._chart, self.tr("Save chart"), f"{name}.{ending}", kinds)
        if not chosen:
            return
        file = Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.{ending}")
        try:
            write(self._chart, file)
        except OSError as error:
            words = self.tr("The chart cannot be written to {0}: {1}.").format(file, error.strerror or error)
            QMessageBox.warning(self._chart, self.tr("Save chart"), words)


def save_png(chart: Chart, file: Path) -> None:
    """Write the chart as it stands, without its read-out, at twice the screen's resolution.

    Raises:
        OSError: it cannot be written there.
    """
    image = QImage(chart.size() * _PICTURE_SCALE, QImage.Format.Format_RGB32)
    image.fill(chart.backgroundBrush().color())
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chart.render(painter)
    painter.end()
    if not image.save(str(file)):
        file.touch()  # says why, where it is the file's place
        raise OSError("the picture could not be written")


def save_svg(chart: Chart, file: Path) -> None:
    """Write the chart as a drawing.

    Raises:
        OSError: it cannot be written there.
    """
    file.write_bytes(SVGExporter(chart.getPlotItem()).export(toBytes=True))


def save_csv(chart: Chart, file: Path) -> None:
    """Write what the chart draws as numbers.

    Raises:
        OSError: it cannot be written there.
    """
    file.write_text(chart.table().as_csv(), encoding="utf-8")
