"""Measure how far several searches agree."""

from collections.abc import Sequence

from engine.api.event import RemovalSet


def agreement(sets: Sequence[RemovalSet]) -> float:
    """Return the mean Jaccard index of all pairs of removal sets: the stability over seeds, 1 where all are equal.

    Fewer than two sets, and empty ones, agree by 1.
    """
    pairs = [(set(one), set(other)) for index, one in enumerate(sets) for other in sets[:index]]
    shared = [len(one & other) / len(one | other) if one | other else 1.0 for one, other in pairs]
    return sum(shared) / len(shared) if shared else 1.0
