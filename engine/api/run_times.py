"""How long a run has worked, from the events of its journal: in all, and on each stage."""

from dataclasses import dataclass, field

from engine.api.clock import seconds_between
from engine.api.event import Event, RunStarted, Stage, StageFinished, StageStarted


@dataclass
class RunTimes:
    """Seconds of work over all sessions of a run. A crash leaves no last event: what came after it is not counted."""

    sessions: list[float] = field(default_factory=list)
    """Seconds of each session."""
    stages: dict[Stage, float] = field(default_factory=dict)
    """Seconds of each stage."""
    _stage: Stage | None = None
    _last: Event | None = None

    def apply(self, event: Event) -> None:
        """Add one event; those that no journal has written have no time and count for nothing."""
        if event.time <= 0:
            return
        if isinstance(event, RunStarted):
            self.sessions.append(0.0)
            self._stage, self._last = None, event
            return
        passed = seconds_between(self._last, event) if self._last is not None else 0.0
        if self.sessions:
            self.sessions[-1] += passed
        if self._stage is not None:
            self.stages[self._stage] = self.stages.get(self._stage, 0.0) + passed
        if isinstance(event, StageStarted):
            self._stage = event.stage
            self.stages.setdefault(event.stage, 0.0)
        elif isinstance(event, StageFinished):
            self._stage = None
        self._last = event
