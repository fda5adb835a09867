"""A table with one row per record, such as the models of the Hub or those on this computer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from engine.api.safe_text import safe_line
from gui.widgets.table_header import TableHeader
from gui.widgets.text import as_tooltip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROW_HEIGHT = 30
_NARROW = 780


@dataclass(frozen=True)
class RecordColumn:
    """A column: its heading, the text that it shows for a record, and its alignment."""

    heading: str
    text: Callable[[Any], str]
    right: bool = True
    width: int = 90
    optional: bool = False
    """Hidden while the table is narrow."""


class RecordModel(QAbstractTableModel):
    """Records that are identified by their ``source``."""

    def __init__(self, columns: Sequence[RecordColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._records: tuple[Any, ...] = ()

    def show_records(self, records: Sequence[Any]) -> None:
        """Replace all rows."""
        if tuple(records) != self._records:
            self.beginResetModel()
            self._records = tuple(records)
            self.endResetModel()

    def record(self, row: int) -> Any:
        """Return the record of a row."""
        return self._records[row]

    def row_of(self, source: str) -> int:
        """Return the row of a record, or -1."""
        return next((row for row, record in enumerate(self._records) if record.source == source), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of records."""
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's heading or alignment."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, alignment or accessible text; the tooltip is the record's full name."""
        if not index.isValid():
            return None
        record = self._records[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return safe_line(self._columns[index.column()].text(record))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tooltip(record.source)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            column = self._columns[index.column()]
            return f"{column.heading}: {column.text(record)}"
        return None

    def columns(self) -> tuple[RecordColumn, ...]:
        """Return the columns."""
        return self._columns

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self._columns[column].right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class RecordTable(QTableView):
    """Rows to choose from: the arrow keys move, Enter or a double click chooses one."""

    chosen = Signal(object)
    """The record that was chosen."""
    selected = Signal()

    def __init__(self, columns: Sequence[RecordColumn], rows: int) -> None:
        super().__init__()
        self.records = RecordModel(columns, self)
        self.setModel(self.records)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self._header = TableHeader(self)
        self._header.setSectionsClickable(False)
        self.setHorizontalHeader(self._header)
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._rows = rows
        self._fit_height()
        self.activated.connect(self._choose)
        self.selectionModel().selectionChanged.connect(self._emit_selected)

    def show_records(self, records: Sequence[Any]) -> None:
        """Replace all rows; keep the selection if its record is still there."""
        before = self.current()
        self.records.show_records(records)
        if before is not None:
            self.select(before.source)

    def select(self, source: str) -> None:
        """Select a record by its source."""
        row = self.records.row_of(source)
        if row >= 0:
            self.selectRow(row)

    def current(self) -> Any:
        """Return the selected record, or None."""
        rows = self.selectionModel().selectedRows()
        return self.records.record(rows[0].row()) if rows else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide optional columns, and set headings in several lines, so that the names keep enough room."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < _NARROW
        for place, column in enumerate(self.records.columns()):
            self.setColumnHidden(place, column.optional and is_narrow)
            if place:
                heading = self._header.need(place) if is_narrow else self._header.one_line(place)
                self.setColumnWidth(place, max(column.width, heading))
        self._fit_height()

    def _fit_height(self) -> None:
        self.setFixedHeight(self._rows * _ROW_HEIGHT + self._header.sizeHint().height() + 2)
        self.updateGeometries()  # the header's place

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.records.record(index.row()))

    @Slot()
    def _emit_selected(self) -> None:
        self.selected.emit()
