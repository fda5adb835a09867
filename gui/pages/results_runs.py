"""The runs of the project in a table, and the convergence of the ticked ones in one chart."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QColor

from engine.api.events import RunSummarised
from engine.results.score_levels import level_words
from gui.charts.run_overlay import MOST_RUNS, OverlayChart, run_colours
from gui.look.theme import current_theme
from gui.pages.results_run_menu import RunMenu
from gui.project.session import Session
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.text import as_tooltip
from gui.widgets.text_table import Index, PlainTable, TextModel
from gui.words.algorithm_names import algorithm_name
from gui.words.formatting import NOTHING, fitness_words, format_bytes, format_moment, format_number
from gui.words.run_titles import run_title
from gui.words.translation import engine_text

_MOST_ROWS = 10
_HIDDEN_FIRST = (5, 1, 2, 7, 3)


class RunsModel(TextModel):
    """Lists the newest run first; the first column has check boxes and the colour of a ticked run's line."""

    ticked_changed = Signal()
    words = (0, 1)

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

    def run_at(self, row: int) -> RunSummarised | None:
        """Return the run of a row."""
        return self._runs[row] if 0 <= row < len(self._runs) else None

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
        if role == Qt.ItemDataRole.ToolTipRole and (run.title or run.note):
            return as_tooltip("\n".join(filter(None, (run.run, run.note))))
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
        level = level_words(run.objective, run.level, engine_text)
        fitness = NOTHING if run.fitness is None else f"{fitness_words(run.objective, run.fitness)} {level}".rstrip()
        return (
            run_title(run.run, run.title, run.starred),
            algorithm_name(run.algorithm),
            NOTHING if run.layers is None else str(run.layers),
            fitness,
            NOTHING if run.heldout_kl is None else format_number(run.heldout_kl),
            NOTHING if run.heldout_perplexity is None else format_number(run.heldout_perplexity),
            NOTHING if run.bytes is None else format_bytes(run.bytes),
            format_moment(run.started) if run.started else NOTHING,
        )


class RunsTable(PlainTable):
    """Hides what matters less for a comparison where room is short."""

    def hidden_first(self) -> Sequence[int]:
        """Return the columns of perplexity, algorithm, layers, beginning and fitness."""
        return _HIDDEN_FIRST


class RunsCard(Card):
    """Lists the runs, with a menu for the selected one, and compares their searches where there are several."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            self.tr("Runs of this project"),
            self.tr(
                "Ticked runs are drawn in the colour of their name. Figures are of the recovered model, if it helped."
            ),
        )
        self.runs = RunsModel(self)
        self.table = RunsTable(self.tr("Runs of this project"), self.runs)
        self.chart = OverlayChart()
        self.menu = RunMenu(session, self)
        self.more = Button(self.tr("Selected run"))
        self.more.setMenu(self.menu)
        self.header.addWidget(self.more)
        self.add(self.table)
        self.add(self.chart)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.table.selectionModel().currentRowChanged.connect(self._select)
        self.runs.modelReset.connect(self._select)
        self.runs.ticked_changed.connect(self._draw)
        self._select()

    def show_runs(self, runs: Sequence[RunSummarised]) -> None:
        """Show runs, given oldest first; the same run stays selected."""
        before = self.menu.run
        self.runs.show_runs(runs)
        names = [run.run for run in reversed(runs)]
        if before is not None and before.run in names:
            self.table.selectRow(names.index(before.run))
        self.table.fit(_MOST_ROWS)
        self.setVisible(bool(runs))

    @Slot()
    def _select(self) -> None:
        self.menu.run = self.runs.run_at(self.table.currentIndex().row())
        self.more.setEnabled(self.menu.run is not None)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        if self.menu.run is not None:
            self.menu.popup(self.table.viewport().mapToGlobal(place))

    @Slot()
    def _draw(self) -> None:
        ticked = self.runs.ticked
        self.chart.setVisible(len(ticked) > 1)
        self.chart.show_runs(ticked)
