"""How long a run has worked, from the events of its journal: in all, and on each stage."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.api.clock import seconds_between
from engine.api.event import Event, RunStarted, Stage, StageFinished, StageStarted


@dataclass
class RunTimes:
    """Seconds of work over all sessions of a run. A crash leaves no last event: what came after it is not counted."""

    sessions: list[float] = field(default_factory=list)
    """Seconds of each session."""
    stages: dict[Stage, float] = field(default_factory=dict)
    """Seconds of each stage that has begun."""
    _session_start: Event | None = None
    _stage_start: StageStarted | None = None
    _stage_before: float = 0.0
    """Seconds that earlier sessions have worked on the stage."""

    @classmethod
    def replay(cls, events: Iterable[Event]) -> "RunTimes":
        """Return the times of a journal."""
        times = cls()
        for event in events:
            times.apply(event)
        return times

    def apply(self, event: Event) -> None:
        """Add one event; those that no journal has written have no time and count for nothing."""
        if event.time <= 0:
            return
        if isinstance(event, RunStarted):
            self.sessions.append(0.0)
            self._session_start, self._stage_start = event, None
            return
        if self._session_start is not None:
            self.sessions[-1] = seconds_between(self._session_start, event)
        if isinstance(event, StageStarted):
            self._stage_start, self._stage_before = event, self.stages.setdefault(event.stage, 0.0)
        elif self._stage_start is not None:
            self.stages[self._stage_start.stage] = self._stage_before + seconds_between(self._stage_start, event)
            if isinstance(event, StageFinished):
                self._stage_start = None

    def of_stage(self, stage: Stage) -> float:
        """Return the seconds of a stage; 0 before it has begun."""
        return self.stages.get(stage, 0.0)
