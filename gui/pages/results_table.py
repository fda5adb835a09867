"""The comparison of all variants as a table model."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.api.evaluation_events import VARIANTS, Variant
from engine.api.run_state import RunState
from engine.api.safe_text import safe_line
from engine.results.comparison import columns_of, comparison
from engine.results.comparison_row import Column, ComparisonRow
from gui.widgets.text import as_tooltip
from gui.widgets.text_table import side
from gui.words.translation import engine_text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

GOOD_ROLE = Qt.ItemDataRole.UserRole
"""True where a difference is an improvement, False where it is a loss, None where it is neither."""
EMPHASISED_ROLE = Qt.ItemDataRole.UserRole + 1
"""Whether a cell holds a figure of a model rather than a name or a difference."""

_ALWAYS: tuple[Variant, ...] = ("dense", "pruned", "recovered")
"""Variants that have their columns before they are measured."""


class ResultsTable(QAbstractTableModel):
    """Rows of figures; a column for the names, then those of ``engine.results.comparison``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ComparisonRow, ...] = ()
        self._columns = columns_of(_ALWAYS)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns after that of the names."""
        return self._columns

    def show_state(self, state: RunState) -> None:
        """Take the figures of a run."""
        rows = comparison(state).rows
        columns = columns_of([each for each in VARIANTS if each in _ALWAYS or each in state.evaluated])
        if (rows, columns) == (self._rows, self._columns):
            return
        self.beginResetModel()
        self._rows, self._columns = rows, columns
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of figures."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns: the name, the variants, and a difference for each but the dense one."""
        return 0 if parent.isValid() else 1 + len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section <= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section - 1].heading.words(engine_text) if section else ""
        return side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, its alignment, its tooltip, or whether its difference is good."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return safe_line(self._words(index.row(), index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side(index.column())
        if index.column() == 0:
            is_asked = role == Qt.ItemDataRole.ToolTipRole  # a narrow table cuts names off
            return as_tooltip(self._words(index.row(), 0)) if is_asked else None
        row, column = self._rows[index.row()], self._columns[index.column() - 1]
        if role == GOOD_ROLE:
            return row.is_good(column)
        if role == EMPHASISED_ROLE:
            return not column.is_difference
        if role == Qt.ItemDataRole.ToolTipRole:
            words = self._tool_tip(row, column)
            return as_tooltip(words) if words else None
        return None

    def as_text(self) -> str:
        """Return the table as tab-separated text for the clipboard."""
        places = range(1 + len(self._columns))
        lines = [[str(self.headerData(place, Qt.Orientation.Horizontal)) for place in places]]
        lines += [[self._words(row, place) for place in places] for row in range(len(self._rows))]
        return "\n".join("\t".join(line) for line in lines)

    def _tool_tip(self, row: ComparisonRow, column: Column) -> str | None:
        """Return what is known of a difference; beside a figure too, since a narrow table hides the differences."""
        difference = Column(column.variant, is_difference=True)
        explanation = row.explanation(difference)
        words = "" if column.is_difference else row.words(difference, engine_text)
        return "\n".join(filter(None, (words, explanation.words(engine_text) if explanation else ""))) or None

    def _words(self, row: int, column: int) -> str:
        shown = self._rows[row]
        return shown.words(self._columns[column - 1], engine_text) if column else shown.name.words(engine_text)
