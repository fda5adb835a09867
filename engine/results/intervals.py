"""95 % intervals from standard errors, bounded by the values that a figure can take."""

import math
import re

from engine.api.evaluation_events import DifferenceMeasured, TaskEvaluated

NORMAL_95 = 1.96
"""Standard errors on either side of a figure that hold 95 % of a normal distribution."""

Interval = tuple[float, float]

_SHARE = re.compile(r"(^|_)(acc|match|f1|em)(_|$)|^pass@")
"""Names that lm-eval gives to means of numbers from 0 to 1: ``acc_norm``, ``exact_match``, ..."""
_LEAST = ((re.compile("perplexity"), 1.0), (re.compile("bits_per_byte|loss"), 0.0))


def task_interval(event: TaskEvaluated) -> Interval | None:
    """Return the 95 % interval of a task's figure; None where it has no standard error.

    The interval reaches 1.96 standard errors to both sides but not beyond the range of the figure: a share of correct
    answers lies between 0 and 1. Where all answers are correct, or all wrong, the standard error is 0 and carries no
    information; the interval is then Wilson's, by which 20 correct answers out of 20 mean 0.84 to 1.
    """
    if event.stderr is None or not math.isfinite(event.stderr) or not math.isfinite(event.value):
        return None
    low, high = _bounds(event.metric, event.is_share)
    if (low, high) == (0.0, 1.0) and event.stderr == 0 and event.value in (low, high) and event.samples:
        unseen = NORMAL_95**2 / (event.samples + NORMAL_95**2)
        return (0.0, unseen) if event.value == 0 else (1.0 - unseen, 1.0)
    return _within(event.value, event.stderr, low, high)


def difference_interval(event: DifferenceMeasured) -> Interval | None:
    """Return the 95 % interval of a difference; a difference of two shares lies between -1 and 1.

    None where there is no standard error, or one of 0: both models then gave the same answer to every question, which
    carries no information about other questions.
    """
    if not event.stderr or not math.isfinite(event.stderr) or not math.isfinite(event.value):
        return None
    metric = "" if event.figure.startswith("bits per byte, ") else event.figure.rpartition(", ")[2]
    bound = 1.0 if _bounds(metric, False) == (0.0, 1.0) else math.inf
    return _within(event.value, event.stderr, -bound, bound)


def is_beyond_chance(event: DifferenceMeasured) -> bool:
    """Return whether a difference is larger than 1.96 of its standard errors."""
    return abs(event.value) > NORMAL_95 * (event.stderr or 0.0)


def _bounds(metric: str, is_share: bool) -> Interval:
    """Return the least and the greatest value that a figure can take."""
    name = metric.partition(" (")[0]
    if is_share or _SHARE.search(name):
        return 0.0, 1.0
    return next((least for pattern, least in _LEAST if pattern.search(name)), -math.inf), math.inf


def _within(value: float, stderr: float, low: float, high: float) -> Interval:
    reach = NORMAL_95 * stderr
    return max(low, value - reach), min(high, value + reach)
