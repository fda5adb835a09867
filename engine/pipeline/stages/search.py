"""Search: ask the searcher, score with the evaluator, tell the searcher, until it has finished."""

import math
import time
from collections.abc import Sequence

from engine.api.control import StopRequested
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import IterationFinished, RemovalSet, SearchFinished
from engine.models.pruned_config import pruned_config
from engine.pipeline.elapsed import seconds_spent
from engine.pipeline.stages.starting_sets import starting_sets
from engine.pipeline.workspace import Workspace
from engine.search.factory import make_searcher
from engine.search.searcher import Searcher
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
        self._space = SearchSpace(workspace.prunable, workspace.budget)
        self._started = time.time()
        self._seconds_before = seconds_spent(workspace.run.events(), "search")
        self._told = dict(workspace.state.iterations)
        self._counted = _Counters(workspace, self._told)
        self._best: tuple[RemovalSet, float] | None = None

    def run(self) -> None:
        settings = self._workspace.settings.search
        searcher = make_searcher(settings, self._space, starting_sets(self._workspace, self._space))
        try:
            while not searcher.finished:
                self._iterate(searcher)
        except StopRequested as stop:
            if stop.mode == "keep_best" and self._best is not None:
                self._finish(early=True)
            raise
        if self._best is None or not math.isfinite(self._best[1]):
            raise LayerSwarmError(
                f"No set of {self._space.k} layers can be removed from this model without breaking the fixed pattern "
                "of its layer kinds; choose another number of layers."
            )
        self._finish(early=False)

    def _iterate(self, searcher: Searcher) -> None:
        workspace = self._workspace
        iteration = searcher.iteration
        workspace.report(f"Iteration {iteration + 1} of {searcher.iterations}", iteration, searcher.iterations)
        candidates = searcher.ask()
        fitness = self._fitness(candidates)
        searcher.tell(fitness)
        self._keep_best(candidates, fitness)
        if iteration not in self._told:
            workspace.emit(self._finished(searcher, iteration, candidates, fitness))

    def _fitness(self, candidates: Sequence[RemovalSet]) -> list[float]:
        valid = [removed for removed in candidates if self._has_config(removed)]
        scores = dict(zip(valid, self._workspace.evaluator.scores(valid), strict=True))
        return [scores[removed].kl if removed in scores else math.inf for removed in candidates]

    def _has_config(self, removed: RemovalSet) -> bool:
        """Whether the result can be written down at all: some families repeat a fixed pattern of layer kinds."""
        if len(removed) < self._space.k:
            return True  # a step on the way, not a result
        try:
            pruned_config(self._workspace.folder.config(), removed)
        except BadInput:
            return False
        return True

    def _keep_best(self, candidates: Sequence[RemovalSet], fitness: Sequence[float]) -> None:
        for removed, value in zip(candidates, fitness, strict=True):
            if len(removed) == self._space.k and (self._best is None or value < self._best[1]):
                self._best = removed, value

    def _finished(
        self, searcher: Searcher, iteration: int, candidates: Sequence[RemovalSet], fitness: Sequence[float]
    ) -> IterationFinished:
        removed, best = searcher.best
        finite = [value for value in fitness if math.isfinite(value)] or [math.inf]
        evaluations, remembered, applications = self._counted.now()
        return IterationFinished(
            iteration=iteration,
            iterations=searcher.iterations,
            best_fitness=best,
            best_removed=removed,
            mean_fitness=sum(finite) / len(finite),
            worst_fitness=max(finite),
            removal_frequency=_frequency(candidates, self._workspace.sizes.layers),
            candidates=tuple(candidates),
            fitness=tuple(fitness),
            evaluations=evaluations,
            remembered=remembered,
            layer_applications=applications,
        )

    def _finish(self, early: bool) -> None:
        assert self._best is not None
        removed, fitness = self._best
        evaluations, _, applications = self._counted.now()
        self._workspace.emit(
            SearchFinished(
                removed=removed,
                fitness=fitness,
                evaluations=evaluations,
                layer_applications=applications,
                seconds=self._seconds_before + time.time() - self._started,
                early=early,
            )
        )


class _Counters:
    """Evaluations, remembered candidates and layer applications of the search, over all sessions of the run.

    What a resumed search goes through again is remembered, and was counted when it was measured.
    """

    def __init__(self, workspace: Workspace, told: dict[int, IterationFinished]) -> None:
        last = told[max(told)] if told else None
        self._before = (last.evaluations, last.remembered, last.layer_applications) if last else (0, 0, 0)
        self._replayed = sum(len(event.candidates) for event in told.values())
        self._evaluator = workspace.evaluator
        self._start = self._measured()

    def now(self) -> tuple[int, int, int]:
        """(evaluations, remembered, layer applications) so far."""
        gained = [now - start for now, start in zip(self._measured(), self._start, strict=True)]
        evaluations, remembered, applications = (
            before + gain for before, gain in zip(self._before, gained, strict=True)
        )
        return evaluations, max(remembered - self._replayed, 0), applications

    def _measured(self) -> tuple[int, int, int]:
        evaluator = self._evaluator
        return evaluator.evaluations, evaluator.remembered, evaluator.layer_applications


def _frequency(candidates: Sequence[RemovalSet], layers: int) -> tuple[float, ...]:
    """Share of the candidates that remove each layer [layers]."""
    removals = [0] * layers
    for removed in candidates:
        for layer in removed:
            removals[layer] += 1
    return tuple(count / len(candidates) for count in removals)
