"""Greedy removal: a baseline that removes one layer at a time."""

import math
from collections.abc import Sequence

from engine.api.events import RemovalSet
from engine.search.searcher import Leader, Rounds, SearchProblem, comparable
from engine.search.space import SearchSpace

_SHORTEST = 4


class GreedyRemoval(Rounds):
    """Removes, in each of k rounds, the layer whose removal costs least.

    This is SLEB (Song et al. 2024, https://arxiv.org/abs/2402.09025). Candidates of all rounds but the last have fewer
    than k layers and are no answers.

    Args:
        space: The removal sets.
        shortlist: Share of the remaining layers that a round tries: those that cost least when last tried, and the
            neighbours of removed layers, whose removal may have made them cheaper. 1 tries all, as published.
    """

    def __init__(self, space: SearchSpace, shortlist: float = 1.0) -> None:
        super().__init__(iterations=max(space.k, 1))
        self._space = space
        self._shortlist = shortlist
        self._taken: RemovalSet = ()
        self._ranking = list(space.prunable)
        """The remaining layers: those of the latest round first, cheapest first."""

    @classmethod
    def of(cls, problem: SearchProblem) -> "GreedyRemoval":
        """Return the search as published, which tries every layer."""
        return cls(problem.space)

    def ask(self) -> list[RemovalSet]:
        """Return the removed layers with one more added, for each layer that the round tries."""
        if self._space.k == 0:
            return [()]
        return [tuple(sorted((*self._taken, layer))) for layer in self._tried()]

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """Remove the cheapest layer.

        Args:
            fitness: Fitness of each candidate in the order of ``ask``.
            leader: The best candidate of the round by its score on all text; its layers are removed.

        Raises:
            ValueError: There are more or fewer values than candidates.
        """
        self.forget()  # a set with one layer more is always worse than the one before
        values = comparable(fitness)
        self.see(self.ask(), values, leader)
        if self._space.k:
            tried = dict(zip(self._tried(), values, strict=True))
            self._taken = self.best[0]
            ranked = sorted(self._ranking, key=lambda layer: tried.get(layer, math.inf))
            self._ranking = [layer for layer in ranked if not self._is_removed(layer)]
        self.iteration += 1

    def _tried(self) -> list[int]:
        if self.iteration == 0:
            return self._ranking
        count = max(_SHORTEST, round(self._shortlist * len(self._ranking)))
        cheap, others = self._ranking[:count], self._ranking[count:]
        return cheap + [layer for layer in others if self._is_removed(layer - 1) or self._is_removed(layer + 1)]

    def _is_removed(self, layer: int) -> bool:
        return layer in self._taken
