"""Random search: the baseline that every search must beat."""

from collections.abc import Sequence

import numpy as np

from engine.api.events import RemovalSet
from engine.api.settings import SearchSettings
from engine.search.searcher import Leader, Rounds, comparable
from engine.search.space import SearchSpace

_TRIES = 64


class RandomSearch(Rounds):
    """Removal sets drawn with equal chances, none twice until the space is nearly used up."""

    def __init__(self, settings: SearchSettings, space: SearchSpace) -> None:
        self._population = min(settings.population, space.size)
        super().__init__(iterations=min(settings.iterations, -(-space.size // self._population)))
        self._space = space
        self._rng = np.random.default_rng(settings.seed)
        self._known: set[RemovalSet] = set()
        self._asked: list[RemovalSet] | None = None

    def ask(self) -> list[RemovalSet]:
        """New random sets."""
        if self._asked is None:
            self._asked = [self._draw() for _ in range(self._population)]
        return list(self._asked)

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """Remember the best."""
        self.see(self.ask(), comparable(fitness), leader)
        self._asked = None
        self.iteration += 1

    def _draw(self) -> RemovalSet:
        for _ in range(_TRIES):
            removed = self._space.random(self._rng)
            if removed not in self._known:
                break
        self._known.add(removed)
        return removed
