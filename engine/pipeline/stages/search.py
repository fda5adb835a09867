"""Search: ask the searcher, score with the evaluator, tell the searcher, until it has finished."""

import math
import time

from engine.api.control import StopRequested
from engine.api.events import IterationFinished, MessageLogged, SearchFinished
from engine.pipeline.elapsed import seconds_spent
from engine.pipeline.hunt import Hunt, Population, Spent
from engine.pipeline.stages.search_counters import Counters
from engine.pipeline.stages.search_start import searcher_for
from engine.pipeline.workspace import Workspace
from engine.search.importance import removal_frequency
from engine.search.limits import SearchLimits
from engine.search.searcher import Leader
from engine.search.space import SearchSpace


def search(workspace: Workspace) -> None:
    """Find the removal set of the run's budget with the lowest KL.

    A resumed search is the same search again: its candidates are remembered, and iterations that the journal
    holds already are not told twice.

    Raises:
        StopRequested: a person asked for it; to keep the best, ``SearchFinished`` is said before.
        LayerSwarmError: no removal set of this size can be described by the family's config.
    """
    _Search(workspace).run()


class _Search:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._started = time.time()
        self._seconds_before = seconds_spent(workspace.run.events(), "search")
        self._told = dict(workspace.state.iterations)
        self._counted = Counters(workspace, self._told)
        settings = workspace.settings.search
        space = SearchSpace(workspace.prunable, workspace.budget)
        searcher = searcher_for(workspace, workspace.evaluator, settings, space)
        if self._told:  # what it began with was counted by the session that told of iterations first
            self._counted = Counters(workspace, self._told)
        self._hunt = Hunt(workspace.folder.config(), space, searcher, workspace.evaluator, settings.racing)
        self._limits = SearchLimits(settings, workspace.windows.calibration.numel() / workspace.sizes.layers)

    def run(self) -> None:
        try:
            self._report()
            for population in self._hunt.run(self._limits, self._spent):
                if self._hunt.iteration - 1 not in self._told:
                    self._workspace.emit(self._finished(self._hunt.iteration - 1, population))
                self._report()
            if self._hunt.ended_by:
                self._workspace.emit(MessageLogged(level="info", message=self._hunt.ended_by))
        except StopRequested as stop:
            if stop.mode == "keep_best" and self._hunt.best is not None:
                self._finish(self._hunt.best, early=True)
            raise
        self._finish(self._hunt.result(), early=False)

    def _report(self) -> None:
        done, iterations = self._hunt.iteration, self._hunt.iterations
        if done < iterations:
            self._workspace.report(f"Iteration {done + 1} of {iterations}", done, iterations)

    def _spent(self) -> Spent:
        """What the search has cost after an iteration; one that is gone through again counts as it did then."""
        told = self._told.get(self._hunt.iteration - 1)
        applications = told.layer_applications if told else self._counted.now()[2]
        return applications, 0.0 if self._hunt.iteration in self._told else self._seconds

    @property
    def _seconds(self) -> float:
        """Spent on the search, over all sessions of the run."""
        return self._seconds_before + time.time() - self._started

    def _finished(self, iteration: int, population: Population) -> IterationFinished:
        removed, best = self._hunt.leader
        finite = [value for value in population.fitness if math.isfinite(value)] or [math.inf]
        evaluations, remembered, applications = self._counted.now()
        return IterationFinished(
            iteration=iteration,
            iterations=self._hunt.iterations,
            best_fitness=best,
            best_removed=removed,
            mean_fitness=sum(finite) / len(finite),
            worst_fitness=max(finite),
            removal_frequency=removal_frequency(population.candidates, self._workspace.sizes.layers),
            candidates=population.candidates,
            fitness=population.fitness,
            level=self._workspace.evaluator.levels[0],
            evaluations=evaluations,
            remembered=remembered,
            layer_applications=applications,
        )

    def _finish(self, best: Leader, early: bool) -> None:
        evaluations, _, applications = self._counted.now()
        self._workspace.emit(
            SearchFinished(
                removed=best[0],
                fitness=best[1],
                evaluations=evaluations,
                layer_applications=applications,
                seconds=self._seconds,
                early=early,
            )
        )
