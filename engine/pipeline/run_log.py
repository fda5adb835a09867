"""Write the events of a run to its journal, apply them to its state and pass them on."""

import time
from collections.abc import Callable
from types import TracebackType

from engine.api.compaction import compact
from engine.api.event import progressed
from engine.api.events import (
    DurationsPredicted,
    Emit,
    Event,
    Outcome,
    Stage,
    StageProgressed,
    WorkersMeasured,
)
from engine.api.journal import Journal
from engine.api.message import Message
from engine.api.project import Run
from engine.api.run_state import RunState

_PROGRESS_INTERVAL = 0.1
"""Seconds between two progress events; more are not readable."""
_ENDS: tuple[Outcome, ...] = ("finished", "stopped")
"""Outcomes after which the journal is compacted; a paused or failed run goes on."""


class RunLog:
    """Receives every event of a run.

    Progress within a stage is passed on but not written to the journal, since it is of no use afterwards. The journal
    of a run that has ended is compacted when the log is closed, or the next time that it is opened.

    Args:
        run: The run.
        sink: Receives every event with its number and time.
    """

    def __init__(self, run: Run, sink: Emit) -> None:
        self.state = RunState.replay(run.events())
        self._path = run.journal_path
        self._compact_if_ended()
        self._journal = Journal(self._path)
        self._sink = sink
        self._last_progress = -_PROGRESS_INTERVAL

    def __enter__(self) -> "RunLog":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._journal.close()
        self._compact_if_ended()

    def emit(self, event: Event) -> None:
        """Write one event to the journal, apply it to the state and pass it on."""
        if isinstance(event, StageProgressed):
            self._emit_progress(event)
            return
        if isinstance(event, DurationsPredicted | WorkersMeasured):
            self.state.apply(event)
            self._sink(event)
            return
        self._sink(self.record(event))

    def record(self, event: Event) -> Event:
        """Write one event to the journal and apply it to the state, without passing it on."""
        numbered = self._journal.append(event)
        self.state.apply(numbered)
        return numbered

    def _compact_if_ended(self) -> None:
        if self.state.finished is not None and self.state.finished.outcome in _ENDS:
            compact(self._path)

    def _emit_progress(self, event: StageProgressed) -> None:
        now = time.monotonic()
        if now - self._last_progress >= _PROGRESS_INTERVAL or event.done == event.total:
            self._last_progress = now
            self.state.apply(event)
            self._sink(event)


class Unjournalled:
    """Replaces a ``RunLog`` in a job that only reads a run: events are passed on and not kept."""

    def __init__(self, run: Run, sink: Emit) -> None:
        self.state = RunState.replay(run.events())
        self.emit = sink


class ProgressClock:
    """Adds the estimated remaining time to progress events.

    The estimate extrapolates the speed of one piece of work, whose message may change ("Iteration 3 of 12"). A new
    piece begins when the stage or the total changes, or when less is done than before.

    Args:
        emit: Receives the progress events.
        now: Returns the time in seconds.
    """

    def __init__(self, emit: Emit, now: Callable[[], float] = time.monotonic) -> None:
        self._emit = emit
        self._now = now
        self._work: tuple[Stage, float] | None = None
        self._start = (0.0, 0.0)
        self._done = 0.0

    def report(self, stage: Stage, message: Message, done: float, total: float, whole_stage: bool = False) -> None:
        """Emit a progress event.

        Args:
            stage: The current stage.
            message: The current piece of work.
            done: How much of it is done.
            total: How much there is; 0 if unknown.
            whole_stage: Whether this piece is the whole stage.
        """
        now = self._now()
        if self._work != (stage, total) or done < self._done:
            self._work, self._start = (stage, total), (now, done)
        self._done = done
        started, done_before = self._start
        gained = done - done_before
        remaining = (now - started) * (total - done) / gained if gained > 0 and total > 0 else None
        self._emit(progressed(stage, message, done, total, remaining, whole_stage))
