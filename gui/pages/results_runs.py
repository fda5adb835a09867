"""The runs of the project in a table, and the convergence of the ticked ones in one chart."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QDateTime, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView

from engine.api.events import RunSummarised
from gui.charts.run_overlay import MOST_RUNS, OverlayChart, run_colours
from gui.look.theme import current_theme
from gui.widgets.card import Card
from gui.widgets.text_table import Index, PlainTable, TextModel
from gui.words.algorithm_names import algorithm_name
from gui.words.formatting import NOTHING, fitness_words, format_bytes, format_number

_MOST_ROWS = 10


class RunsModel(TextModel):
    """Lists the newest run first; the first column has check boxes and the colour of a ticked run's line."""

    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[RunSummarised, ...] = ()
        self._ticked: list[str] = []
        self._known: set[str] = set()
        self._headings = (
            self.tr("Run"),
            self.tr("Algorithm"),
            self.tr("Layers"),
            self.tr("Fitness"),
            self.tr("Held-out KL"),
            self.tr("Perplexity"),
            self.tr("Size"),
            self.tr("Begun"),
        )

    @property
    def ticked(self) -> list[RunSummarised]:
        """The runs to draw, in the order in which they were ticked."""
        by_name = {run.run: run for run in self._runs}
        return [by_name[name] for name in self._ticked if name in by_name]

    def show_runs(self, runs: Sequence[RunSummarised]) -> None:
        """Replace all rows, ticking the latest new run of each algorithm."""
        self.beginResetModel()
        names = {run.run for run in runs}
        if not names & self._known:
            self._ticked = []
        self._ticked = [name for name in self._ticked if name in names]
        self._runs = tuple(reversed(runs))
        self._rows = tuple(map(self._words, self._runs))
        algorithms = {run.algorithm for run in self.ticked}
        for run in self._runs:
            if run.run not in self._known and run.course_fitness and run.algorithm not in algorithms:
                algorithms.add(run.algorithm)
                self._ticked = [*self._ticked, run.run][:MOST_RUNS]
        self._known = names
        self.endResetModel()
        self.ticked_changed.emit()

    def forget(self) -> None:
        """Forget all runs; a run of the same name in the next project is another run."""
        self._known = set()
        self.show_runs(())

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return the flags of a cell; a run with iterations can be ticked."""
        flags = super().flags(index)
        can_be = index.isValid() and index.column() == 0 and self._runs[index.row()].course_fitness
        return flags | Qt.ItemFlag.ItemIsUserCheckable if can_be else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a figure, or the check state and the colour of a run."""
        if not index.isValid():
            return None
        run = self._runs[index.row()]
        if index.column() != 0 or not run.course_fitness:
            return super().data(index, role)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if run.run in self._ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ForegroundRole and run.run in self._ticked:
            return QColor(run_colours(current_theme())[self._ticked.index(run.run)])
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a run, up to the number of colours of the chart."""
        if role != Qt.ItemDataRole.CheckStateRole or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        name, wanted = self._runs[index.row()].run, Qt.CheckState(value) == Qt.CheckState.Checked
        if wanted and name not in self._ticked and len(self._ticked) < MOST_RUNS:
            self._ticked.append(name)
        elif not wanted and name in self._ticked:
            self._ticked.remove(name)
        else:
            return False
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
        self.ticked_changed.emit()
        return True

    def _words(self, run: RunSummarised) -> tuple[str, ...]:
        begun = QDateTime.fromSecsSinceEpoch(int(run.started))
        fitness = NOTHING if run.fitness is None else fitness_words(run.objective, run.fitness)
        return (
            run.run,
            algorithm_name(run.algorithm),
            NOTHING if run.layers is None else str(run.layers),
            fitness,
            NOTHING if run.heldout_kl is None else format_number(run.heldout_kl),
            NOTHING if run.heldout_perplexity is None else format_number(run.heldout_perplexity),
            NOTHING if run.bytes is None else format_bytes(run.bytes),
            begun.toString("yyyy-MM-dd HH:mm") if run.started else NOTHING,
        )


class RunsCard(Card):
    """Compares runs; hidden while there are fewer than two."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Runs of this project"),
            self.tr(
                "Ticked runs are drawn in the colour of their name. Figures are of the recovered model, if it helped."
            ),
        )
        self.runs = RunsModel(self)
        self.table = PlainTable(self.tr("Runs of this project"), self.runs)
        self.chart = OverlayChart()
        self.add(self.table)
        self.add(self.chart)
        self.runs.ticked_changed.connect(self._draw)

    def show_runs(self, runs: Sequence[RunSummarised]) -> None:
        """Show runs, given oldest first."""
        self.runs.show_runs(runs)
        self.table.fit(_MOST_ROWS)
        dates = self.runs.columnCount() - 1
        self.table.horizontalHeader().setSectionResizeMode(dates, QHeaderView.ResizeMode.ResizeToContents)
        self.setVisible(len(runs) > 1)

    @Slot()
    def _draw(self) -> None:
        ticked = self.runs.ticked
        self.chart.setVisible(bool(ticked))
        self.chart.show_runs(ticked)
