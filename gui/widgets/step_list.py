"""The list of steps on the left: the parts of the work and the state of each."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.look.theme import Theme, current_theme
from gui.widgets.text import font_of

StepState = Literal["waiting", "ready", "working", "done", "problem"]
_STEP_ROLE = Qt.ItemDataRole.UserRole
_ROW_HEIGHT = 54
_LOWEST_ROW = 40
_GLYPH = 18.0

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Step:
    """One row of the list."""

    key: str
    title: str
    note: str = ""
    state: StepState = "waiting"


class StepList(QListWidget):
    """Steps to click, or to move through with the arrow keys."""

    step_chosen = Signal(str)

    def __init__(self, steps: list[Step]) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Steps"))
        self.setItemDelegate(_StepDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._keys = [step.key for step in steps]
        for step in steps:
            item = QListWidgetItem()
            item.setSizeHint(QSize(0, _ROW_HEIGHT))
            self.addItem(item)
            self.show_step(step)
        self.setCurrentRow(0)  # otherwise the first focus would select it, as if the user had chosen it
        self.currentRowChanged.connect(self._emit_chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the rows as high as is comfortable, and lower where not all of them would be seen."""
        super().resizeEvent(event)
        height = max(_LOWEST_ROW, min(_ROW_HEIGHT, event.size().height() // max(self.count(), 1)))
        for row in range(self.count()):
            self.item(row).setSizeHint(QSize(0, height))

    def show_step(self, step: Step) -> None:
        """Update one step."""
        item = self.item(self._keys.index(step.key))
        if item.data(_STEP_ROLE) == step:
            return
        words = {
            "waiting": self.tr("not yet"),
            "ready": self.tr("ready"),
            "working": self.tr("running"),
            "done": self.tr("done"),
            "problem": self.tr("problem"),
        }
        item.setData(_STEP_ROLE, step)
        title_and_note = f"{step.title}: {step.note}" if step.note else step.title
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title_and_note}, {words[step.state]}")

    def step(self, key: str) -> Step:
        """Return a step as shown."""
        step = self.item(self._keys.index(key)).data(_STEP_ROLE)
        assert isinstance(step, Step)
        return step

    def select(self, key: str) -> None:
        """Make a step the current one."""
        index = self.model().index(self._keys.index(key), 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @Slot(int)
    def _emit_chosen(self, row: int) -> None:
        if row >= 0:
            self.step_chosen.emit(self._keys[row])


class _StepDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        step = index.data(_STEP_ROLE)
        theme = current_theme()
        state, box = option.state, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.surface if selected else theme.window))
            painter.drawRoundedRect(box.adjusted(8, 2, -8, -2), 7, 7)
        if selected:
            has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(theme.accent if has_focus else theme.border), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(8.5, 2.5, -8.5, -2.5), 7, 7)
        glyph = QRectF(box.left() + 20, box.center().y() - _GLYPH / 2, _GLYPH, _GLYPH)
        _paint_glyph(painter, theme, glyph, step.state)
        _paint_words(painter, theme, box, step)
        painter.restore()


def _paint_words(painter: QPainter, theme: Theme, box: QRectF, step: Step) -> None:
    left, width = box.left() + 50, box.width() - 62
    title, note = font_of("body"), font_of("caption")
    title.setWeight(title.Weight.DemiBold)
    painter.setFont(title)
    painter.setPen(QColor(theme.muted if step.state == "waiting" else theme.text))
    top = box.center().y() - (19 if step.note else 10)
    painter.drawText(QRectF(left, top, width, 20), Qt.AlignmentFlag.AlignVCenter, step.title)
    if step.note:
        painter.setFont(note)
        painter.setPen(QColor(theme.bad if step.state == "problem" else theme.muted))
        words = painter.fontMetrics().elidedText(step.note, Qt.TextElideMode.ElideRight, int(width))
        painter.drawText(QRectF(left, top + 19, width, 18), Qt.AlignmentFlag.AlignVCenter, words)


def _paint_glyph(painter: QPainter, theme: Theme, box: QRectF, state: StepState) -> None:
    """Paint an open ring, a ring with a dot, a tick or an exclamation mark."""
    colour = QColor({"waiting": theme.strong_border, "problem": theme.bad}.get(state, theme.accent))
    if state == "ready":
        colour = QColor(theme.protected)
    ring = box.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if state == "done" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    x, y = box.center().x(), box.center().y()
    if state == "working":
        painter.setBrush(colour)
        painter.drawEllipse(ring.adjusted(4, 4, -4, -4))
    elif state == "done":
        painter.setPen(QPen(QColor(theme.accent_text), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = [(-3.4, 0.2), (-0.9, 2.7), (3.6, -2.6)]
        painter.drawPolyline(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in points]))
    elif state == "problem":
        painter.drawLine(int(x), int(y - 4), int(x), int(y + 1))
        painter.drawPoint(int(x), int(y + 4))
