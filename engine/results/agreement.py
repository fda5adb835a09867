"""How far several searches have found the same."""

from collections.abc import Sequence

from engine.api.event import RemovalSet


def agreement(sets: Sequence[RemovalSet]) -> float:
    """Stability over seeds: the mean Jaccard index of all pairs of removal sets; 1 when all are the same.

    Of fewer than two sets, and of empty ones, 1.
    """
    pairs = [(set(one), set(other)) for index, one in enumerate(sets) for other in sets[:index]]
    shared = [len(one & other) / len(one | other) if one | other else 1.0 for one, other in pairs]
    return sum(shared) / len(shared) if shared else 1.0
