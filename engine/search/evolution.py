"""(1 + lambda) evolution with swap mutation."""

from collections.abc import Callable, Sequence

import numpy as np

from engine.api.events import RemovalSet
from engine.search.diversity import TRIES, draw_until_new
from engine.search.searcher import Leader, Rounds, SearchProblem, comparable

_MOST_SWAPS = 3


class SwapEvolution(Rounds):
    """EvoPress (Sieberling et al. 2024, https://arxiv.org/abs/2410.14649) for whole layers.

    Each iteration asks for ``population`` children of one parent. A child differs from it in min(u, v) swaps of a
    removed layer with a kept one, u and v uniform in 1 to 3. The best child replaces the parent if it is at least as
    good. The first iteration consists of the starts, filled up with random sets. A child that was asked for before is
    drawn again, unless ``avoid_repeats`` is off.

    Args:
        problem: Settings, space and starts; at most half of the first population is taken from the starts.
    """

    def __init__(self, problem: SearchProblem) -> None:
        settings, space, starts = problem.settings, problem.space, problem.starts
        super().__init__(iterations=settings.iterations if space.size > 1 else 1)
        self._settings = settings
        self._space = space
        self._rng = problem.rng
        self._asked_before: set[RemovalSet] = set()
        self._parent: RemovalSet = ()
        self._parent_fitness = np.inf
        count = settings.population if space.size > 1 else 1
        given = [*starts[: max(1, count // 2)]][:count]
        self._asked = [*given, *(self._fresh(self._anywhere) for _ in range(count - len(given)))]

    def ask(self) -> list[RemovalSet]:
        """Return the children of the current parent."""
        self._asked_before.update(self._asked)
        return list(self._asked)

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """Replace the parent if a child is at least as good, and draw the next children.

        Args:
            fitness: Fitness of each candidate in the order of ``ask``.
            leader: The best candidate so far by its score on all text; it becomes the parent.

        Raises:
            ValueError: There are more or fewer values than candidates.
        """
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
        """Return a set that was not asked for before, if one is found."""
        if not self._settings.avoid_repeats:
            return draw()
        redraws = TRIES if len(self._asked_before) < self._space.size else 0
        removed = draw_until_new(lambda _: draw(), lambda drawn: drawn not in self._asked_before, 1 + redraws)
        self._asked_before.add(removed)
        return removed
