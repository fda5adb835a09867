"""Racing: many candidates on a few windows, the promising ones on all of them."""

import math
from collections.abc import Sequence
from typing import Protocol

from engine.api.events import RemovalSet
from engine.fitness.memory import Score
from engine.fitness.objective import Fitness, kl_of


class Scorer(Protocol):
    """What a race needs of an evaluator."""

    levels: tuple[int, ...]

    def scores(self, population: Sequence[RemovalSet], level: int | None = None) -> list[Score]:
        """The score of each removal set at a level."""


def first_level_fitness(scorer: Scorer, population: Sequence[RemovalSet], fitness: Fitness = kl_of) -> list[float]:
    """Return the fitness of each removal set on the scorer's first, cheapest level."""
    return [fitness(score) for score in scorer.scores(population, scorer.levels[0])]


class Race:
    """Runs populations through the evaluator's nested levels and keeps the champions.

    All candidates are scored on the first level; of each level the best ``promoted_share`` go on to the next. A
    candidate is only ever compared with others of its own level, and a champion only with candidates scored on all
    windows: so the champion is the best of everything that was fully scored.

    Args:
        scorer: the evaluator.
        promoted_share: above 0, at most 1.
        fitness: what is compared of a score; lower is better.
    """

    def __init__(self, scorer: Scorer, promoted_share: float, fitness: Fitness = kl_of) -> None:
        self._scorer = scorer
        self._share = promoted_share
        self._fitness = fitness
        self._champions: dict[int, tuple[RemovalSet, float]] = {}

    def run(self, population: Sequence[RemovalSet]) -> list[float]:
        """The fitness of each candidate on the first level; the best of the last level may become champion."""
        first, *others = self._scorer.levels
        values = self._values(population, first)
        racing = dict(zip(population, values, strict=True))
        for level in others:
            promoted = sorted(racing, key=racing.__getitem__)[: math.ceil(self._share * len(racing))]
            racing = dict(zip(promoted, self._values(promoted, level), strict=True))
        for removed, value in racing.items():
            self._challenge(removed, value)
        return values

    def champion(self, size: int) -> tuple[RemovalSet, float] | None:
        """The best set of ``size`` layers that was scored on all windows, and its fitness; None before the first."""
        return self._champions.get(size)

    def _values(self, population: Sequence[RemovalSet], level: int) -> list[float]:
        return [self._fitness(score) for score in self._scorer.scores(population, level)]

    def _challenge(self, removed: RemovalSet, value: float) -> None:
        champion = self._champions.get(len(removed))
        if champion is None or value < champion[1]:
            self._champions[len(removed)] = removed, value
