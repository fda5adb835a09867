"""Greedy removal: the baseline that takes one layer at a time."""

from collections.abc import Sequence

from engine.api.events import RemovalSet
from engine.search.searcher import Leader, Rounds, comparable
from engine.search.space import SearchSpace


class GreedyRemoval(Rounds):
    """In each of k rounds the layer goes whose removal costs least (SLEB, Song et al. 2024).

    Its candidates on the way are smaller than k; only those of the last round are answers.
    """

    def __init__(self, space: SearchSpace) -> None:
        super().__init__(iterations=max(space.k, 1))
        self._space = space
        self._taken: RemovalSet = ()

    def ask(self) -> list[RemovalSet]:
        """What is taken so far and one layer more, for each layer that is left."""
        if self._space.k == 0:
            return [()]
        left = [layer for layer in self._space.prunable if layer not in self._taken]
        return [tuple(sorted((*self._taken, layer))) for layer in left]

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """Take the cheapest layer."""
        self.forget()  # a set of one layer more is always worse than the one before
        self.see(self.ask(), comparable(fitness), leader)
        self._taken = self.best[0]
        self.iteration += 1
