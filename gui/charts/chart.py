"""The base of all charts: read-out of the nearest point, panning, zooming and saving.

A chart follows its data until the user pans or zooms; the button that then appears makes it follow again.
"""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)

from gui.charts.chart_menu import ZOOM_STEP, ChartMenu
from gui.charts.chart_table import ChartTable, Column
from gui.charts.chart_words import table_words
from gui.charts.plot import Plot
from gui.charts.read_out import FocusFrame, FollowButton, MenuButton, PointReading, ReadOut

_PAN_SHARE = 0.1
_KEYS_THAT_PAN = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}


class Chart(Plot):
    """A plot in the window's style. Subclasses add items, name their columns, ``add_event`` and ``redraw``.

    Args:
        keeps_x: Keep the x axis fixed, as in charts that are aligned with the layer strip.
    """

    accessible_role = QAccessible.Role.Chart

    def __init__(self, name: str, x_label: str, y_label: str, height: int = 190, keeps_x: bool = False) -> None:
        super().__init__(name, x_label, y_label, height)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else screen readers stop at it, too
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # after that of the viewport, which sets this one
        self._keeps_x = keeps_x
        self._columns: list[Column] = []
        plot = self.getPlotItem()
        plot.setMouseEnabled(not keeps_x, True)
        self.read_out = ReadOut(self.viewport())
        self.follow_button = FollowButton(self.viewport())
        self.follow_button.clicked.connect(self.follow)
        self.menu = ChartMenu(self, self)
        self.menu_button = MenuButton(self.viewport())
        self.menu_button.clicked.connect(self._open_menu)
        plot.getViewBox().sigRangeChangedManually.connect(self._let_go)
        plot.getViewBox().sigRangeChanged.connect(self.read_out.clear)
        self._focus_frame = FocusFrame(self.viewport())
        for part in (self.read_out, self._focus_frame):
            self.on_theme(part.paint)

    def name_column(self, name: str, item: pg.PlotDataItem) -> None:
        """Read out and save the points of ``item`` under ``name``."""
        self._columns.append(Column(name, item))

    def accessible_text(self) -> str:
        """Return the data, and which keys work here."""
        keys = self.tr(
            "Left and Right read out values, Shift with the arrow keys pans, plus and minus zoom, Home "
            "follows the data, and the Menu key opens the menu for saving."
        )
        return f"{self.data_words()} {keys}"

    def data_words(self) -> str:
        """Return the drawn data as text."""
        return table_words(self.table())

    def table(self) -> ChartTable:
        """Return the drawn data as numbers."""
        return ChartTable.of_columns(self.labels["bottom"], self._columns)

    def reading_at(self, x: float, y: float) -> PointReading | None:
        """Return the point nearest to a position in axis units."""
        del y
        table = self.table()
        places = table.places
        if not len(places):
            return None
        row = int(np.abs(places - x).argmin())
        return PointReading(float(places[row]), table.words(row))

    @Slot()
    def follow(self) -> None:
        """Show all data again and follow new points."""
        if self.follow_button.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.follow_button.hide()
        self.show_all()

    def zoom(self, factor: float) -> None:
        """Enlarge the view by ``factor`` around its centre."""
        x_factor = 1.0 if self._keeps_x else 1 / factor
        self.getPlotItem().getViewBox().scaleBy((x_factor, 1 / factor))
        self._let_go()

    @Slot()
    def _let_go(self, *_: object) -> None:
        """Stop following the data, because the user has moved the axes."""
        self.following = False
        self.follow_button.show()
        self.follow_button.place()

    def plot_area(self) -> QRectF:
        """Return the area of the data in the widget's pixels."""
        box = self.getPlotItem().getViewBox()
        return QRectF(self.mapFromScene(box.sceneBoundingRect()).boundingRect())

    def _read(self, x: float, y: float, pixel_y: float) -> None:
        reading = self.reading_at(x, y)
        box = self.getPlotItem().getViewBox()
        if reading is None:
            self.read_out.clear()
            return
        low, high = box.viewRange()[0]
        if not low <= reading.x <= high:
            self.read_out.clear()
            return
        pixel = self.mapFromScene(box.mapViewToScene(QPointF(reading.x, y))).x()
        self.read_out.show_reading(reading, pixel, pixel_y, self.plot_area())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out the nearest point, or pan while a button is down."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton and self.plot_area().contains(event.position()):
            place = self.getPlotItem().getViewBox().mapSceneToView(self.mapToScene(event.position().toPoint()))
            self._read(place.x(), place.y(), event.position().y())
        else:
            self.read_out.clear()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the menu with the right button, which does not drag."""
        if event.button() == Qt.MouseButton.RightButton:
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all data again on a double click."""
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.follow()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the read-out when the pointer leaves."""
        super().leaveEvent(event)
        self.read_out.clear()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page with the wheel; zoom with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            event.accept()
        else:
            event.ignore()

    @Slot()
    def _open_menu(self) -> None:
        self.menu.open_at(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu for saving and zooming."""
        self.menu.open_at(event.globalPos())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer everything that the mouse can do."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(1 / ZOOM_STEP if key == Qt.Key.Key_Minus else ZOOM_STEP)
        elif key == Qt.Key.Key_Home:
            self.follow()
        elif key == Qt.Key.Key_Escape and self.read_out.isVisible():
            self.read_out.clear()
        elif key in _KEYS_THAT_PAN and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._pan(*_KEYS_THAT_PAN[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._read_next(_KEYS_THAT_PAN[key][0])
        else:
            event.ignore()

    def _pan(self, right: int, up: int) -> None:
        (left, end), (low, high) = self.getPlotItem().getViewBox().viewRange()
        right = 0 if self._keeps_x else right
        step = QPointF(right * _PAN_SHARE * (end - left), up * _PAN_SHARE * (high - low))
        self.getPlotItem().getViewBox().translateBy(step)
        self._let_go()

    def _read_next(self, direction: int) -> None:
        """Read out the point next to the current one; without one, the first or the last point."""
        low, high = self.getPlotItem().getViewBox().viewRange()[0]
        places = self.table().places
        places = places[(places >= low) & (places <= high)]
        if not len(places):
            return
        current = self.read_out.reading
        row = (0 if direction > 0 else len(places) - 1) if current is None else int(np.searchsorted(places, current.x))
        row = row if current is None else row + direction
        self._read(float(places[min(max(row, 0), len(places) - 1)]), self.height_of_keys(), self.plot_area().top())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which chart has the keyboard focus."""
        super().focusInEvent(event)
        self._focus_frame.setVisible(event.reason() != Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus frame and the read-out."""
        super().focusOutEvent(event)
        self._focus_frame.hide()
        self.read_out.clear()

    def height_of_keys(self) -> float:
        """Return the y position at which the arrow keys read values."""
        return float(self.getPlotItem().getViewBox().viewRange()[1][1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button in its corner."""
        super().resizeEvent(event)
        if hasattr(self, "_focus_frame"):
            self.follow_button.place()
            self.menu_button.place()
            self._focus_frame.setGeometry(self.viewport().rect())
