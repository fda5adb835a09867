"""The Search page: convergence, and what analysis and swarm find for each layer."""

from collections.abc import Iterator

from PySide6.QtCore import Slot

from engine.api import events as ev
from engine.api.commands import CompareSearches
from engine.api.settings import OBJECTIVE_WORDS, Objective
from engine.results.score_levels import ScoreLevels
from gui.charts.legend import Legend
from gui.charts.pareto_front import ParetoFrontChart
from gui.pages.page import Page
from gui.pages.resource_usage_card import ResourceUsageCard
from gui.pages.search_candidates import CandidateTable
from gui.pages.search_convergence import ConvergenceCard
from gui.pages.search_layers import LayersCard
from gui.pages.search_references import references_of
from gui.pages.stages_card import StagesCard
from gui.project.session import Session
from gui.widgets.card import Card
from gui.widgets.empty_state import EmptyState
from gui.widgets.figure import Figure, FigureRow
from gui.widgets.text import label
from gui.words.formatting import format_count, format_number, format_whole
from gui.words.translation import engine_text

COMPARED_WITH = ("greedy", "evolution", "random")
"""The searches that every other one should do better than."""


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
        self.stages = StagesCard(self.session)
        self.column.addWidget(self.stages)
        yield
        self._figures_card = self._make_figures()
        self.column.addWidget(self._figures_card)
        yield
        left, right = self.body.add_columns()
        self.convergence = ConvergenceCard()
        self.convergence.compare.clicked.connect(self._compare)
        left.addWidget(self.convergence)
        yield
        left.addWidget(self._make_front())
        yield
        self.layers = LayersCard(self.session)
        right.addWidget(self.layers)
        yield from self.layers.parts()
        self._swarm_now = Card(self.tr("Candidates of this iteration"))
        self.candidates = CandidateTable()
        self._promotion = label("", "muted", wrap=True)
        self._swarm_now.add(self._promotion)
        self._swarm_now.add(self.candidates)
        left.addWidget(self._swarm_now)
        yield
        self.load = ResourceUsageCard()
        right.addWidget(self.load)
        yield from self.load.parts()

    def _make_figures(self) -> Card:
        self.figures = {
            "fitness": Figure(*self._words_of("kl")),
            "iteration": Figure(self.tr("Iteration"), self.tr("Each tries a population of removal sets.")),
            "evaluations": Figure(
                self.tr("Computed scores"), self.tr("Removal sets that were tried, without those seen before.")
            ),
            "remembered": Figure(self.tr("Reused scores"), self.tr("Candidates seen before; their scores are reused.")),
            "tokens": Figure(
                self.tr("Text processed"),
                self.tr("Tokens that all candidates have read, as passes of the whole model."),
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
        self._sizes_legend = Legend(("accent", ""), ("series", ""))
        self._sizes.add(self._sizes_legend)
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
        elif isinstance(event, ev.WorkersMeasured):
            self.load.add_workers(event)

    def draw(self) -> Iterator[None]:
        """Draw the collected events."""
        state = self.session.state
        self.show_content(self.stages.is_wanted or bool(state.layers or state.iterations))
        self.stages.refresh()
        for part in (self._figures_card, self.convergence, self._swarm_now):
            part.setVisible(bool(state.iterations))
        self.layers.setVisible(bool(state.layers))
        self.sentence.setText(self._sentence())
        self._show_figures()
        yield
        self.convergence.show_state(state)
        self.convergence.show_references(references_of(state), ScoreLevels.of(state))
        self.convergence.compare.setVisible(self._can_compare)
        self.convergence.redraw()
        yield
        self._draw_front()
        yield
        yield from self.layers.draw()
        yield
        self._draw_candidates()
        yield
        self.load.redraw()

    @property
    def _can_compare(self) -> bool:
        """Whether other searches would be of the same settings as the shown one, which is over."""
        session = self.session
        project, shown = session.project, session.shown_run
        is_latest = shown is not None and shown.name in session.run_names[-1:] and session.start_action != "start"
        missing = set(COMPARED_WITH) - {session.settings.search.algorithm, *(key for key, _ in session.state.compared)}
        may_start = project is not None and not project.read_only and session.jobs.main is None
        return may_start and is_latest and session.state.search is not None and bool(missing)

    @Slot()
    def _compare(self) -> None:
        project = self.session.project
        if project is not None and self.session.ensure_idle():
            own = self.session.settings.search.algorithm
            others = tuple(key for key in COMPARED_WITH if key != own)
            command = CompareSearches(project=str(project.folder), algorithms=others, seeds=1)
            self.session.start_trusted("compare", command)

    def _draw_candidates(self) -> None:
        last, levels = self.session.state.last_iteration, ScoreLevels.of(self.session.state)
        self.candidates.model.show_iteration(last)
        self.candidates.model.name_score(
            f"{OBJECTIVE_WORDS[levels.objective]} {levels.of_candidates(engine_text)}".strip()
        )
        promotes = levels.first < levels.full
        self._promotion.setText(
            self.tr("The most promising ones are then scored {0}.").format(levels.of_best(engine_text))
            if promotes
            else ""
        )
        self._promotion.setVisible(promotes)

    def _draw_front(self) -> None:
        state = self.session.state
        self._sizes.setVisible(self.front.has_choice and state.model is not None)
        if state.model is not None and self.front.has_choice:
            front, levels = state.search.front if state.search else (), ScoreLevels.of(state)
            best, others = levels.of_best(engine_text), levels.of_candidates(engine_text)
            self._sizes_legend.describe(0, self.tr("best of each size {0}").format(best).strip())
            self._sizes_legend.describe(1, self.tr("this iteration {0}").format(others).strip())
            self.front.show_levels(levels)
            self.front.show_front(state.model.bytes, state.model.layer_bytes, front)

    def _show_figures(self) -> None:
        state = self.session.state
        last = state.last_iteration
        best = state.search.fitness if state.search else last.best_fitness if last else None
        since = next((event.iteration + 1 for event in state.iterations.values() if event.best_fitness == best), None)
        levels = ScoreLevels.of(state)
        self.figures["fitness"].rename(*self._words_of(levels.objective))
        level = levels.of_best(engine_text) if best is not None else ""
        self.figures["fitness"].show_value(None if best is None else format_number(best), level)
        planned = self.tr("of {0}").format(last.iterations) if last else ""
        if since is not None:
            planned = self.tr("of {0}, best since {1}").format(last.iterations if last else 0, since)
        self.figures["iteration"].show_value(str(last.iteration + 1) if last else None, planned)
        self.figures["evaluations"].show_value(format_whole(last.evaluations) if last else None)
        self.figures["remembered"].show_value(format_whole(last.remembered) if last else None)
        tokens = last.tokens if last is not None else None
        self.figures["tokens"].show_value(None if tokens is None else format_count(round(tokens)), self.tr("tokens"))

    def _sentence(self) -> str:
        state = self.session.state
        if state.search is not None:
            words = self.tr("Stopped early; the best set so far is kept.") if state.search.early else ""
            return words or self.tr("The search is complete.")
        if state.iterations and self.session.jobs.running("run") is None:
            return self.tr("The search is not complete. Continue goes on from here.")
        if state.iterations:
            return self.tr("The swarm is searching for the layers that the model needs least.")
        if state.layers or state.stage == "analyse":
            return self.tr("Every layer is measured on its own first; the swarm then starts from these results.")
        return self.tr("The model and the text to measure on are prepared first.") if self.stages.is_wanted else ""
