"""Choose among numbers of removed layers by quality, size and time."""

from collections.abc import Sequence

from engine.api.events import ParetoPoint
from engine.api.settings import WeightSettings


def pareto_front(points: Sequence[ParetoPoint]) -> tuple[ParetoPoint, ...]:
    """Return the points that no other point dominates in fitness, size and time, the largest model first."""
    front = [point for point in points if not any(_dominates(other, point) for other in points)]
    return tuple(sorted(front, key=lambda point: (-point.bytes, point.final_fitness, point.removed)))


def weighted_cost(fitness: float, size_share: float, time_share: float, weights: WeightSettings) -> float:
    """Return the weighted sum by which the answer is chosen; lower is better.

    Args:
        fitness: Fitness of the removal set.
        size_share: Bytes of the pruned model as a share of the dense model's.
        time_share: Time of its forward pass as a share of the dense model's.
        weights: Weights of the three.
    """
    return weights.quality * fitness + weights.size * size_share + weights.time * time_share


def _dominates(one: ParetoPoint, other: ParetoPoint) -> bool:
    """Return whether ``one`` is at least as good everywhere and better somewhere."""
    here = (one.final_fitness, one.bytes, one.time_share)
    there = (other.final_fitness, other.bytes, other.time_share)
    return here != there and all(a <= b for a, b in zip(here, there, strict=True))
