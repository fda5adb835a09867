"""The Results page: all variants of the model side by side."""

from collections.abc import Iterator

from PySide6.QtCore import Slot
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from engine.api.run_state import RunState
from engine.results.answer_rows import answers_note
from gui.look.theme import current_theme
from gui.pages.page import Page
from gui.pages.results_comparison import ComparisonTable
from gui.pages.results_project import ProjectRuns
from gui.pages.results_report import ReportRow
from gui.pages.results_research import ResearchCard
from gui.pages.results_runs import RunsCard
from gui.pages.results_samples import SamplesCard
from gui.pages.results_savings import SavingsCard
from gui.pages.results_table import EMPHASISED_ROLE, GOOD_ROLE, Index, ResultsTable
from gui.project.session import Session
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.empty_state import EmptyState
from gui.widgets.layer_strip import LayerStrip
from gui.widgets.playground import PlaygroundCard
from gui.widgets.strip_legend import StripLegend
from gui.widgets.text import label
from gui.words.formatting import format_bytes, format_layers, format_percent
from gui.words.translation import engine_text

_ROW_HEIGHT = 34


class ResultsPage(Page):
    """A fold over the evaluation's events; each card is a fold of its own."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            self.tr("Results"),
            self.tr(
                "All measured by the same code on the same held-out texts. Differences are to the dense model. KL is "
                "taken over its 512 most likely tokens and the rest."
            ),
        )

    def parts(self) -> Iterator[None]:
        """Build summary, comparison, samples, playground, the project's runs and savings."""
        self.set_empty_state(
            EmptyState(
                self.tr("No results yet"),
                self.tr("When a run has measured its models, they are compared here: quality, size, speed and memory."),
            )
        )
        self.column.addWidget(self._make_summary())
        yield
        self.column.addWidget(self._make_comparison())
        yield
        self.samples = SamplesCard()
        self.column.addWidget(self.samples)
        yield
        self.playground = PlaygroundCard(self.session)
        self.column.addWidget(self.playground)
        yield
        runs, research = RunsCard(), ResearchCard()
        self.project_runs = ProjectRuns(self.session, runs, research)
        self.column.addWidget(runs)
        self.column.addWidget(research)
        yield
        self.savings = SavingsCard(self.session)
        self.column.addWidget(self.savings)

    def _make_summary(self) -> Card:
        self.headline = label("", "heading", wrap=True)
        self._removed = label("", "muted", wrap=True)
        self.strip = LayerStrip()
        self.report = ReportRow(self.session)
        card = Card()
        for part in (self.headline, self._removed, self.strip, StripLegend(), self.report):
            card.add(part)
        return card

    def _make_comparison(self) -> Card:
        self.table = ResultsTable(self)
        self.view = ComparisonTable(self.tr("Comparison of the models"), self.table)
        self.view.setItemDelegate(_ComparisonDelegate(self.view))
        self.view.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.copy = Button(self.tr("Copy table"), "copy")
        self.copy.clicked.connect(self._copy)
        card = Card(self.tr("Comparison"))
        card.header.addWidget(self.copy)
        card.add(self.view)
        self._answers_note = label("", "muted", wrap=True)
        card.add(self._answers_note)
        return card

    def draw(self) -> Iterator[None]:
        """Draw the figures of the run."""
        state = self.session.state
        self.show_content(bool(state.evaluated))
        self.table.show_state(state)
        self.view.fit()
        note = answers_note(state)
        self._answers_note.setText("" if note is None else note.words(engine_text))
        self._answers_note.setVisible(note is not None)
        yield
        removed = state.search.removed if state.search else ()
        if state.model is not None:
            protected = state.budget.protected if state.budget else ()
            self.strip.show_layers(state.model.layers, protected, removed)
        self._removed.setText(self.tr("Removed layers: {0}").format(format_layers(removed)) if removed else "")
        self._removed.setVisible(bool(removed))
        self.headline.setText(self._headline_of(state))
        yield
        self.samples.show_state(state)
        yield
        self.savings.show_state(state, self.session.settings)
        if state.evaluated and self.isVisible():
            self.project_runs.refresh()

    def _headline_of(self, state: RunState) -> str:
        dense, pruned = state.evaluated.get("dense"), state.evaluated.get("pruned")
        best = state.evaluated.get(state.best_variant)
        smaller = best or pruned
        if dense is None or smaller is None:
            return self.tr("Measuring…")
        text = self.tr("{0} of {1} layers removed: {2} smaller, {3} instead of {4}.").format(
            dense.layers - smaller.layers,
            dense.layers,
            format_percent(1 - smaller.bytes / dense.bytes),
            format_bytes(smaller.bytes),
            format_bytes(dense.bytes),
        )
        if pruned is not None and best is not None and pruned.heldout_kl > 0:
            regained = 1 - best.heldout_kl / pruned.heldout_kl
            if regained > 0:
                text += " " + self._regained_words(state).format(format_percent(regained))
        return text

    def _regained_words(self, state: RunState) -> str:
        if state.best_variant == "compensated":
            return self.tr("Compensation won back {0} of the lost KL.")
        if state.has_variant("compensated"):
            return self.tr("Compensation and recovery won back {0} of the lost KL.")
        return self.tr("Recovery won back {0} of the lost KL.")

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.table.as_text())


class _ComparisonDelegate(QStyledItemDelegate):
    """Colours differences by gain or loss, and figures of models stronger than the rest."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        theme = current_theme()
        good = index.data(GOOD_ROLE)
        colour = theme.text if index.data(EMPHASISED_ROLE) else theme.muted
        if good is not None:
            colour = theme.good if good else theme.bad
        for role in (option.palette.ColorRole.Text, option.palette.ColorRole.HighlightedText):
            option.palette.setColor(role, QColor(colour))
