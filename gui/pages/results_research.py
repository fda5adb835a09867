"""The research table, from the runs and comparisons of the project."""

from collections.abc import Sequence

from engine.api.run_events import ResearchColumn
from engine.results.research_rows import research_rows
from gui.widgets.card import Card
from gui.widgets.text_table import PlainTable, TextModel
from gui.words.algorithm_names import algorithm_name
from gui.words.translation import engine_text


class ResearchCard(Card):
    """A column for each algorithm; hidden while no search has finished."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Searches compared"),
            self.tr("For each algorithm, its most advanced run and its stability over the comparisons."),
        )
        self.table = TextModel(self)
        self.view = PlainTable(self.tr("Searches compared"), self.table)
        self.add(self.view)

    def show_columns(self, columns: Sequence[ResearchColumn]) -> None:
        """Show the table."""
        names = [algorithm_name(column.algorithm) for column in columns]
        self.table.show_rows(["", *names], [row.words(engine_text) for row in research_rows(columns)])
        self.view.fit()
        self.setVisible(bool(columns))
