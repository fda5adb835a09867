"""The Search page: convergence, and what analysis and swarm find for each layer."""

from collections.abc import Iterator

from engine.api import events as ev
from engine.api.settings import Objective
from gui.charts.legend import Legend
from gui.charts.pareto_front import ParetoFrontChart
from gui.pages.page import Page
from gui.pages.resource_usage_card import ResourceUsageCard
from gui.pages.search_candidates import CandidateTable
from gui.pages.search_convergence import ConvergenceCard
from gui.pages.search_layers import LayersCard
from gui.project.session import Session
from gui.widgets.card import Card
from gui.widgets.empty_state import EmptyState
from gui.widgets.figure import Figure, FigureRow
from gui.words.formatting import format_number, format_whole


class SearchPage(Page):
    """Built from ``LayerAnalysed``, ``IterationFinished`` and ``SearchFinished`` events."""

    uses_events = True

    def __init__(self, session: Session) -> None:
        super().__init__(session, self.tr("Search"), "")

    def parts(self) -> Iterator[None]:
        """Create figures, convergence, quality against size, layers, candidates and resource usage."""
        self.set_empty_state(
            EmptyState(
                self.tr("No search yet"),
                self.tr(
                    "Set the budget on the Plan page and press Start. The progress of the swarm is plotted here live."
                ),
            )
        )
        self.column.addWidget(self._make_figures())
        yield
        left, right = self.body.add_columns()
        self.convergence = ConvergenceCard()
        left.addWidget(self.convergence)
        yield
        left.addWidget(self._make_front())
        yield
        self.layers = LayersCard(self.session)
        right.addWidget(self.layers)
        yield from self.layers.parts()
        self._swarm_now = Card(self.tr("Candidates of this iteration"))
        self.candidates = CandidateTable()
        self._swarm_now.add(self.candidates)
        left.addWidget(self._swarm_now)
        yield
        self.load = ResourceUsageCard()
        right.addWidget(self.load)
        yield from self.load.parts()

    def _make_figures(self) -> Card:
        self.figures = {
            "fitness": Figure(*self._words_of("kl")),
            "iteration": Figure(self.tr("Iteration")),
            "evaluations": Figure(self.tr("Computed scores")),
            "remembered": Figure(self.tr("Reused scores"), self.tr("Candidates seen before; their scores are reused.")),
            "applications": Figure(
                self.tr("Layer applications"), self.tr("One layer applied to one batch of windows.")
            ),
        }
        card = Card()
        card.add(FigureRow(*self.figures.values()))
        return card

    def _words_of(self, objective: Objective) -> tuple[str, str]:
        words: dict[Objective, tuple[str, str]] = {
            "kl": (
                self.tr("Best KL to dense"),
                self.tr("Over its 512 most likely tokens and the rest; 0 is identical."),
            ),
            "perplexity": (self.tr("Best perplexity"), self.tr("On the calibration text; lower is better.")),
            "task": (self.tr("Lowest task error"), self.tr("Share of the questions that are answered wrongly.")),
        }
        return words[objective]

    def _make_front(self) -> Card:
        self.front = ParetoFrontChart()
        self._sizes = Card(
            self.tr("Quality against size"),
            self.tr("Lower is better; each point on the line is the best result at its size."),
        )
        self._sizes.header.addWidget(
            Legend(("accent", self.tr("best of each size")), ("series", self.tr("this iteration")))
        )
        self._sizes.add(self.front)
        return self._sizes

    def clear(self) -> None:
        """Discard the data of the run."""
        for part in (self.convergence.chart, self.front, self.layers, self.load):
            part.clear_data()

    def add_event(self, event: ev.AnyEvent) -> None:
        """Add an iteration."""
        self.convergence.chart.add_event(event)
        if isinstance(event, ev.IterationFinished):
            self.front.add_event(event)
            self.layers.add_event(event)
        elif isinstance(event, ev.Heartbeat):
            self.load.add_event(event)

    def draw(self) -> Iterator[None]:
        """Draw the collected events."""
        state = self.session.state
        self.show_content(bool(state.layers or state.iterations))
        for part in (self.convergence, self._swarm_now):
            part.setVisible(bool(state.iterations))
        self.sentence.setText(self._sentence())
        self._show_figures()
        yield
        self.convergence.redraw()
        yield
        self._draw_front()
        yield
        yield from self.layers.draw()
        yield
        self.candidates.model.show_iteration(state.last_iteration)
        yield
        self.load.redraw()

    def _draw_front(self) -> None:
        state = self.session.state
        self._sizes.setVisible(self.front.has_choice and state.model is not None)
        if state.model is not None and self.front.has_choice:
            front = state.search.front if state.search else ()
            self.front.show_front(state.model.bytes, state.model.layer_bytes, front)

    def _show_figures(self) -> None:
        state = self.session.state
        last = state.last_iteration
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
            return self.tr("The swarm is searching for the layers that the model needs least.")
        return self.tr("Every layer is measured on its own first; the swarm then starts from these results.")
