"""The comparison of the variants in a table that hides differences where there is no room for every column."""

from collections.abc import Sequence

from engine.api.evaluation_events import Variant
from gui.pages.results_table import ResultsTable
from gui.widgets.text_table import PlainTable

_HIDDEN_FIRST: tuple[Variant, ...] = ("compensated", "pruned", "recovered")
"""Whose differences are hidden first; those of the result stay longest."""


class ComparisonTable(PlainTable):
    """Shows every column where their text fits, else leaves out differences, of the variants in between first."""

    def __init__(self, name: str, model: ResultsTable) -> None:
        super().__init__(name, model)
        self._table = model
        model.modelReset.connect(self.fit)

    def hidden_first(self) -> Sequence[int]:
        """Return the columns of differences, those of the variants in between first."""
        places = {
            column.variant: place for place, column in enumerate(self._table.columns, start=1) if column.is_difference
        }
        return [places[variant] for variant in _HIDDEN_FIRST if variant in places]
