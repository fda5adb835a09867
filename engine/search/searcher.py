"""The contract of a search algorithm: ask for a population, tell its fitness, until the search has finished.

The interface is the ask-and-tell interface of Collette et al. 2013 (https://doi.org/10.1002/9781118600207.ch14), as
in Optuna, Nevergrad and CMA-ES. ``docs/adding_an_algorithm.md`` shows a complete searcher in a package of its own.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.api.events import RemovalSet
from engine.api.settings import SearchSettings
from engine.search.space import SearchSpace

Leader = tuple[RemovalSet, float]
"""A removal set and its fitness."""


@dataclass(frozen=True)
class SearchProblem:
    """Everything that a searcher is made from. Fields may be added to it, but not removed."""

    settings: SearchSettings
    """``population``, ``iterations`` and the parameters of the algorithm."""
    space: SearchSpace
    """The removal sets: all sets of exactly ``k`` of the layers ``prunable``."""
    starts: Sequence[RemovalSet]
    """Removal sets to begin with, the most promising first, as the algorithm's record asks for them; may be empty."""
    single_cost: Mapping[int, float]
    """Fitness of each layer when it alone is removed, by layer, as far as the analysis has measured it."""
    rng: np.random.Generator
    """The only source of randomness, seeded with ``settings.seed``."""


class Searcher(Protocol):
    """A search that is driven from outside.

    The driver alternates ``ask`` and ``tell`` until ``finished`` is true::

        while not searcher.finished:
            searcher.tell([fitness(removed) for removed in searcher.ask()])

    ``ask`` returns the whole population of an iteration at once, so that the evaluator can share work between
    candidates. The searcher does not care how much text was scored, as long as all scores it is given used the same
    amount. Where that is less than all of it, ``tell`` also gets the leader: the best of the candidates that were
    scored on all text.

    A searcher must be deterministic: the same problem, the same draws of ``problem.rng`` and the same fitness must
    lead to the same candidates. It must not use any other source of randomness, the time, or the order of a ``set``. A
    run that is resumed depends on it, since it replays the search against the scores in its journal. For the same
    reason a searcher keeps its state in memory only and need not save it.

    A search may end before ``finished`` is true: when a limit is reached or the user stops it. The result is then the
    best candidate so far, so a searcher need not do anything at its end.
    """

    @property
    def iterations(self) -> int:
        """Number of planned iterations; may change while the search goes on."""

    @property
    def iteration(self) -> int:
        """Number of completed iterations. ``tell`` increments it."""

    @property
    def finished(self) -> bool:
        """Whether the search is over and ``ask`` must not be called again."""

    @property
    def best(self) -> Leader:
        """The best candidate so far and its fitness, or the last leader that ``tell`` was given.

        Raises:
            RuntimeError: ``tell`` has not been called yet.
        """

    def ask(self) -> list[RemovalSet]:
        """Return the next population; calling it again before ``tell`` returns the same one.

        Returns:
            At least one candidate, each a sorted tuple of distinct layers of ``space.prunable``. All have the same
            number of layers: ``space.k``, or fewer while a set is being built up. Repeats are allowed and cost
            nothing.
        """

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """Take the fitness of the population and end the iteration.

        Args:
            fitness: Fitness of each candidate in the order of ``ask``; lower is better. It is infinite for a set that
                the model's config cannot describe or the budget does not allow; nan counts as worst.
            leader: The best candidate so far by its score on all text, which replaces the best of ``fitness``.

        Raises:
            ValueError: There are more or fewer values than candidates.
        """


class Rounds:
    """Implements the bookkeeping of a ``Searcher``: completed iterations and the best candidate.

    A subclass defines ``ask`` and ``tell``; its ``tell`` calls ``see`` and increments ``iteration``.

    Args:
        iterations: Number of planned iterations.
    """

    def __init__(self, iterations: int) -> None:
        self.iterations = iterations
        self.iteration = 0
        self._best: Leader | None = None

    @property
    def finished(self) -> bool:
        """Whether all iterations are completed."""
        return self.iteration >= self.iterations

    @property
    def best(self) -> Leader:
        """The best candidate so far and its fitness.

        Raises:
            RuntimeError: No fitness has been given yet.
        """
        if self._best is None:
            raise RuntimeError("there is no best candidate before the first tell()")
        return self._best

    def see(self, candidates: Sequence[RemovalSet], fitness: Sequence[float], leader: Leader | None) -> None:
        """Keep the leader if there is one, else the best candidate; the first one of equals.

        Args:
            candidates: The population.
            fitness: Fitness of each candidate, without nan.
            leader: The leader that ``tell`` was given.

        Raises:
            ValueError: There are more or fewer values than candidates.
        """
        if leader is not None:
            self._best = leader
            return
        for removed, value in zip(candidates, fitness, strict=True):
            if self._best is None or value < self._best[1]:
                self._best = removed, value

    def forget(self) -> None:
        """Discard the best candidate, where later candidates are not comparable with earlier ones."""
        self._best = None


def comparable(fitness: Sequence[float]) -> list[float]:
    """Return the values with every nan replaced by infinity, which makes it the worst."""
    return [math.inf if math.isnan(value) else float(value) for value in fitness]
