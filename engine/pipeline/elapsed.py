"""How long a stage has taken over all sessions of a run, read from the journal's own times."""

from collections.abc import Iterable

from engine.api.events import Event, RunStarted, Stage, StageFinished, StageStarted


def seconds_spent(events: Iterable[Event], stage: Stage) -> float:
    """Seconds between the start of ``stage`` and the last sign of life in it, summed over sessions.

    A crash leaves no farewell: the time after the last event of such a session is not counted.
    """
    total = 0.0
    start = last = None
    for event in events:
        if isinstance(event, RunStarted | StageStarted):
            total += _span(start, last)
            start = last = event.time if isinstance(event, StageStarted) and event.stage == stage else None
        elif start is not None:
            last = event.time
            if isinstance(event, StageFinished):
                total += _span(start, last)
                start = last = None
    return total + _span(start, last)


def _span(start: float | None, last: float | None) -> float:
    return 0.0 if start is None or last is None else last - start
