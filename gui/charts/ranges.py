"""Axis ranges that grow in steps, so that a live chart does not lay out its axes with every point."""

import math

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
