"""Greedy removal: the baseline that takes one layer at a time."""

import math
from collections.abc import Sequence

from engine.api.events import RemovalSet
from engine.search.searcher import Leader, Rounds, comparable
from engine.search.space import SearchSpace

_SHORTEST = 4


class GreedyRemoval(Rounds):
    """In each of k rounds the layer goes whose removal costs least (SLEB, Song et al. 2024).

    Its candidates on the way are smaller than k; only those of the last round are answers.

    Args:
        space: the removal sets.
        shortlist: share of the layers that are left which a round tries: those that cost least when last tried, and
            the neighbours of what is gone, which its going may have made cheaper. 1 tries all, as published.
    """

    def __init__(self, space: SearchSpace, shortlist: float = 1.0) -> None:
        super().__init__(iterations=max(space.k, 1))
        self._space = space
        self._shortlist = shortlist
        self._taken: RemovalSet = ()
        self._ranking = list(space.prunable)
        """The layers that are left: those tried last first, cheapest first."""

    def ask(self) -> list[RemovalSet]:
        """What is taken so far and one layer more, for each layer that is tried."""
        if self._space.k == 0:
            return [()]
        return [tuple(sorted((*self._taken, layer))) for layer in self._tried()]

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """Take the cheapest layer."""
        self.forget()  # a set of one layer more is always worse than the one before
        values = comparable(fitness)
        self.see(self.ask(), values, leader)
        if self._space.k:
            tried = dict(zip(self._tried(), values, strict=True))
            self._taken = self.best[0]
            ranked = sorted(self._ranking, key=lambda layer: tried.get(layer, math.inf))
            self._ranking = [layer for layer in ranked if not self._gone(layer)]
        self.iteration += 1

    def _tried(self) -> list[int]:
        if self.iteration == 0:
            return self._ranking
        count = max(_SHORTEST, round(self._shortlist * len(self._ranking)))
        cheap, others = self._ranking[:count], self._ranking[count:]
        return cheap + [layer for layer in others if self._gone(layer - 1) or self._gone(layer + 1)]

    def _gone(self, layer: int) -> bool:
        return layer in self._taken
