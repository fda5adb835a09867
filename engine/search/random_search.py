"""Random search: the baseline that every search must beat."""

from collections.abc import Sequence

import numpy as np

from engine.api.events import RemovalSet
from engine.api.settings import SearchSettings
from engine.search.searcher import Best, comparable
from engine.search.space import SearchSpace

_TRIES = 64


class RandomSearch:
    """Removal sets drawn with equal chances, none twice until the space is nearly used up."""

    def __init__(self, settings: SearchSettings, space: SearchSpace) -> None:
        self._space = space
        self._rng = np.random.default_rng(settings.seed)
        self._population = min(settings.population, space.size)
        self._known: set[RemovalSet] = set()
        self._asked: list[RemovalSet] | None = None
        self._best = Best()
        self.iterations = min(settings.iterations, -(-space.size // self._population))
        self.iteration = 0

    @property
    def finished(self) -> bool:
        """Whether all iterations are over."""
        return self.iteration >= self.iterations

    @property
    def best(self) -> tuple[RemovalSet, float]:
        """The best candidate so far and its fitness."""
        return self._best.pair

    def ask(self) -> list[RemovalSet]:
        """New random sets."""
        if self._asked is None:
            self._asked = [self._draw() for _ in range(self._population)]
        return list(self._asked)

    def tell(self, fitness: Sequence[float]) -> None:
        """Remember the best."""
        self._best.see(self.ask(), comparable(fitness))
        self._asked = None
        self.iteration += 1

    def _draw(self) -> RemovalSet:
        for _ in range(_TRIES):
            removed = self._space.random(self._rng)
            if removed not in self._known:
                break
        self._known.add(removed)
        return removed
