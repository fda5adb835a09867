"""What a swarm tells of the layers: how often each is removed among candidates, or among the good ones."""

import math
from collections.abc import Sequence

from engine.api.events import RemovalSet


def removal_frequency(candidates: Sequence[RemovalSet], layers: int) -> tuple[float, ...]:
    """Share of the candidates that remove each layer [layers]."""
    removals = [0] * layers
    for removed in candidates:
        for layer in removed:
            removals[layer] += 1
    return tuple(count / max(len(candidates), 1) for count in removals)


def good_candidates(scored: dict[RemovalSet, float], share: float) -> list[RemovalSet]:
    """The best share of different candidates, at least one, best first."""
    ranked = sorted(scored, key=lambda removed: (scored[removed], removed))
    return ranked[: max(1, math.ceil(share * len(ranked)))] if ranked else []
