"""Measure the one removal set that a published criterion proposes, without searching."""

from collections.abc import Sequence

from engine.api.events import RemovalSet
from engine.search.searcher import Leader, Rounds, SearchProblem, comparable


class Proposal(Rounds):
    """Asks for a single removal set, once.

    The criteria are Block Influence (ShortGPT, Men et al. 2024, https://arxiv.org/abs/2403.03853) and angular distance
    (Gromov et al. 2024, https://arxiv.org/abs/2403.17887); ``engine.search.starting_sets`` applies them.

    Args:
        removed: The proposed set.
    """

    def __init__(self, removed: RemovalSet) -> None:
        super().__init__(iterations=1)
        self._removed = removed

    @classmethod
    def of(cls, problem: SearchProblem) -> "Proposal":
        """Return the proposal of the first start."""
        return cls(problem.starts[0])

    def ask(self) -> list[RemovalSet]:
        """Return the proposed set."""
        return [self._removed]

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """Take the fitness of the proposed set.

        Args:
            fitness: One value.
            leader: The proposed set and its score on all text.

        Raises:
            ValueError: There is not exactly one value.
        """
        self.see(self.ask(), comparable(fitness), leader)
        self.iteration += 1
