"""(1 + lambda) evolution with swap mutation."""

from collections.abc import Callable, Sequence

import numpy as np

from engine.api.events import RemovalSet
from engine.api.settings import SearchSettings
from engine.search.searcher import Leader, Rounds, comparable
from engine.search.space import SearchSpace

_MOST_SWAPS = 3
_TRIES = 64


class SwapEvolution(Rounds):
    """EvoPress (Sieberling et al. 2024) for whole layers.

    Each iteration asks for ``population`` children of the one parent; a child differs from it in min(u, v) swaps of a
    removed layer with a kept one, u and v uniform in 1 to 3. The best child takes the parent's place when it is
    no worse. The first iteration is the starts, filled up with random sets. A child that was asked before is drawn
    again unless ``avoid_repeats`` is off.
    """

    def __init__(self, settings: SearchSettings, space: SearchSpace, starts: Sequence[RemovalSet]) -> None:
        super().__init__(iterations=settings.iterations if space.size > 1 else 1)
        self._settings = settings
        self._space = space
        self._rng = np.random.default_rng(settings.seed)
        self._asked_before: set[RemovalSet] = set()
        self._parent: RemovalSet = ()
        self._parent_fitness = np.inf
        count = settings.population if space.size > 1 else 1
        given = [*starts[: max(1, count // 2)]][:count]
        self._asked = [*given, *(self._fresh(self._anywhere) for _ in range(count - len(given)))]

    def ask(self) -> list[RemovalSet]:
        """The children of the present parent."""
        self._asked_before.update(self._asked)
        return list(self._asked)

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """The best child may take over, and has children of its own."""
        values = comparable(fitness)
        self.see(self._asked, values, leader)
        best = int(np.argmin(values))
        if leader is not None:
            self._parent, self._parent_fitness = leader
        elif self.iteration == 0 or values[best] <= self._parent_fitness:
            self._parent, self._parent_fitness = self._asked[best], values[best]
        self.iteration += 1
        if not self.finished:
            self._asked = [self._fresh(self._child) for _ in self._asked]

    def _anywhere(self) -> RemovalSet:
        return self._space.random(self._rng)

    def _child(self) -> RemovalSet:
        swaps = int(self._rng.integers(1, _MOST_SWAPS + 1, size=2).min())
        return self._space.swapped(self._parent, swaps, self._rng)

    def _fresh(self, draw: Callable[[], RemovalSet]) -> RemovalSet:
        """A set that was not asked before, where one is found."""
        removed = draw()
        if self._settings.avoid_repeats:
            for _ in range(_TRIES if len(self._asked_before) < self._space.size else 0):
                if removed not in self._asked_before:
                    break
                removed = draw()
            self._asked_before.add(removed)
        return removed
