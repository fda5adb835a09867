"""The Results page: all variants of the model side by side."""

from collections.abc import Iterator

from PySide6.QtCore import Slot
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from engine.api.commands import MeasureSpeed
from engine.api.events import RunSummarised
from engine.api.run_state import RunState
from engine.results.answer_rows import answers_note
from engine.results.speed_notes import busy_note
from gui.look.theme import current_theme
from gui.pages.page import Page
from gui.pages.results_comparison import ComparisonTable
from gui.pages.results_overview import OverviewPicture
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
from gui.widgets.text import as_tooltip, label
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
        """Build summary, playground, samples, comparison, the project's runs and savings."""
        self.set_empty_state(
            EmptyState(
                self.tr("No results yet"),
                self.tr("When a run has measured its models, they are compared here: quality, size, speed and memory."),
            )
        )
        self._unfinished = label("", "muted", wrap=True)
        self.column.addWidget(self._unfinished)
        self._summary = self._make_summary()
        self.column.addWidget(self._summary)
        yield
        left, right = self.body.add_columns()
        self.playground = PlaygroundCard(self.session)
        left.addWidget(self.playground)
        self.samples = SamplesCard()
        left.addWidget(self.samples)
        yield
        self._comparison = self._make_comparison()
        right.addWidget(self._comparison)
        yield
        runs, research = RunsCard(self.session), ResearchCard()
        self.project_runs = ProjectRuns(self.session, runs, research)
        self.project_runs.summarised.connect(self._take_runs)
        self.column.addWidget(runs)
        self.column.addWidget(research)
        yield
        self.savings = SavingsCard(self.session)
        right.addWidget(self.savings)

    def _make_summary(self) -> Card:
        self.headline = label("", "heading", wrap=True)
        self._removed = label("", "muted", wrap=True)
        self.strip = LayerStrip()
        self.report = ReportRow(self.session)
        card = Card()
        self.picture = OverviewPicture()
        for part in (self.headline, self.picture, self._removed, self.strip, StripLegend(), self.report):
            card.add(part)
        return card

    def _make_comparison(self) -> Card:
        self.table = ResultsTable(self)
        self.view = ComparisonTable(self.tr("Comparison of the models"), self.table)
        self.view.setItemDelegate(_ComparisonDelegate(self.view))
        self.view.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.copy = Button(self.tr("Copy table"), "copy")
        self.copy.clicked.connect(self._copy)
        self.again = Button(self.tr("Measure speed again"), "redo")
        self.again.setToolTip(as_tooltip(self.tr("Times all models of this run; what they answer is not measured.")))
        self.again.clicked.connect(self._measure_again)
        card = Card(self.tr("Comparison"))
        card.header.addWidget(self.again)
        card.header.addWidget(self.copy)
        card.add(self.view)
        self.busy_note = label("", "warn", wrap=True)
        card.add(self.busy_note)
        self._answers_note = label("", "muted", wrap=True)
        card.add(self._answers_note)
        return card

    def draw(self) -> Iterator[None]:
        """Draw the figures of the run."""
        state = self.session.state
        has_results = bool(state.evaluated)
        others = [name for name in self.session.run_names if name != state.run]
        self.show_content(has_results or bool(others))
        for card in (self._summary, self.playground, self._comparison):
            card.setVisible(has_results)
        self._unfinished.setVisible(not has_results)
        self._unfinished.setText(self._words_without_results(state))
        self.table.show_state(state)
        self._show_notes(state)
        yield
        removed = state.search.removed if state.search else ()
        if state.model is not None:
            protected = state.budget.protected if state.budget else ()
            self.strip.show_layers(state.model.layers, protected, removed)
        self._removed.setText(self.tr("Removed layers: {0}").format(format_layers(removed)) if removed else "")
        self._removed.setVisible(bool(removed))
        self.headline.setText(self._headline_of(state))
        self.picture.show_state(state)
        yield
        self.samples.show_state(state)
        yield
        self.savings.show_state(state, self.session.settings)
        if self.session.run_names and self.isVisible():
            self.project_runs.refresh()

    def _words_without_results(self, state: RunState) -> str:
        if not state.run:
            return self.tr("No run is shown. The runs of the project are below.")
        return self.tr("{0} has no results yet. The other runs of the project are below.").format(state.run)

    def _show_notes(self, state: RunState) -> None:
        note, busy = answers_note(state), busy_note(state)
        self._answers_note.setText("" if note is None else note.words(engine_text))
        self._answers_note.setVisible(note is not None)
        self.busy_note.setText("" if busy is None else busy.words(engine_text))
        self.busy_note.setVisible(busy is not None)
        project = self.session.project
        self.again.setVisible(bool(state.speeds))
        self.again.set_primary(busy is not None)
        self.again.setEnabled(self.session.jobs.main is None and project is not None and not project.read_only)

    @Slot(object)
    def _take_runs(self, runs: list[RunSummarised]) -> None:
        self.picture.show_runs(runs)
        self.picture.show_state(self.session.state)

    @Slot()
    def _measure_again(self) -> None:
        project, run = self.session.project, self.session.shown_run
        if project is not None and run is not None and self.session.ensure_idle():
            self.session.jobs.start("speed", MeasureSpeed(project=str(project.folder), run=run.name))

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
