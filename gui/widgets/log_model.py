"""The lines of the log: time, level and text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor

from engine.api.safe_text import safe_line
from gui.look.theme import current_theme
from gui.project.run_loading import MOST_MESSAGES
from gui.widgets.text import as_tooltip
from gui.words.formatting import format_time

Index = QModelIndex | QPersistentModelIndex
Level = Literal["debug", "info", "warning", "error"]
LEVELS: tuple[Level, ...] = ("debug", "info", "warning", "error")
KEPT = MOST_MESSAGES
"""Maximum number of lines; the oldest are dropped first."""
_ROOT = QModelIndex()
_CUT = 500
_LONGEST = 4000


@dataclass(frozen=True)
class LogLine:
    """One line; ``time`` is in seconds since the epoch."""

    time: float
    level: Level
    text: str


class LogModel(QAbstractTableModel):
    """Lines in the order of their arrival."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[LogLine] = []

    def add(self, lines: Iterable[LogLine]) -> None:
        """Append lines."""
        new = list(lines)[-KEPT:]
        if not new:
            return
        if len(self.lines) + len(new) > KEPT:
            surplus = min(len(self.lines), len(self.lines) + len(new) - KEPT + _CUT)
            self.beginRemoveRows(_ROOT, 0, surplus - 1)
            del self.lines[:surplus]
            self.endRemoveRows()
        first = len(self.lines)
        self.beginInsertRows(_ROOT, first, first + len(new) - 1)
        self.lines += new
        self.endInsertRows()

    def clear(self) -> None:
        """Remove all lines."""
        self.beginResetModel()
        self.lines = []
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns: time, level and text."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, or the colour of a warning or an error."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (format_time(line.time), line.level, safe_line(line.text, _LONGEST))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 2:
            return as_tooltip(line.text)
        if role == Qt.ItemDataRole.ForegroundRole and line.level in ("warning", "error"):
            return QColor(current_theme().warn if line.level == "warning" else current_theme().bad)
        return None


class LogFilter(QSortFilterProxyModel):
    """Filters lines by a minimum level and a text that they contain."""

    def __init__(self, model: LogModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._least = LEVELS.index("info")
        self._words = ""
        self.setSourceModel(model)

    def show_only(self, least: Level, words: str) -> None:
        """Set the minimum level and the text."""
        self._least, self._words = LEVELS.index(least), words.casefold()
        self.invalidate()

    def filterAcceptsRow(self, row: int, _parent: Index) -> bool:
        """Return whether a line is shown."""
        model = self.sourceModel()
        assert isinstance(model, LogModel)
        line = model.lines[row]
        return LEVELS.index(line.level) >= self._least and self._words in line.text.casefold()
