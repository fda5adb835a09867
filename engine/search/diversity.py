"""Keep a search from asking for the same candidates again.

Rank decoding maps many positions to one removal set. A textbook swarm that converges on its best set soon asks for
nothing else and stops finding better ones. Here a repeated candidate is replaced by a neighbour: one removed layer
swaps with a kept one, in the particle's own position, until the set is new.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import numpy as np

from engine.api.events import RemovalSet
from engine.search.encoding import Positions, decode, swap
from engine.search.space import SearchSpace

TRIES = 64
"""Draws before a search gives up looking for a new candidate."""
_WIDENING = 8
"""Number of failed tries after which one more swap is made."""

T = TypeVar("T")


def draw_until_new(draw: Callable[[int], T], is_new: Callable[[T], bool], most: int = TRIES) -> T:
    """Return the first draw that is new, or the last draw if none is.

    Args:
        draw: Draws a candidate; takes the number of draws before it.
        is_new: Whether a candidate has not been asked for before.
        most: Largest number of draws, at least 1.
    """
    drawn = draw(0)
    for attempt in range(1, most):
        if is_new(drawn):
            break
        drawn = draw(attempt)
    return drawn


class Novelty:
    """Records the candidates of a search and replaces repeated ones by neighbours.

    Args:
        space: The removal sets.
        rng: Chooses the swaps.
    """

    def __init__(self, space: SearchSpace, rng: np.random.Generator) -> None:
        self._space = space
        self._rng = rng
        self._asked: set[RemovalSet] = set()

    def fresh(self, position: Positions) -> Positions:
        """Return a position [n] near the given one whose removal set was not asked for before.

        Return the same position if its set is new already, or if no new set is found, as near the end of a small
        space.
        """
        new = decode(position, self._space) not in self._asked
        return self._noted(position if new else self._near(position))

    def fresh_neighbour(self, position: Positions) -> Positions:
        """Return a position [n] like ``fresh``, but not the given one, even where its set is new."""
        return self._noted(self._near(position))

    def is_new(self, removed: RemovalSet) -> bool:
        """Return whether a set was not asked for before."""
        return removed not in self._asked

    def note(self, candidates: Iterable[RemovalSet]) -> None:
        """Record candidates as asked for."""
        self._asked.update(candidates)

    def _noted(self, position: Positions) -> Positions:
        self._asked.add(decode(position, self._space))
        return position

    def _near(self, position: Positions) -> Positions:
        """Return a neighbour whose set is new, or the position itself where none is found."""
        if len(self._asked) >= self._space.size:
            return position
        near = draw_until_new(lambda attempt: self._moved(position, attempt), self._is_new_at)
        return near if self._is_new_at(near) else position

    def _is_new_at(self, position: Positions) -> bool:
        return self.is_new(decode(position, self._space))

    def _moved(self, position: Positions, attempt: int) -> Positions:
        for _ in range(1 + attempt // _WIDENING):
            position = neighbour(position, self._space, self._rng)
        return position


def neighbour(position: Positions, space: SearchSpace, rng: np.random.Generator) -> Positions:
    """Return the position [n] with a random removed layer and a random kept layer swapped, all equally likely."""
    if space.k in (0, space.n):
        return position
    order = np.argsort(-position, kind="stable")
    return swap(position, int(rng.choice(order[: space.k])), int(rng.choice(order[space.k :])))


def neighbourhood(removed: RemovalSet, space: SearchSpace, rng: np.random.Generator) -> list[RemovalSet]:
    """Return all sets one swap away from ``removed``, and at most as many random ones two swaps away."""
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
