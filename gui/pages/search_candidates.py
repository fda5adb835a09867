"""This iteration's candidates in a table, and the layers that the best candidates of the whole search remove."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtCore import QSortFilterProxyModel as SortProxy
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engine.api.events import IterationFinished, RemovalSet
from gui.look.theme import current_theme
from gui.widgets.table_header import TableHeader
from gui.widgets.text_table import side
from gui.words.formatting import format_layers, format_number

Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
STRIP_ROLE = Qt.ItemDataRole.UserRole + 1
"""The removal set and the number of layers, for the delegate that paints them."""
_ROOT = QModelIndex()
_NUMBER, _FITNESS, _LAYERS, _WORDS, _STRIP = range(5)
_GOOD_SHARE, _MOST_GOOD, _KEPT = 0.2, 100, 400
_ROW_HEIGHT = 26
_ROWS_SHOWN = 8
_ROOM_TO_BREAK = 34
"""Pixels beside half of a heading, since its words do not break in the middle."""
_MOST_INDICES = 220
"""Most pixels for the indices of the layers."""
_WIDTHS = {_NUMBER: 70, _FITNESS: 88, _LAYERS: 60, _WORDS: 112}
"""Least pixels of each column but the strip."""


class GoodCandidates:
    """The best fifth of all candidates of the latest size so far, at most a hundred.

    Sets of fewer layers, from which some searches build up their answer, do not compare with larger ones.
    """

    def __init__(self) -> None:
        self._met: set[RemovalSet] = set()
        self._best: dict[RemovalSet, float] = {}
        self._size = 0

    def add_event(self, event: IterationFinished) -> None:
        """Add one iteration's candidates; a repeated candidate counts once, with its latest fitness."""
        size = len(event.candidates[0]) if event.candidates else self._size
        if size != self._size:
            self._met, self._best, self._size = set(), {}, size
        for removed, fitness in zip(event.candidates, event.fitness, strict=False):
            self._met.add(removed)
            self._best[removed] = fitness
        if len(self._best) > _KEPT:
            self._best = dict(sorted(self._best.items(), key=lambda each: each[1])[:_MOST_GOOD])

    def frequency(self, layers: int) -> dict[int, float]:
        """Return the share of good candidates that remove each layer: high for those that the model needs least."""
        count = min(max(round(_GOOD_SHARE * len(self._met)), 1), _MOST_GOOD)
        good = sorted(self._best, key=lambda removed: self._best[removed])[:count]
        counts = np.bincount([layer for removed in good for layer in removed], minlength=layers)
        return {layer: float(share) for layer, share in enumerate(counts / max(len(good), 1))}


class CandidateModel(QAbstractTableModel):
    """One row for each candidate of an iteration."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[float, RemovalSet]] = []
        self._layers = 0
        self._shown: IterationFinished | None = None
        self._score = self.tr("Fitness")

    def name_score(self, words: str) -> None:
        """Head the column of the scores with the measure and the level."""
        if words != self._score:
            self._score = words
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, _FITNESS, _FITNESS)

    def show_iteration(self, event: IterationFinished | None) -> None:
        """Show the candidates of an iteration, or none."""
        if event is self._shown:
            return
        self.beginResetModel()
        self._shown = event
        self._rows = list(zip(event.fitness, event.candidates, strict=False)) if event else []
        self._layers = len(event.removal_frequency) if event else 0
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of candidates."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns: number, fitness, count of layers, their indices, and the strip."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's heading or alignment."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            names = (
                self.tr("Candidate"),
                self._score,
                self.tr("Layers"),
                self.tr("Removes"),
                self.tr("Removal set"),
            )
            return names[section]
        return side(0) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, its sort key, or the removal set to paint."""
        if not index.isValid():
            return None
        fitness, removed = self._rows[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            words = (str(index.row() + 1), format_number(fitness, 4), str(len(removed)), format_layers(removed), "")
            return words[column]
        if role == SORT_ROLE:
            return (index.row(), fitness, len(removed), format_layers(removed), fitness)[column]
        if role == STRIP_ROLE and column == _STRIP:
            return (self._layers, removed)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == _STRIP:
            return format_layers(removed)
        if role == Qt.ItemDataRole.ToolTipRole and column in (_WORDS, _STRIP):
            return format_layers(removed)
        return side(0) if role == Qt.ItemDataRole.TextAlignmentRole else None


class _StripDelegate(QStyledItemDelegate):
    """Paints a removal set as a row of small cells."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        layers, removed = index.data(STRIP_ROLE) or (0, ())
        if not layers:
            return
        theme = current_theme()
        box = QRectF(option.rect).adjusted(6, 7, -6, -7)
        pitch = box.width() / layers
        gap = 1.0 if pitch > 3 else 0.0
        for layer in range(layers):
            cell = QRectF(box.left() + layer * pitch, box.top(), pitch - gap, box.height())
            painter.fillRect(cell, QColor(theme.accent if layer in removed else theme.kept))


class _View(QTableView):
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class CandidateTable(QWidget):
    """The table, best candidate first until the user sorts it differently."""

    def __init__(self) -> None:
        super().__init__()
        self.model = CandidateModel(self)
        self.sorted = SortProxy(self)
        self.sorted.setSourceModel(self.model)
        self.sorted.setSortRole(SORT_ROLE)
        self.view = _View()
        self.view.setModel(self.sorted)
        self.view.setAccessibleName(self.tr("Candidates of this iteration"))
        self._header = header = TableHeader(self.view)
        header.setSectionsClickable(True)
        self.view.setHorizontalHeader(header)
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(_FITNESS, Qt.SortOrder.AscendingOrder)
        self.view.setShowGrid(False)
        self.view.setTabKeyNavigation(False)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setItemDelegateForColumn(_STRIP, _StripDelegate(self.view))
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_STRIP, QHeaderView.ResizeMode.Stretch)
        self._indices = 0
        self.view.resized.connect(self._fit_columns)
        self.model.modelReset.connect(self._fit_columns)
        self.model.headerDataChanged.connect(self._fit_columns)
        self.view.setFixedHeight(_ROW_HEIGHT * _ROWS_SHOWN + 38)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.addWidget(self.view)

    @Slot()
    def _fit_columns(self) -> None:
        """Give the columns what they need; where there is room, the indices too, and the heading of the scores."""
        header = self._header
        self._indices = max(self._indices, min(self.view.sizeHintForColumn(_WORDS), _MOST_INDICES))
        least = {column: max(width, header.need(column)) for column, width in _WIDTHS.items()}
        room = self.view.viewport().width() - sum(least.values()) - header.need(_STRIP)
        wanted = {_WORDS: self._indices, _FITNESS: header.one_line(_FITNESS) // 2 + _ROOM_TO_BREAK}
        for column, width in wanted.items():
            more = min(max(width - least[column], 0), max(room, 0))
            least[column] += more
            room -= more
        for column, width in least.items():
            self.view.setColumnWidth(column, width)
