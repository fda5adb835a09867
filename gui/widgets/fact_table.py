"""A list of things with a few facts each, one row a thing: models of the Hub, models on this computer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROW_HEIGHT = 30
_NARROW = 780


@dataclass(frozen=True)
class Fact:
    """One column: its heading, what it says of a thing, and the side at which it stands."""

    heading: str
    words: Callable[[Any], str]
    right: bool = True
    width: int = 90
    optional: bool = False
    """Left out where the table is narrow."""


class FactModel(QAbstractTableModel):
    """Things with a ``source``, which tells them apart."""

    def __init__(self, facts: Sequence[Fact], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facts = tuple(facts)
        self._things: tuple[Any, ...] = ()

    def show_things(self, things: Sequence[Any]) -> None:
        """Replace all rows."""
        if tuple(things) != self._things:
            self.beginResetModel()
            self._things = tuple(things)
            self.endResetModel()

    def thing(self, row: int) -> Any:
        """What a row is about."""
        return self._things[row]

    def row_of(self, source: str) -> int:
        """Where a thing is, or -1."""
        return next((row for row, thing in enumerate(self._things) if thing.source == source), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of things."""
        return 0 if parent.isValid() else len(self._things)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Number of facts."""
        return 0 if parent.isValid() else len(self._facts)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the facts."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._facts):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._facts[section].heading
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A fact in words; the thing's whole name as the tooltip."""
        if not index.isValid():
            return None
        thing = self._things[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._facts[index.column()].words(thing)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return thing.source
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self._facts[index.column()].words(thing)
            return f"{self._facts[index.column()].heading}: {words}"
        return None

    def facts(self) -> tuple[Fact, ...]:
        """The columns."""
        return self._facts

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self._facts[column].right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class FactTable(QTableView):
    """Rows to choose from: arrow keys walk, Enter or a double click takes one."""

    chosen = Signal(object)
    """The thing that the person takes."""
    selected = Signal()

    def __init__(self, facts: Sequence[Fact], name: str, rows: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.things = FactModel(facts, self)
        self.setModel(self.things)
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
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for column, fact in enumerate(facts):
            stretch = column == 0
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Fixed
            )
            if not stretch:
                self.setColumnWidth(column, fact.width)
        self.setFixedHeight(rows * _ROW_HEIGHT + header.sizeHint().height() + 2)
        self.activated.connect(self._take)
        self.selectionModel().selectionChanged.connect(self._tell)

    def show_things(self, things: Sequence[Any]) -> None:
        """Replace all rows; the one that was selected stays so, if it is still there."""
        before = self.current()
        self.things.show_things(things)
        if before is not None:
            self.select(before.source)

    def select(self, source: str) -> None:
        """Select a thing by its source."""
        row = self.things.row_of(source)
        if row >= 0:
            self.selectRow(row)

    def current(self) -> Any:
        """The selected thing, or None."""
        rows = self.selectionModel().selectedRows()
        return self.things.thing(rows[0].row()) if rows else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the names."""
        super().resizeEvent(event)
        for column, fact in enumerate(self.things.facts()):
            self.setColumnHidden(column, fact.optional and event.size().width() < _NARROW)

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        self.chosen.emit(self.things.thing(index.row()))

    @Slot()
    def _tell(self) -> None:
        self.selected.emit()
