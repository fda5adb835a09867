"""Smooth the training loss for the charts of the window and of the report."""

from collections.abc import Iterable
from itertools import accumulate

_LEAST_STEPS = 10
_SHARE = 20
"""The mean covers a twentieth of the planned steps."""


def smoothed_loss(values: Iterable[float], planned_steps: int) -> list[float]:
    """Return the trailing mean of the loss over a twentieth of the planned steps, at least ten.

    The mean is trailing and its width is fixed by the plan, so that a point does not move once it is drawn.
    """
    return trailing_mean(values, max(_LEAST_STEPS, planned_steps // _SHARE))


def trailing_mean(values: Iterable[float], width: int) -> list[float]:
    """Return the mean of each value and up to ``width - 1`` values before it."""
    sums = [0.0, *accumulate(float(value) for value in values)]
    return [(sums[end] - sums[max(end - width, 0)]) / min(end, width) for end in range(1, len(sums))]
