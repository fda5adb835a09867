"""Rank decoding: a position is one real score for each prunable layer, and the k highest are removed.

So every position is a removal set of exactly k layers, and continuous swarms search a discrete space.
"""

import numpy as np
from numpy.typing import NDArray

from engine.api.events import RemovalSet
from engine.search.space import SearchSpace

Positions = NDArray[np.float64]
"""[population, n] or [n], within LOW to HIGH."""

LOW, HIGH = -1.0, 1.0


def decode(position: Positions, space: SearchSpace) -> RemovalSet:
    """The removal set of a position [n]; of equal scores the lower layer goes first."""
    ranked = np.argsort(-position, kind="stable")[: space.k]
    return tuple(sorted(space.prunable[index] for index in ranked))


def encode(removed: RemovalSet, space: SearchSpace, rng: np.random.Generator) -> Positions:
    """A position [n] that decodes to ``removed``: its layers score above 0, the others below, each by chance."""
    chosen = np.isin(space.prunable, removed)
    distance = rng.uniform(0.1, HIGH, size=space.n)
    return np.where(chosen, distance, -distance)


def swap(position: Positions, leaving: int, entering: int) -> Positions:
    """The position with the scores of two layers exchanged, given by their places among the prunable ones."""
    moved = position.copy()
    moved[[leaving, entering]] = position[[entering, leaving]]
    return moved
