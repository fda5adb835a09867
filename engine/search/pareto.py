"""Choosing among numbers of layers: quality against size against time."""

from collections.abc import Sequence

from engine.api.events import ParetoPoint
from engine.api.settings import WeightSettings


def pareto_front(points: Sequence[ParetoPoint]) -> tuple[ParetoPoint, ...]:
    """The points that no other one beats in fitness, size and time at once, the largest model first."""
    front = [point for point in points if not any(_beats(other, point) for other in points)]
    return tuple(sorted(front, key=lambda point: (-point.bytes, point.fitness, point.removed)))


def weighted_cost(fitness: float, size_share: float, time_share: float, weights: WeightSettings) -> float:
    """The weighted sum that chooses the answer; lower is better.

    Args:
        fitness: of the removal set.
        size_share: bytes as a share of the dense model's.
        time_share: time of a forward pass as a share of the dense model's.
        weights: of the three.
    """
    return weights.quality * fitness + weights.size * size_share + weights.time * time_share


def _beats(one: ParetoPoint, other: ParetoPoint) -> bool:
    """Whether ``one`` is nowhere worse than ``other`` and somewhere better."""
    here = (one.fitness, one.bytes, one.time_share)
    there = (other.fitness, other.bytes, other.time_share)
    return here != there and all(a <= b for a, b in zip(here, there, strict=True))
