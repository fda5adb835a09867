"""The comparison of all variants as a table model."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.api.evaluation_events import VARIANTS
from engine.api.run_state import RunState
from engine.results.comparison import columns_of, comparison
from engine.results.comparison_row import ComparisonRow
from gui.widgets.text_table import side
from gui.words.formatting import translate

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

GOOD_ROLE = Qt.ItemDataRole.UserRole
"""True where a difference is an improvement, False where it is a loss, None where it is neither."""
EMPHASISED_ROLE = Qt.ItemDataRole.UserRole + 1
"""Whether a cell holds a figure of a model rather than a name or a difference."""

_COLUMNS = columns_of(VARIANTS)


class ResultsTable(QAbstractTableModel):
    """Rows of figures; a column for the names, then those of ``engine.results.comparison``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ComparisonRow, ...] = ()

    def show_state(self, state: RunState) -> None:
        """Take the figures of a run."""
        rows = comparison(state).rows
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of figures."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns: the name, three variants, two differences."""
        return 0 if parent.isValid() else 1 + len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the heading of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section <= len(_COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section - 1].heading.words(translate) if section else ""
        return side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, its alignment, its tooltip, or whether its difference is good."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side(index.column())
        if index.column() == 0:
            return None
        row, column = self._rows[index.row()], _COLUMNS[index.column() - 1]
        if role == GOOD_ROLE:
            return row.is_good(column)
        if role == EMPHASISED_ROLE:
            return not column.is_difference
        if role == Qt.ItemDataRole.ToolTipRole:
            explanation = row.explanation(column)
            return explanation.words(translate) if explanation is not None else None
        return None

    def as_text(self) -> str:
        """Return the table as tab-separated text for the clipboard."""
        places = range(1 + len(_COLUMNS))
        lines = [[str(self.headerData(place, Qt.Orientation.Horizontal)) for place in places]]
        lines += [[self._words(row, place) for place in places] for row in range(len(self._rows))]
        return "\n".join("\t".join(line) for line in lines)

    def _words(self, row: int, column: int) -> str:
        shown = self._rows[row]
        return shown.words(_COLUMNS[column - 1], translate) if column else shown.name.words(translate)
