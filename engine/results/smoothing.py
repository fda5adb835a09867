"""Smooth the training loss for the charts of the window and of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = Sequence[float] | NDArray[np.float64]

_LEAST_STEPS = 10
_SHARE = 20
"""The mean covers a twentieth of the planned steps."""


def smoothed_loss(steps: Values, losses: Values, planned_steps: int) -> NDArray[np.float64]:
    """Return the trailing mean of the loss over a twentieth of the planned steps, at least ten, [steps].

    The mean is trailing and its width is fixed by the plan, so that a point does not move once it is drawn. A compacted
    journal holds only some of the steps; the mean is then that of those within the same width.

    Args:
        steps: The ascending steps.
        losses: Their losses.
        planned_steps: The steps that the training is to have.
    """
    return trailing_mean(steps, losses, max(_LEAST_STEPS, planned_steps // _SHARE))


def trailing_mean(places: Values, values: Values, width: int) -> NDArray[np.float64]:
    """Return the mean of each value and the values at less than ``width`` before its ascending place, [values].

    Values that are not finite are left out of the mean; it is nan where no other is in reach.
    """
    import numpy as np  # here, since reading the command line needs no numbers

    given, at = np.asarray(values, dtype=np.float64), np.asarray(places, dtype=np.float64)
    finite = np.isfinite(given)
    sums = np.concatenate(([0.0], np.cumsum(np.where(finite, given, 0.0))))
    counts = np.concatenate(([0], np.cumsum(finite)))
    ends = np.arange(1, len(given) + 1)
    starts = np.searchsorted(at, at - width, side="right")
    with np.errstate(invalid="ignore"):
        means: NDArray[np.float64] = (sums[ends] - sums[starts]) / (counts[ends] - counts[starts])
    return means
