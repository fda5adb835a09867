"""A removal set that a published criterion names at once: nothing is searched, only measured."""

from collections.abc import Sequence

from engine.api.events import RemovalSet
from engine.search.searcher import Leader, Rounds, comparable


class Proposal(Rounds):
    """Asks for one removal set, once."""

    def __init__(self, removed: RemovalSet) -> None:
        super().__init__(iterations=1)
        self._removed = removed

    def ask(self) -> list[RemovalSet]:
        """The set."""
        return [self._removed]

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """Take its fitness."""
        self.see(self.ask(), comparable(fitness), leader)
        self.iteration += 1
