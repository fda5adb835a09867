"""The jobs that the window gives to the engine: at most one of each kind, each in its own process."""

import time
from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QObject, Signal, Slot

from engine.api.commands import Command, StopMode
from engine.api.events import AnyEvent, Heartbeat, Stage, StageProgressed, StageStarted
from engine.api.offline import go_offline, go_online
from engine.environment.program import engine_state
from gui.engine_link.engine_thread import EngineThread, Timing
from gui.engine_link.job_end import JobEnd

JobKind = Literal[
    "run",
    "compare",
    "export",
    "inspect",
    "estimate",
    "devices",
    "search",
    "models",
    "download",
    "token",
    "preview",
    "targets",
    "push",
    "report",
    "try",
    "runs",
    "speed",
    "tasks",
]
MAIN_KINDS: tuple[JobKind, ...] = ("run", "compare", "export", "inspect", "push", "speed")
"""Jobs shown in the bottom bar, only one of which runs at a time. The others answer a request of a page."""
NETWORK_KINDS: tuple[JobKind, ...] = ("search", "download", "token", "push")
"""Jobs that do nothing without an internet connection."""
SELF_REPORTING_KINDS: tuple[JobKind, ...] = (
    "search",
    "models",
    "download",
    "token",
    "preview",
    "targets",
    "report",
    "runs",
    "tasks",
)
"""Jobs whose page itself shows how they ended."""


class EngineJob(QObject):
    """One running job. It lives in the window's thread and forwards what its EngineThread reads."""

    advanced = Signal(object, object)
    """The job and its new events."""
    silence_changed = Signal(object, object)
    ended = Signal(object, object)
    """The job and its JobEnd, emitted after its thread has finished."""

    def __init__(self, kind: JobKind, thread: EngineThread) -> None:
        super().__init__()
        self.kind: JobKind = kind
        self.started = self.journalled = self.progressed = time.monotonic()
        """When the job was started, and when its latest event of the journal and its latest progress came."""
        self.stopping: StopMode | None = None
        self.stage: Stage | None = None
        self.progress: StageProgressed | None = None
        self.memory = 0
        """Memory of the engine's process at its last heartbeat, in bytes."""
        self.silent = False
        self._thread = thread
        self._end: JobEnd | None = None
        thread.events_arrived.connect(self._on_events)
        thread.silence_changed.connect(self._on_silence_changed)
        thread.ended.connect(self._on_end)
        thread.finished.connect(self._on_finished)

    def start(self) -> None:
        """Start the process."""
        self._thread.start()

    def stop(self, mode: StopMode) -> None:
        """Ask the engine to stop; a second request with another mode replaces the first."""
        self.stopping = mode
        self._thread.request_stop(mode)

    def end_now(self) -> None:
        """End the engine without asking it first."""
        self.stopping = self.stopping or "pause"
        self._thread.end_now()

    def wait(self) -> None:
        """Block until the process and the thread have finished."""
        self._thread.wait()

    @Slot(object)
    def _on_events(self, events: list[AnyEvent]) -> None:
        for event in events:
            if event.seq:
                self.journalled = time.monotonic()
            match event:
                case StageStarted():
                    self.stage, self.progress = event.stage, None
                case StageProgressed():
                    self.stage, self.progress, self.progressed = event.stage, event, time.monotonic()
                case Heartbeat():
                    self.memory = event.process_memory
        self.advanced.emit(self, events)

    @Slot(object)
    def _on_silence_changed(self, silent: bool) -> None:
        self.silent = silent
        self.silence_changed.emit(self, silent)

    @Slot(object)
    def _on_end(self, end: JobEnd) -> None:
        self._end = end

    @Slot()
    def _on_finished(self) -> None:
        self._thread.wait()  # ``finished`` is emitted a moment before the thread has really ended
        assert self._end is not None
        self.ended.emit(self, self._end)


class EngineJobs(QObject):
    """Starts jobs and keeps them alive until their thread has finished.

    Args:
        engine_command: Starts an engine, for tests; by default that of the environment which is set up.
        timing: Waiting times.
    """

    advanced = Signal(object, object)
    silence_changed = Signal(object, object)
    ended = Signal(object, object)
    started = Signal(object)
    changed = Signal()
    """Emitted when a job has started, was asked to stop, or ended, and when the engines go offline or online."""
    engine_missing = Signal(object)
    """Emitted with the kind of a job that was not started because no engine is set up."""

    def __init__(self, engine_command: Sequence[str] | None = None, timing: Timing | None = None) -> None:
        super().__init__()
        self._engine_command = list(engine_command) if engine_command is not None else None
        self._timing = timing
        self._running: dict[JobKind, EngineJob] = {}
        self._is_over = False

    def start(self, kind: JobKind, command: Command) -> EngineJob | None:
        """Start a job.

        Returns:
            None if one of its kind or another main job is running, without an engine, or after ``end_all``.
        """
        if self._is_over or kind in self._running or (kind in MAIN_KINDS and self.main is not None):
            return None
        if self._engine_command is None and engine_state().problem is not None:
            self.engine_missing.emit(kind)
            return None
        job = EngineJob(kind, EngineThread(self._engine_command, command, self._timing))
        job.advanced.connect(self.advanced)
        job.silence_changed.connect(self.silence_changed)
        job.ended.connect(self._forget)
        self._running[kind] = job
        job.start()
        self.started.emit(job)
        self.changed.emit()
        return job

    def running(self, kind: JobKind) -> EngineJob | None:
        """Return the running job of this kind."""
        return self._running.get(kind)

    @property
    def main(self) -> EngineJob | None:
        """The job that the bottom bar shows."""
        return next((self._running[kind] for kind in MAIN_KINDS if kind in self._running), None)

    def stop(self, kind: JobKind, mode: StopMode) -> None:
        """Ask the job of this kind to stop."""
        if job := self._running.get(kind):
            job.stop(mode)
            self.changed.emit()

    def work_offline(self, on: bool) -> None:
        """Let engines that start from now on open no internet connection, and end jobs that need one; or go online."""
        if on:
            go_offline()
            for kind in NETWORK_KINDS:
                if job := self._running.get(kind):
                    job.end_now()
        else:
            go_online()
        self.changed.emit()

    def end_all(self) -> None:
        """End every job, wait for it and start no other, because the window closes; finished work is in the journal."""
        self._is_over = True
        for job in self._running.values():
            job.end_now()
        for job in self._running.values():
            job.wait()
        self._running.clear()
        self.changed.emit()

    @Slot(object, object)
    def _forget(self, job: EngineJob, end: JobEnd) -> None:
        if self._running.pop(job.kind, None) is None:
            return  # ended by ``end_all``: its end is of no interest any more
        self.ended.emit(job, end)
        self.changed.emit()
