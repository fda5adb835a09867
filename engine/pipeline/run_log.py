"""What a run says: journalled, folded into its state, and handed on to whoever watches."""

import time
from collections.abc import Callable
from types import TracebackType

from engine.api.events import Emit, Event, Stage, StageProgressed
from engine.api.journal import Journal
from engine.api.project import Run
from engine.api.run_state import RunState

_PROGRESS_INTERVAL = 0.1
"""Seconds between two reports of progress: more than an eye can follow is noise."""


class RunLog:
    """The one place through which every event of a run goes.

    Progress within a stage is handed on but not journalled: it means nothing afterwards.
    """

    def __init__(self, run: Run, sink: Emit) -> None:
        self.state = RunState.replay(run.events())
        self._journal = Journal(run.journal_path)
        self._sink = sink
        self._last_progress = -_PROGRESS_INTERVAL

    def __enter__(self) -> "RunLog":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._journal.close()

    def emit(self, event: Event) -> None:
        """Journal, fold and hand on one event."""
        if isinstance(event, StageProgressed):
            self._emit_progress(event)
            return
        self._sink(self.record(event))

    def record(self, event: Event) -> Event:
        """Journal and fold one event that is handed on elsewhere."""
        numbered = self._journal.append(event)
        self.state.apply(numbered)
        return numbered

    def _emit_progress(self, event: StageProgressed) -> None:
        now = time.monotonic()
        if now - self._last_progress >= _PROGRESS_INTERVAL or event.done == event.total:
            self._last_progress = now
            self.state.apply(event)
            self._sink(event)


class Unjournalled:
    """Stands in for a ``RunLog`` where a job only reads a run: what it says is handed on and not kept."""

    def __init__(self, run: Run, sink: Emit) -> None:
        self.state = RunState.replay(run.events())
        self.emit = sink


class ProgressClock:
    """Adds to reports of progress how long the rest will take, judged by the pace so far.

    The pace is that of one piece of work, whose words may change on the way ("Iteration 3 of 12"): another one begins
    where the stage or the total changes, or where less is done than before.
    """

    def __init__(self, emit: Emit, now: Callable[[], float] = time.monotonic) -> None:
        self._emit = emit
        self._now = now
        self._work: tuple[Stage, float] | None = None
        self._start = (0.0, 0.0)
        self._done = 0.0

    def report(self, stage: Stage, message: str, done: float, total: float) -> None:
        """Tell that ``done`` of ``total`` (0: not known) of what ``message`` names is there."""
        now = self._now()
        if self._work != (stage, total) or done < self._done:
            self._work, self._start = (stage, total), (now, done)
        self._done = done
        started, done_before = self._start
        gained = done - done_before
        remaining = (now - started) * (total - done) / gained if gained > 0 and total > 0 else None
        self._emit(StageProgressed(stage=stage, done=done, total=total, message=message, remaining_seconds=remaining))
