"""The table of the research, from the runs and comparisons of the project."""

from collections.abc import Sequence

from engine.api.run_events import ResearchColumn
from gui.widgets.card import Card
from gui.widgets.text_table import PlainTable, TextModel
from gui.words.algorithm_names import algorithm_name
from gui.words.formatting import NOTHING, format_duration, format_number, format_percent, format_whole


class ResearchCard(Card):
    """A column for each algorithm; hidden while no search has ended."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Searches compared"),
            self.tr("For each algorithm the run that has come furthest, and its stability over the comparisons."),
        )
        self.table = TextModel(self)
        self.view = PlainTable(self.tr("Searches compared"), self.table)
        self.add(self.view)

    def show_columns(self, columns: Sequence[ResearchColumn]) -> None:
        """Take the table."""
        names = [algorithm_name(column.algorithm) for column in columns]
        self.table.show_rows(["", *names], list(zip(*self._cells(columns), strict=True)))
        self.view.fit()
        self.setVisible(bool(columns))

    def _cells(self, columns: Sequence[ResearchColumn]) -> list[tuple[str, ...]]:
        """The names of the rows, then the words of each column."""
        names = (
            self.tr("Run"),
            self.tr("Layers removed"),
            self.tr("Size reduction"),
            self.tr("Loss of"),
            self.tr("Loss before retraining"),
            self.tr("Loss after retraining"),
            self.tr("Search time"),
            self.tr("Candidates measured"),
            self.tr("Prefill, times dense"),
            self.tr("Decode, times dense"),
            self.tr("Searches"),
            self.tr("Agreement of their sets"),
            self.tr("Spread of their fitness"),
        )
        return [names, *map(self._words, columns)]

    def _words(self, column: ResearchColumn) -> tuple[str, ...]:
        kinds = {"accuracy": self.tr("accuracy"), "perplexity": self.tr("perplexity"), "KL": "KL"}
        return (
            column.run or self.tr("comparison"),
            str(column.layers),
            _share(column.size_reduction),
            kinds[column.loss_of],
            _loss(column, column.loss_before),
            _loss(column, column.loss_after),
            NOTHING if column.search_seconds is None else format_duration(column.search_seconds),
            NOTHING if column.candidates is None else format_whole(round(column.candidates)),
            _number(column.prefill_speed),
            _number(column.decode_speed),
            str(column.seeds),
            _number(column.agreement),
            _number(column.spread),
        )


def _loss(column: ResearchColumn, value: float | None) -> str:
    return _number(value) if column.loss_of == "KL" else _share(value)


def _share(value: float | None) -> str:
    return NOTHING if value is None else format_percent(value)


def _number(value: float | None) -> str:
    return NOTHING if value is None else format_number(value)
