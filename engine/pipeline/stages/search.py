"""The search stage: find the removal set with the lowest fitness."""

import math
from dataclasses import replace
from functools import partial

import msgspec

from engine.api.algorithms import search_algorithm
from engine.api.budget import bytes_to_free
from engine.api.clock import seconds_awake
from engine.api.control import StopRequested
from engine.api.event import message_logged
from engine.api.events import IterationFinished, ParetoPoint, RemovalSet, SearchFinished
from engine.api.message import worded
from engine.fitness.objective import fitness_of
from engine.models.number_format import dtype_name
from engine.pipeline.hunt import Hunt, HuntOptions, Population, Spent
from engine.pipeline.stages.search_baselines import score_baselines
from engine.pipeline.stages.search_counters import Counters
from engine.pipeline.stages.search_folded import Answer, best_after_fold
from engine.pipeline.stages.search_start import searcher_for
from engine.pipeline.workspace import Workspace
from engine.search.importance import removal_frequency
from engine.search.limits import SearchLimits
from engine.search.pareto import pareto_front, weighted_cost
from engine.search.space import SearchSpace
from engine.search.warm_start import blocks_in_a_row


def search(workspace: Workspace) -> None:
    """Find the removal set within the run's budget that has the lowest fitness.

    Where layers differ in size and the budget is in bytes, a few large layers may serve as well as more small ones:
    every number of layers that can meet the budget is searched, and the best set wins.

    Where ``search.least_layers`` allows fewer layers, every number is searched in turn, the smallest first, each with
    an equal share of the time and the tokens. The sets that no other one beats in fitness, size and time at once are
    the Pareto front, and ``search.weights`` chooses from it.

    With compensation, the best sets of each number are folded and scored again, and the best after the fold wins,
    among the numbers too.

    A resumed search repeats the same search: its candidates are remembered, and iterations that the journal already
    holds are not emitted again.

    Raises:
        StopRequested: The user asked for it; with the mode ``keep_best``, ``SearchFinished`` is emitted before.
        LayerSwarmError: The config of the model's family can describe no removal set of this size.
        BadInput: The algorithm is not installed, or the model computes nan or inf.
    """
    _Search(workspace).run()


class _Search:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._settings = workspace.settings.search
        search_algorithm(self._settings.algorithm)  # refuses one that is not installed, before any model is loaded
        self._counts = workspace.layer_counts
        self._started = seconds_awake()
        self._seconds_before = workspace.state.times.of_stage("search")
        self._journalled = dict(workspace.state.iterations)
        self._counted = Counters(workspace, self._journalled)
        self._answers: dict[int, Answer] = {}
        self._offset = 0
        """Number of iterations for the numbers of layers searched so far."""
        self._met: dict[RemovalSet, float] = {}
        """Fitness of every candidate so far on the first level of the race."""

    def run(self) -> None:
        try:
            score_baselines(self._workspace)
            for k in self._counts:
                self._search_for(k)
        except StopRequested as stop:
            if stop.mode == "keep_best" and self._answers:
                self._finish(early=True)
            raise
        self._finish(early=False)

    def _search_for(self, k: int) -> None:
        """Search for the best set of k layers."""
        self._before: Spent = self._spent_until(self._offset - 1) if self._offset else (0, 0.0)
        workspace, space = self._workspace, SearchSpace(self._workspace.prunable, k)
        smaller = self._answers[k - 1].removed if k - 1 in self._answers else None
        searcher = searcher_for(workspace, workspace.scorer, self._settings, space, smaller)
        if self._offset in self._journalled:  # an earlier session counted the starting sets
            self._counted = Counters(workspace, self._journalled, self._offset)
        fitness = fitness_of(self._settings.objective)
        config = workspace.folder.config()
        options = HuntOptions(fitness, partial(_meets_budget, workspace), dtype_name(workspace.dtype))
        self._hunt = Hunt(config, space, searcher, workspace.scorer, self._settings.racing, options)
        self._report()
        for population in self._hunt.run(self._limits(), self._spent):
            self._met.update(zip(population.candidates, population.fitness, strict=True))
            if self._iteration not in self._journalled:
                workspace.emit(self._finished(population))
            if self._hunt.best is not None and math.isfinite(self._hunt.best[1]):
                self._answers[k] = Answer(*self._hunt.best)
            if workspace.keeps_best and self._answers and self._iteration + 1 not in self._journalled:
                raise StopRequested("keep_best")
            self._report()
        if k in self._answers:
            candidates = {
                removed: value
                for removed, value in self._met.items()
                if len(removed) == k and _meets_budget(workspace, removed) and math.isfinite(value)
            }
            blocks = [block for block in blocks_in_a_row(space) if self._hunt.allows(block)]
            keep = partial(self._answers.__setitem__, k)
            best_after_fold(workspace, candidates, blocks, fitness, self._answers[k], keep)
        if self._hunt.ended_by:
            workspace.emit(message_logged("info", self._hunt.ended_by))
        self._offset += self._hunt.iteration

    def _limits(self) -> SearchLimits:
        """Return the limits for one number of layers: an equal share of the whole."""
        shares = {
            name: limit / len(self._counts)
            for name in ("max_minutes", "max_tokens")
            if (limit := getattr(self._settings, name)) is not None
        }
        return SearchLimits(
            msgspec.structs.replace(self._settings, **shares), self._workspace.scorer.tokens_per_application
        )

    @property
    def _iteration(self) -> int:
        """Number of the iteration that has just ended, over all numbers of layers."""
        return self._offset + self._hunt.iteration - 1

    @property
    def _iterations(self) -> int:
        """Number of planned iterations, assuming that each remaining number of layers takes as many as this one."""
        left = len(self._counts) - self._counts.index(self._hunt.k)
        return self._offset + left * self._hunt.iterations

    def _report(self) -> None:
        done, planned = self._iteration + 1, self._iterations
        if not self._hunt.finished:
            words = worded("Iteration {0} of {1}", done + 1, planned)
            self._workspace.report(words, done, planned, whole_stage=True)

    def _spent(self) -> Spent:
        applications, seconds = self._spent_until(self._iteration)
        return applications - self._before[0], seconds - self._before[1]

    def _spent_until(self, iteration: int) -> Spent:
        """Return the cost of the search after an iteration; for a replayed one, the cost that the journal holds."""
        journalled = self._journalled.get(iteration)
        applications = journalled.layer_applications if journalled else self._counted.now()[2]
        return applications, 0.0 if iteration + 1 in self._journalled else self._seconds

    @property
    def _seconds(self) -> float:
        """Seconds spent on the search over all sessions of the run."""
        return self._seconds_before + seconds_awake() - self._started

    def _finished(self, population: Population) -> IterationFinished:
        removed, best = self._hunt.leader
        finite = [value for value in population.fitness if math.isfinite(value)] or [math.inf]
        evaluations, remembered, applications = self._counted.now()
        return IterationFinished(
            iteration=self._iteration,
            iterations=self._iterations,
            objective=self._settings.objective,
            best_fitness=best,
            best_removed=removed,
            mean_fitness=sum(finite) / len(finite),
            worst_fitness=max(finite),
            removal_frequency=removal_frequency(population.candidates, self._workspace.sizes.layers),
            candidates=population.candidates,
            fitness=population.fitness,
            level=self._workspace.scorer.levels[0],
            best_level=self._workspace.scorer.levels[-1],
            evaluations=evaluations,
            remembered=remembered,
            layer_applications=applications,
            layer_items=self._counted.layer_items,
            tokens=applications * self._workspace.scorer.tokens_per_application,
        )

    def _finish(self, early: bool) -> None:
        if not self._answers:
            self._hunt.result()  # raises: no number of layers has an answer
        self._warn_of_chance()
        front = pareto_front(self._points())
        chosen = min(front, key=lambda point: point.cost)
        evaluations, _, applications = self._counted.now()
        self._workspace.emit(
            SearchFinished(
                removed=chosen.removed,
                fitness=chosen.fitness,
                objective=self._settings.objective,
                level=self._workspace.scorer.levels[-1],
                evaluations=evaluations,
                layer_applications=applications,
                seconds=self._seconds,
                early=early,
                front=front if len(self._counts) > 1 else (),
            )
        )

    def _warn_of_chance(self) -> None:
        """Warn if the questions of a task distinguish no candidate from another."""
        answers = (answer.fitness for answer in self._answers.values())  # from all questions, not the first level's
        found = {value for value in (*self._met.values(), *answers) if math.isfinite(value)}
        if self._settings.objective != "task" or len(found) != 1 or len(self._met) < 2:
            return
        task, accuracy = self._settings.task, 1.0 - found.pop()
        self._workspace.emit(
            message_logged(
                "warning",
                worded(
                    "Every candidate has the same accuracy on {0}, {1:.4f}, so chance chose among them; ask more "
                    "questions (search.task_samples) or take another task.",
                    task,
                    accuracy,
                ),
            )
        )

    def _points(self) -> list[ParetoPoint]:
        """Return the best set of each number, all with their fitness after the fold or all without it.

        A search that is stopped, or runs out of memory, has folded the sets of some numbers only.
        """
        answers = list(self._answers.values())
        if any(answer.compensated_fitness is None for answer in answers):
            answers = [replace(answer, compensated_fitness=None) for answer in answers]
        return [self._point(answer) for answer in answers]

    def _point(self, answer: Answer) -> ParetoPoint:
        sizes, removed = self._workspace.sizes, answer.removed
        size = sizes.after(removed)[1]
        time_share = self._workspace.state.time_share(removed)
        point = ParetoPoint(
            removed=removed,
            fitness=answer.fitness,
            compensated_fitness=answer.compensated_fitness,
            bytes=size,
            time_share=time_share,
            cost=0.0,
        )
        on_purpose = self._settings.least_layers is not None
        final, shares = point.final_fitness, (size / sizes.bytes, time_share)
        cost = weighted_cost(final, *shares, self._settings.weights) if on_purpose else final
        return msgspec.structs.replace(point, cost=cost)


def _meets_budget(workspace: Workspace, removed: RemovalSet) -> bool:
    """Return whether a set frees enough bytes.

    Always true for a budget in layers, and where ``search.least_layers`` allows fewer layers.
    """
    settings, sizes = workspace.settings, workspace.sizes
    if settings.search.least_layers is not None or settings.budget.layers is not None:
        return True
    return sum(sizes.layer_bytes[layer] for layer in removed) >= bytes_to_free(settings.budget, sizes.bytes)
