"""A long curve is drawn by the points that it can be told by."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.report.svg import Plot
from engine.report.thinning import lowest, thinned

VALUES = st.lists(st.floats(allow_nan=True, allow_infinity=True, width=32), min_size=1, max_size=400)


@given(VALUES, st.integers(3, 60))
@settings(max_examples=60)
def test_few_points_keep_the_order_the_ends_and_the_extremes(values: list[float], most: int) -> None:
    points = [(float(x), y) for x, y in enumerate(values)]
    kept = thinned(points, most)
    assert kept == sorted(kept, key=lambda point: point[0])
    assert {kept[0][0], kept[-1][0]} == {points[0][0], points[-1][0]}
    assert len(kept) <= max(most, 3) + 2 or len(points) <= most
    finite = [y for y in values if math.isfinite(y)]
    if finite:
        assert {min(finite), max(finite)} <= {y for _, y in kept}
    assert any(not math.isfinite(y) for _, y in kept) == any(not math.isfinite(y) for y in values)


@pytest.mark.parametrize("count", [10, 299, 300, 301, 5000])
def test_the_lowest_dot_is_drawn(count: int) -> None:
    points = [(float(x), 1.0 + (x % 7)) for x in range(count)]
    points[count // 2] = (float(count // 2), 0.5)
    kept = lowest(points, 300)
    assert len(kept) <= 300
    assert min(y for _, y in kept) == 0.5


def test_a_drawing_of_many_points_is_no_larger_than_one_of_fewer() -> None:
    sizes = []
    for count in (20_000, 100_000):
        plot = Plot((0.0, float(count)), (0.0, 2.0), "step", "loss")
        plot.line([(float(x), 1 + math.sin(x)) for x in range(count)], "raw")
        plot.dots([(float(x), 1.0) for x in range(count)], "best", "KL")
        sizes.append(len(plot.drawn("curve")))
    assert sizes[1] < 1.2 * sizes[0] < 200_000
