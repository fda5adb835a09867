"""The convergence of several runs in one chart."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg

from engine.api.events import RunSummarised
from engine.api.settings import OBJECTIVE_WORDS
from engine.results.score_levels import level_words
from gui.charts.chart import Chart
from gui.charts.plot import line
from gui.look.theme import Theme
from gui.words.translation import engine_text

MOST_RUNS = 6


def run_colours(theme: Theme) -> tuple[str, ...]:
    """Return a colour for each run that can be overlaid, in order."""
    return theme.accent, theme.bad, theme.warn, theme.good, theme.protected, theme.series


class OverlayChart(Chart):
    """Best fitness against candidates measured, one line per run."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Convergence of the selected runs"), self.tr("candidates measured"), self.tr("fitness")
        )
        self._curves = [pg.PlotDataItem(connect="finite") for _ in range(MOST_RUNS)]
        self.count_along("bottom")
        for curve in self._curves:
            self.addItem(curve)
        self.on_theme(self._paint)

    def show_runs(self, runs: Sequence[RunSummarised]) -> None:
        """Draw these runs instead of the previous ones."""
        shown = [run for run in runs if run.course_fitness][:MOST_RUNS]
        for curve in self._curves:
            curve.setData([], [])
        self._columns = []
        for curve, run in zip(self._curves, shown, strict=False):
            curve.setData(np.array(run.course_evaluations, dtype=np.float64), np.array(run.course_fitness))
            level = level_words(run.objective, run.level, engine_text)
            self.name_column(f"{run.run}, {OBJECTIVE_WORDS[run.objective]} {level}".strip(), curve)
        values = [value for run in shown for value in run.course_fitness if np.isfinite(value)]
        if values:
            self.fix_x(0.0, max(2.0, 1.02 * max(run.course_evaluations[-1] for run in shown)))
            self.grow_y(min(values), max(values))

    def _paint(self, theme: Theme) -> None:
        for curve, colour in zip(self._curves, run_colours(theme), strict=True):
            curve.setPen(line(colour))
