"""Compute how long a stage has taken over all sessions of a run, from its journal."""

from collections.abc import Iterable

from engine.api.clock import seconds_between
from engine.api.events import Event, RunStarted, Stage, StageFinished, StageStarted


def seconds_spent(events: Iterable[Event], stage: Stage) -> float:
    """Return the seconds between the start of a stage and its last event, summed over sessions.

    A crash leaves no final event: the time after the last event of such a session is not counted.
    """
    total = 0.0
    start: Event | None = None
    last: Event | None = None
    for event in events:
        if isinstance(event, RunStarted | StageStarted):
            total += _span(start, last)
            start = last = event if isinstance(event, StageStarted) and event.stage == stage else None
        elif start is not None:
            last = event
            if isinstance(event, StageFinished):
                total += _span(start, last)
                start = last = None
    return total + _span(start, last)


def _span(start: Event | None, last: Event | None) -> float:
    return 0.0 if start is None or last is None else seconds_between(start, last)
