"""Keeping a swarm from asking the same thing again.

Rank decoding maps many positions to one removal set. A textbook swarm that closes in on its best soon asks for nothing
else, and stops finding anything. Here a candidate that was asked before is answered with a move: one removed layer
changes places with a kept one, in the particle's own position, until the set is new.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from engine.api.events import RemovalSet
from engine.search.encoding import Positions, decode, swap
from engine.search.space import SearchSpace

_TRIES = 64
_WIDENING = 8
"""After so many tries in vain a further swap is added."""


class Novelty:
    """Remembers what was asked and turns repeats into neighbours."""

    def __init__(self, space: SearchSpace, rng: np.random.Generator) -> None:
        self._space = space
        self._rng = rng
        self._asked: set[RemovalSet] = set()

    def fresh(self, position: Positions) -> Positions:
        """A position [n] near the given one whose removal set was not asked before.

        The same position when it is new already, or when no new one is found: near the end of a small space.
        """
        new = decode(position, self._space) not in self._asked
        return self._noted(position if new else self._near(position))

    def fresh_neighbour(self, position: Positions) -> Positions:
        """As ``fresh``, but never the position itself."""
        return self._noted(self._near(position))

    def is_new(self, removed: RemovalSet) -> bool:
        """Whether this set was not asked before."""
        return removed not in self._asked

    def note(self, candidates: Iterable[RemovalSet]) -> None:
        """Remember sets that are asked."""
        self._asked.update(candidates)

    def _noted(self, position: Positions) -> Positions:
        self._asked.add(decode(position, self._space))
        return position

    def _near(self, position: Positions) -> Positions:
        for attempt in range(_TRIES if len(self._asked) < self._space.size else 0):
            moved = position
            for _ in range(1 + attempt // _WIDENING):
                moved = neighbour(moved, self._space, self._rng)
            if decode(moved, self._space) not in self._asked:
                return moved
        return position


def neighbour(position: Positions, space: SearchSpace, rng: np.random.Generator) -> Positions:
    """One removed layer changes places with a kept one, each with the same chance."""
    if space.k in (0, space.n):
        return position
    order = np.argsort(-position, kind="stable")
    return swap(position, int(rng.choice(order[: space.k])), int(rng.choice(order[space.k :])))


def neighbourhood(removed: RemovalSet, space: SearchSpace, rng: np.random.Generator) -> list[RemovalSet]:
    """Every set that differs from ``removed`` by one swap, and as many again, at most, that differ by two."""
    near = {_swapped(removed, {out: into}) for out in removed for into in space.prunable if into not in removed}
    kept = [layer for layer in space.prunable if layer not in removed]
    far: set[RemovalSet] = set()
    if min(len(removed), len(kept)) >= 2:
        for _ in near:
            leaving, entering = rng.choice(removed, 2, replace=False), rng.choice(kept, 2, replace=False)
            far.add(_swapped(removed, dict(zip(leaving.tolist(), entering.tolist(), strict=True))))
    return sorted(near) + sorted(far)


def _swapped(removed: RemovalSet, exchange: Mapping[int, int]) -> RemovalSet:
    return tuple(sorted(exchange.get(layer, layer) for layer in removed))
