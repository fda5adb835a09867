"""Random search: the baseline that every other search must beat."""

from collections.abc import Sequence

from engine.api.events import RemovalSet
from engine.search.diversity import draw_until_new
from engine.search.searcher import Leader, Rounds, SearchProblem, comparable


class RandomSearch(Rounds):
    """Draws removal sets uniformly, without repeats until the space is nearly used up.

    Reference: Bergstra and Bengio 2012, https://www.jmlr.org/papers/v13/bergstra12a.html.

    Args:
        problem: Settings and space; there are no more iterations than it takes to draw every set.
    """

    def __init__(self, problem: SearchProblem) -> None:
        settings, space = problem.settings, problem.space
        self._population = min(settings.population, space.size)
        super().__init__(iterations=min(settings.iterations, -(-space.size // self._population)))
        self._space = space
        self._rng = problem.rng
        self._known: set[RemovalSet] = set()
        self._asked: list[RemovalSet] | None = None

    def ask(self) -> list[RemovalSet]:
        """Return new random sets."""
        if self._asked is None:
            self._asked = [self._draw() for _ in range(self._population)]
        return list(self._asked)

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """Keep the best set.

        Args:
            fitness: Fitness of each candidate in the order of ``ask``.
            leader: The best candidate so far by its score on all text.

        Raises:
            ValueError: There are more or fewer values than candidates.
        """
        self.see(self.ask(), comparable(fitness), leader)
        self._asked = None
        self.iteration += 1

    def _draw(self) -> RemovalSet:
        removed = draw_until_new(lambda _: self._space.random(self._rng), lambda drawn: drawn not in self._known)
        self._known.add(removed)
        return removed
