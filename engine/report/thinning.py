"""Leave out points of a long curve that a drawing cannot show, keeping its peaks."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

Point = tuple[float, float]


def thinned(points: Sequence[Point], most: int) -> list[Point]:
    """Return about ``most`` of the points: the first and last, and the least and greatest of each stretch, in order.

    A stretch with a point that is not finite keeps such a point too, so that a line is interrupted there.
    """
    if len(points) <= most:
        return list(points)
    stretches = max(most // 3, 1)
    ends = [len(points) * place // stretches for place in range(stretches + 1)]
    kept = {0, len(points) - 1}
    for start, end in pairwise(ends):
        kept.update(_telling(points, start, end))
    return [points[place] for place in sorted(kept)]


def lowest(points: Sequence[Point], most: int) -> list[Point]:
    """Return at most ``most`` of the points, the lowest of each stretch."""
    if len(points) <= most:
        return list(points)
    ends = [len(points) * place // most for place in range(most + 1)]
    stretches = (points[start:end] for start, end in pairwise(ends))
    return [min(stretch, key=lambda point: (not math.isfinite(point[1]), point[1])) for stretch in stretches]


def _telling(points: Sequence[Point], start: int, end: int) -> Iterator[int]:
    """Yield the places of the least, the greatest and one point that is not finite."""
    finite = [place for place in range(start, end) if math.isfinite(points[place][1])]
    if finite:
        yield min(finite, key=lambda place: points[place][1])
        yield max(finite, key=lambda place: points[place][1])
    if len(finite) < end - start:
        yield next(place for place in range(start, end) if not math.isfinite(points[place][1]))
