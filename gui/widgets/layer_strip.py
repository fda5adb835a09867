"""The layer strip: one cell per decoder layer, kept, removed or protected. It is the motif of the whole window."""

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip

from gui.look.theme import Theme, current_theme
from gui.widgets.painted import PaintedWidget
from gui.widgets.text import as_tooltip, font_of
from gui.words.formatting import format_layers

LayerMark = Literal["kept", "removed", "protected"]

_CELL_HEIGHT = 30
_NUMBER_HEIGHT = 17
_FOCUS_ROOM = 3
_CROSS_ROOM, _LARGEST_CROSS = 7.0, 8.0


class LayerStrip(PaintedWidget):
    """Paints the layers of a model from left (embedding) to right (LM head).

    An editable strip toggles protection by click, or with the arrow keys and the space bar. ``insets`` reserve space on
    both sides so that the cells are aligned with a chart's layers.
    """

    protection_toggled = Signal(int)
    """The index of a layer (far below 2^31) whose protection the user wants to change."""

    def __init__(self, editable: bool = False, numbered: bool = True, insets: tuple[int, int] = (0, 0)) -> None:
        super().__init__()
        self._editable = editable
        self._numbered = numbered
        self._insets = insets
        self._layers = 0
        self._protected: frozenset[int] = frozenset()
        self._removed: frozenset[int] = frozenset()
        self._importance: dict[int, float] = {}
        self._importance_words: dict[int, str] = {}
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if editable else Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Decoder layers"))

    def show_layers(self, layers: int, protected: Iterable[int] = (), removed: Iterable[int] = ()) -> None:
        """Show ``layers`` cells with these marks; removed takes precedence over protected."""
        shown = (layers, frozenset(protected), frozenset(removed))
        if shown == (self._layers, self._protected, self._removed):
            return
        self._layers, self._protected, self._removed = shown
        self._current = min(self._current, max(layers - 1, 0))
        self._describe()
        self.update()

    def show_importance(self, shares: dict[int, float], words: dict[int, str]) -> None:
        """Fill each cell from below by its layer's importance, 0 to 1; ``words`` are the figures for the tooltips."""
        if (shares, words) != (self._importance, self._importance_words):
            self._importance, self._importance_words = shares, words
            self._describe()
            self.update()

    def mark(self, layer: int) -> LayerMark:
        """Return the mark of one cell."""
        if layer in self._removed:
            return "removed"
        return "protected" if layer in self._protected else "kept"

    @property
    def layers(self) -> int:
        """Number of cells."""
        return self._layers

    def set_editable(self, editable: bool) -> None:
        """Allow the user to toggle protection, or not."""
        self._editable = editable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if editable else Qt.FocusPolicy.NoFocus)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size that is wide enough to click and low enough to read as one line."""
        return QSize(400, self._height())

    def minimumSizeHint(self) -> QSize:
        """Allow narrower cells, but not lower ones."""
        return QSize(120, self._height())

    def _height(self) -> int:
        return _CELL_HEIGHT + 2 * _FOCUS_ROOM + (_NUMBER_HEIGHT if self._numbered else 0)

    def cell(self, layer: int) -> QRectF:
        """Return the rectangle of a layer's cell in the widget's coordinates."""
        left, right = self._insets
        pitch = (self.width() - left - right) / max(self._layers, 1)
        gap = min(4.0, max(1.0, pitch * 0.18))
        return QRectF(left + layer * pitch + gap / 2, _FOCUS_ROOM, pitch - gap, _CELL_HEIGHT)

    def layer_at(self, position: QPoint) -> int | None:
        """Return the layer at a point."""
        left, right = self._insets
        width = self.width() - left - right
        if not self._layers or not left <= position.x() < left + width:
            return None
        return min(int((position.x() - left) * self._layers / width), self._layers - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw all cells."""
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for layer in range(self._layers):
            self._paint_cell(painter, theme, layer)
        if self.hasFocus() and self._layers:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.drawRoundedRect(self.cell(self._current).adjusted(-2, -2, 2, 2), 4, 4)
        if self._numbered:
            self._paint_numbers(painter, theme)
        painter.end()

    def _paint_cell(self, painter: QPainter, theme: Theme, layer: int) -> None:
        cell = self.cell(layer)
        radius = min(3.0, cell.width() / 3)
        mark = self.mark(layer)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mark_colour(theme, mark)))
        painter.drawRoundedRect(cell, radius, radius)
        if mark == "removed":
            paint_cross(painter, theme, cell)
        if mark == "kept" and layer in self._importance:
            self._paint_importance(painter, theme, cell, radius, self._importance[layer])
        if mark == "protected" and cell.width() >= 5:
            size = min(4.0, cell.width() / 2)
            painter.setBrush(QColor(theme.surface))
            painter.drawEllipse(QRectF(cell.center().x() - size / 2, cell.bottom() - 5 - size, size, size))

    def _paint_importance(
        self, painter: QPainter, theme: Theme, cell: QRectF, radius: float, importance: float
    ) -> None:
        """Encode importance by height as well as by colour, so that it is recognisable without colour."""
        height = cell.height() * (0.08 + 0.92 * importance)
        painter.save()
        painter.setClipRect(QRectF(cell.left(), cell.bottom() - height, cell.width(), height))
        painter.setBrush(QColor(theme.series))  # the accent colour means that a layer is removed
        painter.drawRoundedRect(cell, radius, radius)
        painter.restore()

    def _paint_numbers(self, painter: QPainter, theme: Theme) -> None:
        font = font_of("caption")
        font.setPointSizeF(font.pointSizeF() - 0.5)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        step = next((step for step in (1, 2, 5, 10, 20, 50) if self._pitch() * step >= 26), 100)
        for layer in range(0, self._layers, step):
            cell = self.cell(layer)
            box = QRectF(cell.center().x() - 20, cell.bottom() + 3, 40, _NUMBER_HEIGHT - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(layer))

    def _pitch(self) -> float:
        return (self.width() - sum(self._insets)) / max(self._layers, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Toggle the layer under the pointer."""
        layer = self.layer_at(event.position().toPoint())
        if self._editable and self.isEnabled() and layer is not None and event.button() == Qt.MouseButton.LeftButton:
            self._current = layer
            self.protection_toggled.emit(layer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrow keys, jump with Home and End, toggle with the space bar."""
        moves = {Qt.Key.Key_Left: self._current - 1, Qt.Key.Key_Right: self._current + 1}
        moves |= {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._layers - 1}
        key = Qt.Key(event.key())
        if not self._editable or not self._layers:
            super().keyPressEvent(event)
        elif key in moves:
            self._current = min(max(moves[key], 0), self._layers - 1)
            self._describe()
            self.update()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
            self.protection_toggled.emit(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Announce the position of the cursor."""
        super().focusInEvent(event)
        self._describe()

    def event(self, event: QEvent) -> bool:
        """Show a tooltip for the cell under the pointer."""
        if event.type() == QEvent.Type.ToolTip:
            position = self.mapFromGlobal(self.cursor().pos())
            layer = self.layer_at(position)
            if layer is not None:
                QToolTip.showText(self.cursor().pos(), as_tooltip(self._words_for(layer)), self)
                return True
        return super().event(event)

    def _words_for(self, layer: int) -> str:
        words = {"kept": self.tr("kept"), "removed": self.tr("removed"), "protected": self.tr("protected")}
        text = self.tr("Layer {0}: {1}").format(layer, words[self.mark(layer)])
        if layer in self._importance_words:
            text = self.tr("{0}, KL {1} without it").format(text, self._importance_words[layer])
        if self._editable:
            hint = self.tr("click to unprotect it") if layer in self._protected else self.tr("click to protect it")
            return f"{text}, {hint}"
        return text

    def _describe(self) -> None:
        """Describe the strip to assistive technology."""
        text = self.tr("%n layers; protected: {0}; removed: {1}.", "", self._layers).format(
            format_layers(sorted(self._protected)) or self.tr("none"),
            format_layers(sorted(self._removed)) or self.tr("none"),
        )
        if self.hasFocus() and self._layers:
            text = f"{self._words_for(self._current)}. {text}"
        self.setAccessibleDescription(text)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))


def mark_colour(theme: Theme, mark: LayerMark) -> str:
    """Return the colour of a kept, removed or protected layer, the same in every chart and picture."""
    return {"kept": theme.kept, "removed": theme.accent, "protected": theme.protected}[mark]


def paint_cross(painter: QPainter, theme: Theme, cell: QRectF) -> None:
    """Cross a removed layer out, so that it is recognisable without colour, where there is room."""
    if cell.width() < _CROSS_ROOM:
        return
    size = min(_LARGEST_CROSS, cell.width() - 4) / 2
    middle, pen = cell.center(), QPen(QColor(theme.accent_text), 1.4)
    painter.setPen(pen)
    for way in (1, -1):
        end = QPointF(size, way * size)
        painter.drawLine(middle - end, middle + end)
