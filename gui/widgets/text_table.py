"""A small read-only table of text that is as tall as its rows, with numbers aligned to the right."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from engine.api.safe_text import safe_text
from gui.widgets.table_header import TableHeader, column_needs, share_width
from gui.widgets.text import as_tooltip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ROW_HEIGHT = 30
_LEAST_NAME = 90
_MOST_NAME = 0.5
"""Share of the width that a long name of a row may take before columns are hidden for it."""
_GAP = 8
"""Pixels between figures beside what they need, where there is room."""


class TextModel(QAbstractTableModel):
    """Headings and rows of text; the first column names the row."""

    words: Collection[int] = (0,)
    """The columns of words, which are aligned to the left; numbers are aligned to the right."""

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
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text or its alignment; the tooltip is the whole name of the row, which may be cut off."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return safe_text(self._rows[index.row()][index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tooltip(self._rows[index.row()][0])
        return self._side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        return side(column, self.words)


class PlainTable(QTableView):
    """A table without a frame or grid lines; the page scrolls instead of the table."""

    def __init__(self, name: str, model: QAbstractTableModel) -> None:
        super().__init__()
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
        self._header = TableHeader(self)
        self._header.setSectionsClickable(False)
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(self._header)
        self._most_rows: int | None = None

    def hidden_first(self) -> Sequence[int]:
        """Return the columns that may be hidden where room is short, the least important first."""
        return ()

    def fit(self, most_rows: int | None = None) -> None:
        """Make the table as tall as its rows; beyond ``most_rows`` it scrolls itself."""
        self._most_rows = most_rows
        self._fit_columns()
        self._fit_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the columns."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_columns()
            self._fit_rows()

    def _fit_columns(self) -> None:
        room = self.viewport().width()
        for place in range(self._header.count()):
            self.setColumnHidden(place, False)
        needs = self._needs()
        hideable = list(self.hidden_first())
        while hideable and _least(needs, room) > room:
            self.setColumnHidden(hideable.pop(0), True)
            needs = self._needs()
        if _least(needs, room) > room:
            needs = column_needs(self, self._header)
        visible = [place for place in range(self._header.count()) if not self.isColumnHidden(place)]
        for place, width in zip(visible, share_width(needs, room, _LEAST_NAME), strict=True):
            self.setColumnWidth(place, width)

    def _needs(self) -> list[int]:
        """Return the widths that the visible columns need, with a gap between figures."""
        needs = column_needs(self, self._header)
        return needs[:1] + [need + _GAP for need in needs[1:]]

    def _fit_rows(self) -> None:
        count, most_rows = self.model().rowCount(), self._most_rows
        shown = min(count, most_rows) if most_rows else count
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if shown < count else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        height = self.verticalHeader().defaultSectionSize()
        needs_bar = self._header.length() > self.viewport().width()
        below = self.horizontalScrollBar().sizeHint().height() if needs_bar else 0
        self.setFixedHeight(max(self._header.sizeHint().height(), ROW_HEIGHT) + height * shown + 2 + below)


def _least(needs: Sequence[int], room: int) -> int:
    """Return the width that columns need at least, of which a long name gets only a share of the room."""
    return min(sum(needs[:1]), int(_MOST_NAME * room)) + sum(needs[1:])


def side(column: int, words: Collection[int] = (0,)) -> Qt.AlignmentFlag:
    """Align words, by default those of the first column, to the left and numbers to the right."""
    flag = Qt.AlignmentFlag.AlignLeft if column in words else Qt.AlignmentFlag.AlignRight
    return flag | Qt.AlignmentFlag.AlignVCenter
