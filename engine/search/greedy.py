"""Greedy removal: the baseline that takes one layer at a time."""

from collections.abc import Sequence

from engine.api.events import RemovalSet
from engine.search.searcher import Best, comparable
from engine.search.space import SearchSpace


class GreedyRemoval:
    """In each of k rounds the layer goes whose removal costs least (SLEB, Song et al. 2024).

    Its candidates on the way are smaller than k; only those of the last round are answers.
    """

    def __init__(self, space: SearchSpace) -> None:
        self._space = space
        self._taken: RemovalSet = ()
        self._best = Best()
        self.iteration = 0

    @property
    def iterations(self) -> int:
        """One for each layer; one also when no layer is asked."""
        return max(self._space.k, 1)

    @property
    def finished(self) -> bool:
        """Whether all rounds are over."""
        return self.iteration >= self.iterations

    @property
    def best(self) -> tuple[RemovalSet, float]:
        """What the latest round took, and its fitness."""
        return self._best.pair

    def ask(self) -> list[RemovalSet]:
        """What is taken so far and one layer more, for each layer that is left."""
        if self._space.k == 0:
            return [()]
        left = [layer for layer in self._space.prunable if layer not in self._taken]
        return [tuple(sorted((*self._taken, layer))) for layer in left]

    def tell(self, fitness: Sequence[float]) -> None:
        """Take the cheapest layer."""
        round_best = Best()
        round_best.see(self.ask(), comparable(fitness))
        self._best = round_best
        self._taken = round_best.removed
        self.iteration += 1
