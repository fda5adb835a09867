"""Rank decoding: map real-valued positions to removal sets.

A position holds one score for each prunable layer, and the k layers with the highest scores are removed. Every
position therefore is a removal set of exactly k layers, and continuous swarms can search a discrete space. This is the
random-key encoding of Bean 1994 (https://doi.org/10.1287/ijoc.6.2.154).
"""

import numpy as np
from numpy.typing import NDArray

from engine.api.events import RemovalSet
from engine.search.space import SearchSpace

Positions = NDArray[np.float64]
"""[population, n] or [n], with n prunable layers; values from LOW to HIGH."""

LOW, HIGH = -1.0, 1.0


def decode(position: Positions, space: SearchSpace) -> RemovalSet:
    """Return the removal set of a position [n]; of equal scores, the lower layer is removed."""
    ranked = np.argsort(-position, kind="stable")[: space.k]
    return tuple(sorted(space.prunable[index] for index in ranked))


def encode(removed: RemovalSet, space: SearchSpace, rng: np.random.Generator) -> Positions:
    """Return a random position [n] that decodes to ``removed``: removed layers score above 0, kept ones below."""
    chosen = np.isin(space.prunable, removed)
    distance = rng.uniform(0.1, HIGH, size=space.n)
    return np.where(chosen, distance, -distance)


def swap(position: Positions, leaving: int, entering: int) -> Positions:
    """Return the position [n] with the scores of two layers exchanged, given by their indices in ``prunable``."""
    moved = position.copy()
    moved[[leaving, entering]] = position[[entering, leaving]]
    return moved
