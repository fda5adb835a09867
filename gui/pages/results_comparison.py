"""The comparison of the variants in a table that hides differences where there is no room for every column."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from engine.api.evaluation_events import Variant
from gui.pages.results_table import ResultsTable
from gui.widgets.text_table import PlainTable

_PADDING = 12
"""Room beside the text of a cell, in pixels."""
_LEAST_NAME = 140
"""Width of the column of names, in pixels, that breaking lines leaves it."""
_HIDDEN_FIRST: tuple[Variant, ...] = ("compensated", "pruned", "recovered")
"""Whose differences are hidden first; those of the result stay longest."""


class ComparisonTable(PlainTable):
    """Shows every column where their text fits, else leaves out differences, and breaks lines at last."""

    def __init__(self, name: str, model: ResultsTable) -> None:
        super().__init__(name, model)
        self._table = model
        model.modelReset.connect(self.choose_columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the columns for a new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.choose_columns()

    @Slot()
    def choose_columns(self) -> None:
        """Hide as few differences as possible; where not even the figures fit, break their lines."""
        places = {
            column.variant: place for place, column in enumerate(self._table.columns, start=1) if column.is_difference
        }
        was_narrow = self.wordWrap()
        self.setWordWrap(False)  # text that may be broken has no width of its own
        for place in places.values():
            self.setColumnHidden(place, False)
        for variant in _HIDDEN_FIRST:
            if variant in places and not self._fits():
                self.setColumnHidden(places[variant], True)
        is_narrow = not self._fits()
        if is_narrow or was_narrow:
            self._break_lines(is_narrow)
            self.fit()

    def _break_lines(self, is_narrow: bool) -> None:
        """Give the headings their width and break the lines of names and figures, or undo that."""
        header, rows = self.horizontalHeader(), self.verticalHeader()
        mode = QHeaderView.ResizeMode
        self.setWordWrap(is_narrow)
        if is_narrow:
            shown = self._shown()
            header.setSectionResizeMode(mode.Fixed)
            widest = max(map(header.sectionSizeHint, shown)) + _PADDING
            each = min(widest, (self.viewport().width() - _LEAST_NAME) // len(shown))
            header.resizeSection(0, self.viewport().width() - each * len(shown))
            for place in shown:
                header.resizeSection(place, each)
            self.resizeRowsToContents()
        else:
            header.setSectionResizeMode(mode.Stretch)
            for row in range(self._table.rowCount()):
                self.setRowHeight(row, rows.defaultSectionSize())

    def fit(self, most_rows: int | None = None) -> None:
        """Make the table as tall as its rows."""
        header = self.horizontalHeader()
        width = header.sectionSize(0)
        super().fit(most_rows)
        if self.wordWrap():
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(0, width)

    def _shown(self) -> list[int]:
        """Return the columns of figures that are not hidden."""
        return [place for place in range(1, self._table.columnCount()) if not self.isColumnHidden(place)]

    def _fits(self) -> bool:
        shown = self._shown()
        header = self.horizontalHeader()
        widest = max((max(self.sizeHintForColumn(each), header.sectionSizeHint(each)) for each in shown), default=0)
        return self.sizeHintForColumn(0) + len(shown) * (widest + _PADDING) <= self.viewport().width()
