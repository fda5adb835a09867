"""The search as it goes: convergence, and per layer what the analysis and the swarm say."""

from collections.abc import Iterator

from PySide6.QtCore import Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from engine.api import events as ev
from engine.api.settings import Objective
from gui.budget import protected_layers
from gui.charts.convergence import ConvergenceChart
from gui.charts.front import FrontChart
from gui.charts.layer_bars import LayerBars
from gui.charts.legend import Legend
from gui.charts.plot import LEFT_AXIS_WIDTH, RIGHT_MARGIN
from gui.charts.removal_map import RemovalMap
from gui.formatting import format_bytes, format_layers, format_number, format_whole
from gui.pages.load_card import LoadCard
from gui.pages.page import Page
from gui.pages.search_candidates import CandidateTable, GoodCandidates
from gui.session import Session
from gui.widgets.card import Card
from gui.widgets.empty_state import EmptyState
from gui.widgets.figure import Figure, FigureRow
from gui.widgets.layer_strip import LayerStrip
from gui.widgets.strip_legend import StripLegend
from gui.widgets.text import label


class SearchPage(Page):
    """Everything here is a fold over ``LayerAnalysed``, ``IterationFinished`` and ``SearchFinished``."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, self.tr("Search"), "")
        self.figures = {
            "fitness": Figure(*self._words_of("kl")),
            "iteration": Figure(self.tr("Iteration")),
            "evaluations": Figure(self.tr("Candidates computed")),
            "remembered": Figure(self.tr("Remembered"), self.tr("Candidates met again; they cost nothing.")),
            "applications": Figure(self.tr("Layer applications"), self.tr("Layers run on a batch of windows.")),
        }
        self.convergence = ConvergenceChart()
        self.map = RemovalMap()
        self.frequency = LayerBars(self.tr("Removal frequency"), self.tr("share"), height=96)
        self.analysis = LayerBars(self.tr("Analysis by layer"), "", height=120, numbered=True)
        self.strip = LayerStrip(insets=(LEFT_AXIS_WIDTH, RIGHT_MARGIN))
        self.good = LayerBars(self.tr("Removal frequency of good candidates"), self.tr("share"), height=96)
        self.front = FrontChart()
        self.candidates = CandidateTable()
        self.load = LoadCard()
        self.against = QComboBox()
        self.measure = QComboBox()
        self._removed_words = label("", "muted", wrap=True)
        self._frequency: tuple[float, ...] = ()
        self._good = GoodCandidates()
        for bars in (self.frequency, self.good):
            bars.getPlotItem().getAxis("left").setTicks([[(0.0, "0"), (0.5, "0.5"), (1.0, "1")]])
        self._lay_out()
        self.set_empty_state(
            EmptyState(
                self.tr("No search yet"),
                self.tr(
                    "Set the budget on the Plan page and press Start. The swarm's progress is drawn here as it works."
                ),
            )
        )
        self.connect_session()
        self.refresh()

    def _words_of(self, objective: Objective) -> tuple[str, str]:
        words: dict[Objective, tuple[str, str]] = {
            "kl": (self.tr("Best KL to dense"), self.tr("Divergence from the dense model; 0 is identical.")),
            "perplexity": (self.tr("Best perplexity"), self.tr("Of the calibration text; lower is better.")),
            "task": (self.tr("Least task error"), self.tr("Share of the questions that is answered wrongly.")),
        }
        return words[objective]

    def _lay_out(self) -> None:
        figures = Card()
        figures.add(FigureRow(*self.figures.values()))
        self.column.addWidget(figures)
        self._swarm = swarm = Card(self.tr("Convergence"))
        spread = self.tr("middle half")
        legend = Legend(("accent", self.tr("best")), ("series", self.tr("mean")), ("series", spread), bands=(spread,))
        swarm.header.addWidget(legend)
        swarm.add(self._make_against())
        swarm.add(self.convergence)
        self.column.addWidget(swarm)
        self._sizes = Card(
            self.tr("Quality against size"),
            self.tr("Lower is better: each point of the line is the best that was found at its size."),
        )
        self._sizes.header.addWidget(
            Legend(("accent", self.tr("best of each size")), ("series", self.tr("this iteration")))
        )
        self._sizes.add(self.front)
        self.column.addWidget(self._sizes)
        layers = Card(
            self.tr("Layers"), self.tr("From the embedding (left) to the LM head (right), in one line throughout.")
        )
        layers.header.addWidget(StripLegend())
        layers.body.setSpacing(6)
        layers.add(self._removed_words)
        layers.add(self.strip)
        layers.body.addSpacing(8)
        layers.add(self._make_swarm_parts())
        layers.add(self._make_measure())
        layers.add(self.analysis)
        self.column.addWidget(layers)
        self._swarm_now = Card(self.tr("Candidates of this iteration"))
        self._swarm_now.add(self.candidates)
        self.column.addWidget(self._swarm_now)
        self.column.addWidget(self.load)

    def _make_against(self) -> QComboBox:
        self.against.setAccessibleName(self.tr("What convergence is drawn against"))
        for value, words in (
            ("iteration", self.tr("over iterations")),
            ("evaluations", self.tr("over candidates computed")),
            ("applications", self.tr("over layer applications")),
            ("tokens", self.tr("over tokens")),
            ("minutes", self.tr("over time")),
        ):
            self.against.addItem(words, value)
        self.against.setMaximumWidth(240)
        self.against.activated.connect(self._choose_against)
        return self.against

    @Slot()
    def _choose_against(self) -> None:
        self.convergence.show_against(self.against.currentData())

    def _offer_tokens(self) -> None:
        """Tokens are offered for journals that count them."""
        place, model = self.against.findData("tokens"), self.against.model()
        assert isinstance(model, QStandardItemModel)
        model.item(place).setEnabled(self.convergence.knows_tokens)
        if not self.convergence.knows_tokens and self.against.currentIndex() == place:
            self.against.setCurrentIndex(0)
            self._choose_against()

    def _make_swarm_parts(self) -> QWidget:
        """What there is to see per layer once the swarm moves."""
        self._swarm_parts = QWidget()
        column = QVBoxLayout(self._swarm_parts)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        column.addWidget(label(self.tr("Best removal set of each iteration"), "caption"))
        column.addWidget(self.map)
        column.addSpacing(8)
        column.addWidget(label(self.tr("How often this iteration's candidates remove a layer"), "caption"))
        column.addWidget(self.frequency)
        column.addSpacing(8)
        words = self.tr("How often the best fifth of all candidates so far removes a layer: high is missed least")
        column.addWidget(label(words, "caption", wrap=True))
        column.addWidget(self.good)
        return self._swarm_parts

    def _make_measure(self) -> QComboBox:
        self.measure.setAccessibleName(self.tr("Measure of the analysis"))
        for value, words in (
            ("kl", self.tr("KL when this layer alone is removed")),
            ("perplexity", self.tr("Perplexity when this layer alone is removed")),
            ("block_influence", self.tr("Block Influence")),
            ("angular_distance", self.tr("Angular distance")),
            ("seconds", self.tr("Time per 1,000 tokens (s)")),
        ):
            self.measure.addItem(words, value)
        self.measure.setMaximumWidth(340)
        self.measure.activated.connect(self._draw_analysis)
        return self.measure

    def clear(self) -> None:
        """Forget the run."""
        self._frequency = ()
        self._good = GoodCandidates()
        for chart in (self.convergence, self.map, self.front):
            chart.clear_data()
        self.load.clear_data()

    def take(self, event: ev.AnyEvent) -> None:
        """Note an iteration."""
        self.convergence.take(event)
        if isinstance(event, ev.IterationFinished):
            self.map.take(event)
            self.front.take(event)
            self._good.take(event)
            self._frequency = event.removal_frequency
        elif isinstance(event, ev.Heartbeat):
            self.load.take(event)

    def draw(self) -> Iterator[None]:
        """Draw what has been noted."""
        state = self.session.state
        layers = state.model.layers if state.model else len(state.layers)
        self.show_content(bool(state.layers or state.iterations))
        for part in (self._swarm, self._swarm_now):
            part.setVisible(bool(state.iterations))
        self._swarm_parts.setVisible(bool(state.iterations))
        self.sentence.setText(self._sentence())
        self._show_figures()
        yield
        protected = self._protected(layers)
        removed = self._best_removed()
        self.strip.show_layers(layers, protected, removed)
        self._removed_words.setText(self._words_for(removed))
        self._offer_tokens()
        yield
        self.convergence.redraw()
        yield
        self.map.redraw()
        yield
        self.frequency.show_values(layers, dict(enumerate(self._frequency)), frozenset(protected), top=1.0)
        yield
        self.good.show_values(layers, self._good.frequency(layers), frozenset(protected), top=1.0)
        yield
        self.candidates.model.show_iteration(state.iterations[max(state.iterations)] if state.iterations else None)
        yield
        self._draw_front()
        yield
        self.load.redraw()
        yield
        self._draw_analysis()

    def _draw_front(self) -> None:
        state = self.session.state
        self._sizes.setVisible(self.front.has_choice and state.model is not None)
        if state.model is not None and self.front.has_choice:
            front = state.search.front if state.search else ()
            self.front.show_front(state.model.bytes, state.model.layer_bytes, front)

    def _best_removed(self) -> ev.RemovalSet:
        state = self.session.state
        if state.search is not None:
            return state.search.removed
        return state.iterations[max(state.iterations)].best_removed if state.iterations else ()

    def _words_for(self, removed: ev.RemovalSet) -> str:
        if not removed:
            return self.tr("No removal set yet.")
        words = self.tr("Best removal set: {0}").format(format_layers(removed))
        budget = self.session.state.budget
        return words + self.tr(" – {0} on disk without it").format(format_bytes(budget.bytes)) if budget else words

    def _show_figures(self) -> None:
        state = self.session.state
        last = state.iterations[max(state.iterations)] if state.iterations else None
        best = state.search.fitness if state.search else last.best_fitness if last else None
        since = next((event.iteration + 1 for event in state.iterations.values() if event.best_fitness == best), None)
        objective = state.search.objective if state.search else last.objective if last else "kl"
        self.figures["fitness"].rename(*self._words_of(objective))
        note = "" if since is None else self.tr("since iteration {0}").format(since)
        self.figures["fitness"].show_value(None if best is None else format_number(best), note)
        self.figures["iteration"].show_value(
            str(last.iteration + 1) if last else None, self.tr("of {0}").format(last.iterations) if last else ""
        )
        self.figures["evaluations"].show_value(format_whole(last.evaluations) if last else None)
        self.figures["remembered"].show_value(format_whole(last.remembered) if last else None)
        self.figures["applications"].show_value(format_whole(last.layer_applications) if last else None)

    def _sentence(self) -> str:
        state = self.session.state
        if state.search is not None:
            words = self.tr("Stopped early; the best set so far is kept.") if state.search.early else ""
            return words or self.tr("The search is complete.")
        if state.iterations:
            return self.tr("The swarm looks for the layers that the model misses least.")
        return self.tr("Every layer is measured first; then the swarm starts from what was found.")

    @Slot()
    def _draw_analysis(self) -> None:
        state = self.session.state
        name = self.measure.currentData()
        values = {layer: float(getattr(event, name)) for layer, event in state.layers.items()}
        layers = state.model.layers if state.model else len(state.layers)
        self.analysis.show_values(layers, values, frozenset(self._protected(layers)))

    def _protected(self, layers: int) -> tuple[int, ...]:
        """As the run has it; before it says so, as the plan has it."""
        budget = self.session.state.budget
        return budget.protected if budget else protected_layers(self.session.settings.analysis, layers)
