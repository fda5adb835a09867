"""Seconds of searching, from the events of a run."""

from engine.api.clock import seconds_between
from engine.api.events import AnyEvent, RunStarted, StageFinished, StageStarted


class SearchClock:
    """Seconds of searching according to the journal, without pauses."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._searching = False
        self._last: AnyEvent | None = None

    def add_event(self, event: AnyEvent) -> None:
        """Advance to the time of one event."""
        match event:
            case RunStarted():
                self._last = None
            case StageStarted():
                self._searching = event.stage == "search"
                self._last = event
        if self._searching and event.time > 0:
            self.seconds += seconds_between(self._last, event) if self._last is not None else 0.0
            self._last = event
        if isinstance(event, StageFinished):
            self._searching = False
