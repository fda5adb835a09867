"""What every search algorithm is: it asks for the scores of a population and is told them."""

import math
from collections.abc import Sequence
from typing import Protocol

from engine.api.events import RemovalSet

Leader = tuple[RemovalSet, float]
"""A removal set and its fitness."""


class Searcher(Protocol):
    """A search that is driven from outside.

    ``ask`` answers the whole population of an iteration at once, so that whoever scores it can share work between
    candidates; ``tell`` takes their fitness in the same order and ends the iteration. On how much text a population is
    scored is not the searcher's affair: it must only be the same for all that it is told. Where that is less than all
    of it, the leader, the best of those scored on all, is named beside them.

    A searcher is deterministic in its settings, its seed and what it is told.
    """

    @property
    def iterations(self) -> int:
        """How many iterations are planned."""

    @property
    def iteration(self) -> int:
        """How many iterations are over: the number of the next one, from 0."""

    @property
    def finished(self) -> bool:
        """Whether nothing more will be asked."""

    @property
    def best(self) -> Leader:
        """The best candidate so far and its fitness, or the leader named last; only after the first ``tell``."""

    def ask(self) -> list[RemovalSet]:
        """The next population. Asking again before telling answers the same."""

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """End the iteration.

        Args:
            fitness: of each candidate asked for; lower is better, and a fitness that is no number is worst.
            leader: the best candidate so far by a fitness of its own kind, which takes the place of the best told.
        """


class Rounds:
    """What every searcher keeps: how many iterations are over, and the best candidate that was told."""

    def __init__(self, iterations: int) -> None:
        self.iterations = iterations
        self.iteration = 0
        self._best: Leader | None = None

    @property
    def finished(self) -> bool:
        """Whether all iterations are over."""
        return self.iteration >= self.iterations

    @property
    def best(self) -> Leader:
        """The best candidate so far and its fitness."""
        if self._best is None:
            raise RuntimeError("nothing has been told yet")
        return self._best

    def see(self, candidates: Sequence[RemovalSet], fitness: Sequence[float], leader: Leader | None) -> None:
        """Keep the leader if there is one, else the best; of equals the first."""
        if leader is not None:
            self._best = leader
            return
        for removed, value in zip(candidates, fitness, strict=True):
            if self._best is None or value < self._best[1]:
                self._best = removed, value

    def forget(self) -> None:
        """Begin anew, where what was told is not comparable with what comes."""
        self._best = None


def comparable(fitness: Sequence[float]) -> list[float]:
    """Every value that is no number made infinite: a model that gives none is the worst there is."""
    return [math.inf if math.isnan(value) else float(value) for value in fitness]
