"""The comparison of the variants in a table that hides differences where there is no room for every column."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent

from engine.api.evaluation_events import Variant
from gui.pages.results_table import ResultsTable
from gui.widgets.text_table import PlainTable

_PADDING = 12
"""Room beside the text of a cell, in pixels."""
_HIDDEN_FIRST: tuple[Variant, ...] = ("compensated", "pruned", "recovered")
"""Whose differences are hidden first; those of the result stay longest."""


class ComparisonTable(PlainTable):
    """Shows every column where their text fits, else leaves out differences, of the variants in between first."""

    def __init__(self, name: str, model: ResultsTable) -> None:
        super().__init__(name, model)
        self._table = model
        model.modelReset.connect(self.choose_columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the columns for the new width."""
        super().resizeEvent(event)
        self.choose_columns()

    @Slot()
    def choose_columns(self) -> None:
        """Hide as few differences as possible."""
        places = {
            column.variant: place for place, column in enumerate(self._table.columns, start=1) if column.is_difference
        }
        for place in places.values():
            self.setColumnHidden(place, False)
        for variant in _HIDDEN_FIRST:
            if self._fits():
                return
            if variant in places:
                self.setColumnHidden(places[variant], True)

    def _fits(self) -> bool:
        shown = [place for place in range(1, self._table.columnCount()) if not self.isColumnHidden(place)]
        header = self.horizontalHeader()
        widest = max((max(self.sizeHintForColumn(each), header.sectionSizeHint(each)) for each in shown), default=0)
        return self.sizeHintForColumn(0) + len(shown) * (widest + _PADDING) <= self.viewport().width()
