"""Elapsed and remaining time of the run that the engine works on."""

import time

from engine.results.remaining import remaining_seconds
from gui.engine_link.jobs import EngineJob
from gui.project.session import Session


class RunClock:
    """Adds the time since the last events of the engine to what the journal holds."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def elapsed(self, job: EngineJob) -> float:
        """Return the seconds that a job has worked; for a run that is continued, over all its sessions."""
        here = time.monotonic() - job.started
        if job.kind != "run":
            return here
        sessions = self._session.state.times.sessions
        earlier = sessions[:-1] if self._session.has_begun else sessions  # the last one is this session's
        return sum(earlier) + here

    def remaining(self, job: EngineJob) -> float | None:
        """Return the seconds that the whole run will still take; None for other jobs, and before it is predicted."""
        if job.kind != "run" or not self._session.has_begun or job.stopping is not None:
            return None
        now = time.monotonic()
        return remaining_seconds(self._session.state, now - job.journalled, now - job.progressed)

    def since_event(self, job: EngineJob) -> float:
        """Return the seconds since the last event that the journal holds."""
        return time.monotonic() - job.journalled
