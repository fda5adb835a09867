"""Smooth the training loss for the charts of the window and of the report."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_LEAST_STEPS = 10
_SHARE = 20
"""The mean covers a twentieth of the planned steps."""


def smoothed_loss(values: Sequence[float] | FloatArray, planned_steps: int) -> FloatArray:
    """Return the trailing mean of the loss over a twentieth of the planned steps, at least ten.

    The mean is trailing and its width is fixed by the plan, so that a point does not move once it is drawn.
    """
    return trailing_mean(np.asarray(values, dtype=np.float64), max(_LEAST_STEPS, planned_steps // _SHARE))


def trailing_mean(values: FloatArray, width: int) -> FloatArray:
    """Return the mean of each value and up to ``width - 1`` values before it; the same shape."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(ends - width, 0)
    mean: FloatArray = (sums[ends] - sums[starts]) / (ends - starts)
    return mean
