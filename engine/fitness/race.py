"""Racing: score many candidates on a few windows, and the promising ones on all windows."""

import math
from collections.abc import Sequence
from typing import Protocol

from engine.api.events import RemovalSet
from engine.fitness.memory import Score
from engine.fitness.objective import Fitness, kl_of


class Scorer(Protocol):
    """The part of an evaluator that a race needs."""

    levels: tuple[int, ...]

    def scores(self, population: Sequence[RemovalSet], level: int | None = None) -> list[Score]:
        """Return the score of each removal set at a level, by default the full one."""


def first_level_fitness(scorer: Scorer, population: Sequence[RemovalSet], fitness: Fitness = kl_of) -> list[float]:
    """Return the fitness of each removal set on the scorer's first, cheapest level."""
    return [fitness(score) for score in scorer.scores(population, scorer.levels[0])]


class Race:
    """Runs populations through the evaluator's nested levels and keeps the champions.

    All candidates are scored on the first level; the best ``promoted_share`` of each level advance to the next.
    Candidates are compared within their level only, and a champion only with candidates that were scored on all
    windows, so the champion is the best of all fully scored candidates.

    Args:
        scorer: The evaluator.
        promoted_share: Share of each level that advances, above 0 and at most 1.
        fitness: The figure of a score to compare; lower is better.
    """

    def __init__(self, scorer: Scorer, promoted_share: float, fitness: Fitness = kl_of) -> None:
        self._scorer = scorer
        self._share = promoted_share
        self._fitness = fitness
        self._champions: dict[int, tuple[RemovalSet, float]] = {}

    def run(self, population: Sequence[RemovalSet]) -> list[float]:
        """Return the fitness of each candidate on the first level; the best of the last level may become champion."""
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
        """Return the best fully scored set of ``size`` layers and its fitness, or None before there is one."""
        return self._champions.get(size)

    def _values(self, population: Sequence[RemovalSet], level: int) -> list[float]:
        return [self._fitness(score) for score in self._scorer.scores(population, level)]

    def _challenge(self, removed: RemovalSet, value: float) -> None:
        champion = self._champions.get(len(removed))
        if champion is None or value < champion[1]:
            self._champions[len(removed)] = removed, value
