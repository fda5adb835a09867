"""The research table as rows: one figure of every search algorithm, as in the paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.api.algorithms import algorithm_label
from engine.results.figures import Translate, untranslated
from engine.results.research_table import ResearchColumn
from engine.results.rows import Cell, Figure, Kind, Sentence, verbatim

ONE_TASK, SEVERAL_TASKS = "accuracy, 1 task", "accuracy, {0} tasks"
COMPARISON = "comparison"


@dataclass(frozen=True)
class ResearchRow:
    """One figure of every algorithm."""

    name: Sentence
    cells: tuple[Cell, ...]

    def words(self, translate: Translate = untranslated) -> tuple[str, ...]:
        """Return the name of the row and the text of its cells."""
        return (self.name.words(translate), *(cell.words(translate) for cell in self.cells))


def heading(column: ResearchColumn) -> str:
    """Return the name of an algorithm as a heading."""
    return algorithm_label(column.algorithm)


def research_rows(columns: Sequence[ResearchColumn]) -> list[ResearchRow]:
    """Return the rows of the paper's table, with a cell for each algorithm."""
    return [ResearchRow(Sentence(name), tuple(map(cell, columns))) for name, cell in RESEARCH_CELLS.items()]


def _loss_of(column: ResearchColumn) -> Sentence:
    count = len(column.tasks)
    if not count:
        return Sentence(column.loss_of)
    return Sentence(ONE_TASK) if count == 1 else Sentence(SEVERAL_TASKS, (count,))


def _loss(column: ResearchColumn, value: float | None) -> Figure:
    return Figure("kl" if column.loss_of == "KL" else "share", value)


def _figure(kind: Kind, field: str) -> Callable[[ResearchColumn], Figure]:
    return lambda column: Figure(kind, getattr(column, field))


RESEARCH_CELLS: dict[str, Callable[[ResearchColumn], Cell]] = {
    "Run": lambda column: verbatim(column.run) if column.run else Sentence(COMPARISON),
    "Layers removed": _figure("whole", "layers"),
    "Size reduction": _figure("share", "size_reduction"),
    "Loss of": _loss_of,
    "Loss before retraining": lambda column: _loss(column, column.loss_before),
    "Loss after retraining": lambda column: _loss(column, column.loss_after),
    "Search time": _figure("seconds", "search_seconds"),
    "Candidates measured": _figure("whole", "candidates"),
    "Prefill, times dense": _figure("number", "prefill_speed"),
    "Decode, times dense": _figure("number", "decode_speed"),
    "Searches": _figure("whole", "seeds"),
    "Agreement of their sets": _figure("number", "agreement"),
    "Spread of their fitness": _figure("number", "spread"),
}
"""The cells of each row, by the row's name."""
