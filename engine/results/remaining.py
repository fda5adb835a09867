"""Estimate how long the rest of a run will take."""

from engine.api.events import Stage
from engine.api.run_state import RunState

_LEAST_RATIO, _LARGEST_RATIO = 0.2, 5.0
"""Bounds of the time that stages took to the time that was expected, so that one odd stage does not decide."""
_LONG_ENOUGH = 1.0
"""Seconds; the pace of a shorter stage is no guide to that of the others."""


def remaining_seconds(state: RunState, since_event: float = 0.0, since_progress: float = 0.0) -> float | None:
    """Return the seconds that the whole run will still take; None before that is predicted.

    A stage takes what was predicted, corrected by the pace of the stages done since. Progress of a whole stage replaces
    the prediction as it advances; progress of a part of a stage only guarantees that this part is not over sooner.

    Args:
        state: The run.
        since_event: Seconds since the last event that the journal holds.
        since_progress: Seconds since the last progress within the stage.
    """
    if state.predicted is None:
        return None
    predicted, ratio = state.predicted.seconds, pace_ratio(state)
    left = {stage: seconds * ratio for stage, seconds in predicted.items() if stage not in state.stages_finished}
    if state.stage in left:
        left[state.stage] = _left_of_stage(state, left[state.stage], since_event, since_progress)
    return sum(left.values())


def pace_ratio(state: RunState) -> float:
    """Return how much longer the stages that are done have taken than predicted; 1 before any is done."""
    if state.predicted is None:
        return 1.0
    done: list[tuple[float, float]] = [
        (finished.seconds, state.predicted.seconds[stage])
        for stage, finished in state.stages_finished.items()
        if stage in state.predicted.seconds and finished.seconds >= _LONG_ENOUGH
    ]
    taken, expected = sum(seconds for seconds, _ in done), sum(seconds for _, seconds in done)
    return min(max(taken / expected, _LEAST_RATIO), _LARGEST_RATIO) if expected > 0 else 1.0


def _left_of_stage(state: RunState, expected: float, since_event: float, since_progress: float) -> float:
    stage: Stage | None = state.stage
    spent = state.times.of_stage(stage) + since_event if stage is not None else 0.0
    rest, progress = max(expected - spent, 0.0), state.progress
    if progress is None or progress.stage != stage or progress.remaining_seconds is None:
        return rest
    piece = max(progress.remaining_seconds - since_progress, 0.0)
    if not progress.whole_stage:
        return max(rest, piece)
    share = min(progress.done / progress.total, 1.0) if progress.total > 0 else 0.0
    return share * piece + (1.0 - share) * rest
