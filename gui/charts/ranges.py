"""Axis ranges that grow in steps, so that a live chart does not lay out its axes with every point."""

import math

_FEWEST_TICKS = 3
_STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.5, 10.0)


def step_up(value: float) -> float:
    """Return the smallest round number that is not below the positive ``value``."""
    if value <= 0 or not math.isfinite(value):
        return 1.0
    decade = 10.0 ** math.floor(math.log10(value))
    return next(step * decade for step in (*_STEPS, 20.0) if step * decade >= value * (1 - 1e-9))


def stepped_range(low: float, high: float) -> tuple[float, float]:
    """Return a range around ``low`` .. ``high`` with ends on a coarse grid; it starts at zero if the data come near."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return 0.0, 1.0
    if low == high == 0:
        return 0.0, 1.0
    if 0 <= low < 0.4 * high:
        return 0.0, step_up(high)
    span = max(high - low, abs(high) * 1e-3, 1e-12)
    grid = step_up(span) / 4
    bottom = math.floor(low / grid)
    return bottom * grid, max(math.ceil(high / grid), bottom + 1) * grid


def log_ticks(low: float, high: float) -> list[tuple[float, float]]:
    """Return (logarithm, value) of round numbers between two logarithms to base 10: few, but at least one in most."""
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        return []
    decades = range(math.floor(low), math.ceil(high) + 1)
    for steps in ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9)):
        found = [step * 10.0**decade for decade in decades for step in steps]
        inside = [(math.log10(value), value) for value in found if low <= math.log10(value) <= high]
        if len(inside) >= _FEWEST_TICKS:
            break
    return inside
