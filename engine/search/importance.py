"""Measure how often each layer is removed by the candidates of a search, or by the good ones among them."""

import math
from collections.abc import Sequence

from engine.api.events import RemovalSet


def removal_frequency(candidates: Sequence[RemovalSet], layers: int) -> tuple[float, ...]:
    """Return the share of the candidates that remove each layer [layers]."""
    removals = [0] * layers
    for removed in candidates:
        for layer in removed:
            removals[layer] += 1
    return tuple(count / max(len(candidates), 1) for count in removals)


def good_candidates(scored: dict[RemovalSet, float], share: float) -> list[RemovalSet]:
    """Return the best ``share`` of distinct candidates, best first; at least one, unless there are none.

    Args:
        scored: Fitness by candidate; lower is better.
        share: From 0 to 1.
    """
    ranked = sorted(scored, key=lambda removed: (scored[removed], removed))
    return ranked[: max(1, math.ceil(share * len(ranked)))] if ranked else []
