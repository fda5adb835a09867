"""The convergence card: fitness over iterations, candidates, tokens or time, and what the search is compared with."""

import math
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox

from engine.api.run_state import RunState
from engine.results.score_levels import ScoreLevels
from engine.results.search_stall import search_stall
from gui.charts.convergence import ConvergenceChart
from gui.charts.legend import Legend
from gui.charts.references import MOST_REFERENCES, Reference, reference_colour
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.choice_names import name_choice
from gui.widgets.text import as_tooltip, label
from gui.words.formatting import format_layers, format_number
from gui.words.translation import engine_text

_BEST, _MEAN, _RANGE, _FEWER = range(4)


class ConvergenceCard(Card):
    """The chart with its legend, the choice of its x axis, and a hint where nothing improves any more."""

    def __init__(self) -> None:
        super().__init__(self.tr("Convergence"))
        self.chart = ConvergenceChart()
        self.against = ChoiceBox()
        spread = self.tr("typical range")
        self.legend = Legend(("accent", ""), ("series", ""), ("series", spread), ("series", ""), bands=(spread,))
        self.references = Legend(*((partial(reference_colour, place), "") for place in range(MOST_REFERENCES)))
        self.hint = label("", "muted", wrap=True)
        self.header.addWidget(self._make_against())
        self.add(self.legend)
        self.add(self.chart)
        self.add(self.references)
        self.compare = Button(self.tr("Compare with baselines"))
        about = self.tr(
            "Search with greedy removal, evolution and random sets too, on the same windows, one after the other."
        )
        self.compare.setToolTip(as_tooltip(about))
        self.body.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.hint)
        self.show_references((), ScoreLevels())

    def show_state(self, state: RunState) -> None:
        """State on which windows the scores were measured, and what stopping the search now would keep."""
        levels = ScoreLevels.of(state)
        best, others = levels.of_best(engine_text), levels.of_candidates(engine_text)
        self.chart.show_levels(levels)
        about = self.tr("The lowest score so far.")
        self.legend.describe(_BEST, self.tr("best {0}").format(best).strip(), about)
        about = self.tr(
            "The mean score of an iteration's candidates. It does not compare with the best of other windows."
        )
        self.legend.describe(_MEAN, self.tr("mean {0}").format(others).strip(), about)
        about = self.tr("The middle half of an iteration's candidates has scores in this band.")
        self.legend.describe(_RANGE, self.tr("typical range"), about)
        about = self.tr("Sets of fewer layers, which always score better, so that they do not compare with the answer.")
        self.legend.describe(_FEWER, self.tr("best of fewer layers"), about, self.chart.has_fewer)
        words = self._stall_words(state, best) if state.search is None else self._fold_words(state)
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    def show_references(self, references: Sequence[Reference], levels: ScoreLevels) -> None:
        """Draw results that the search is compared with, and list their scores."""
        self.chart.show_references(references)
        level = levels.of_best(engine_text)
        for place in range(MOST_REFERENCES):
            shown = place < len(references)
            each = references[place] if shown else Reference("", 0.0)
            about = self.tr("Measured {0}, as the best of the search is.").format(level) if level else ""
            self.references.describe(place, f"{each.name} {format_number(each.fitness)}", about, shown)
        self.references.setVisible(bool(references))

    def redraw(self) -> None:
        """Draw the chart."""
        self._offer_tokens()
        self.chart.redraw()

    def _fold_words(self, state: RunState) -> str:
        """Explain an answer that is not the end of the line of the best, since it was chosen after the fold."""
        answer, last = state.search, state.last_iteration
        folded = None if answer is None else state.compensated_candidates.get(answer.removed)
        if answer is None or last is None or folded is None:
            return ""
        if math.isclose(answer.fitness, last.best_fitness, rel_tol=1e-9):
            return ""
        words = self.tr(
            "The answer scores {0} in this chart and the search's best {1}: the answer was chosen among sets that were "
            "compensated, after which it scores {2}."
        )
        scores = (answer.fitness, last.best_fitness, folded.compensated_fitness)
        return words.format(*map(format_number, scores))

    def _stall_words(self, state: RunState, level: str) -> str:
        stall = search_stall(state)
        if stall is None:
            return ""
        score = f"{format_number(stall.fitness)} {level}".strip()
        words = self.tr(
            "Nothing better for %n iterations. Stopping now keeps {0} without the layers {1}.", "", stall.iterations
        )
        return words.format(score, format_layers(stall.removed))

    def _make_against(self) -> QComboBox:
        name_choice(self.against, self.tr("Horizontal axis of the convergence chart"))
        for value, words in (
            ("iteration", self.tr("over iterations")),
            ("evaluations", self.tr("over candidates computed")),
            ("tokens", self.tr("over text processed")),
            ("minutes", self.tr("over time")),
        ):
            self.against.addItem(words, value)
        self.against.setMaximumWidth(240)
        self.against.activated.connect(self._choose_against)
        return self.against

    @Slot()
    def _choose_against(self) -> None:
        self.chart.show_against(self.against.currentData())

    def _offer_tokens(self) -> None:
        """Offer tokens as the x axis if the journal counts them."""
        place, model = self.against.findData("tokens"), self.against.model()
        assert isinstance(model, QStandardItemModel)
        model.item(place).setEnabled(self.chart.knows_tokens)
        if not self.chart.knows_tokens and self.against.currentIndex() == place:
            self.against.setCurrentIndex(0)
            self._choose_against()
