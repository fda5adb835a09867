"""A small read-only table of text that is as tall as its rows, with numbers aligned to the right."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from engine.api.safe_text import safe_text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ROW_HEIGHT = 30


class TextModel(QAbstractTableModel):
    """Headings and rows of text; the first column names the row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show_rows(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Replace all headings and rows."""
        wanted = tuple(headings), tuple(tuple(row) for row in rows)
        if wanted != (self._headings, self._rows):
            self.beginResetModel()
            self._headings, self._rows = wanted
            self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading or its alignment."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text or its alignment."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return safe_text(self._rows[index.row()][index.column()])
        return side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None


class PlainTable(QTableView):
    """A table without a frame or grid lines; the page scrolls instead of the table."""

    def __init__(self, name: str, model: QAbstractTableModel) -> None:
        super().__init__()
        self._hidden_first: tuple[int, ...] = ()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def fit(self, most_rows: int | None = None) -> None:
        """Make the table as tall as its rows; beyond ``most_rows`` it scrolls itself."""
        count = self.model().rowCount()
        shown = min(count, most_rows) if most_rows else count
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if shown < count else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        height = sum(map(self.rowHeight, range(shown)))
        self.setFixedHeight(max(self.horizontalHeader().sizeHint().height(), ROW_HEIGHT) + height + 2)
        if self.model().columnCount():
            self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)

    def give_names_the_rest(self, hidden_first: Sequence[int] = ()) -> None:
        """Make each column as wide as its text, and give what is left to the names, so that no heading is clipped.

        Args:
            hidden_first: Columns that may be hidden where there is no room for all, the first of them first.
        """
        self._hidden_first = tuple(hidden_first)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if self.model().columnCount():
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._hide_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide or show columns for the new width."""
        super().resizeEvent(event)
        self._hide_columns()

    def _hide_columns(self) -> None:
        """Hide as few of the columns that may be hidden as possible."""
        for column in self._hidden_first:
            self.setColumnHidden(column, False)  # a hidden heading has no width
        widths = {column: self._text_width(column) for column in range(self.model().columnCount())}
        for column in self._hidden_first:
            if sum(widths.values()) <= self.viewport().width():
                return
            self.setColumnHidden(column, True)
            del widths[column]

    def _text_width(self, column: int) -> int:
        return max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))


def side(column: int) -> Qt.AlignmentFlag:
    """Align names to the left and numbers to the right."""
    flag = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    return flag | Qt.AlignmentFlag.AlignVCenter
