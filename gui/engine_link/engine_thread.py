"""One job of the engine: a child process that a thread of the window writes to and reads from.

The thread starts the worker, sends it the command, gathers its events into batches ten times a second, notices when it
stops responding, and escalates a stop request: ask, terminate, kill.
"""

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

import msgspec
from PySide6.QtCore import QObject, QThread, Signal

from engine.api.commands import Command, RunProject, StopMode, StopRun, check_command, encode_command
from engine.api.errors import BadInput
from engine.api.events import AnyEvent, Heartbeat, RunFinished, decode_event
from engine.api.interpreter import child_environment
from engine.api.secrets import without_secrets
from engine.environment.program import EngineMissing, engine_program
from gui.engine_link.job_end import StopLevel, could_not_start, describe_end, refused
from gui.words.messages import message_words, system_reason

_STDERR_KEPT = 50
_NICE = 5
"""The engine gets the processor time that the window and the rest of the desktop leave, which is mostly all of it."""
_WINDOWS_FLAGS = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
"""The same priority on Windows, without a console window."""
_PIPE_PATIENCE = 1.0
"""Seconds that a pipe may stay open after its process has exited: a grandchild may hold it."""


@dataclass(frozen=True)
class Timing:
    """Waiting times in seconds; tests shorten them."""

    batch: float = 0.1
    silence: float = 30.0
    ask: float = 20.0
    """Time after a stop request, without an event other than heartbeats, until the process is terminated."""
    terminate: float = 5.0
    """Time from terminating to killing."""


class EngineThread(QThread):
    """Runs one command in a new engine process. Keep a reference until ``finished``, then call ``wait()``."""

    events_arrived = Signal(object)
    """A list of events, in order, at most once per batch time."""
    silence_changed = Signal(object)
    """True when no event has arrived for too long, False when the engine responds again."""
    ended = Signal(object)
    """A JobEnd, emitted exactly once, after the last events."""

    def __init__(
        self,
        engine_command: Sequence[str] | None,
        command: Command,
        timing: Timing | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine_command = engine_command
        self._command = command
        self._timing = timing or Timing()
        self._stop_requests: queue.SimpleQueue[StopMode | None] = queue.SimpleQueue()
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._stderr: deque[str] = deque(maxlen=_STDERR_KEPT)
        self._finished_event: RunFinished | None = None
        self._stop_level: StopLevel = "none"
        self._stop_level_since = 0.0
        self._last_line_time = 0.0
        self._silent = False

    def request_stop(self, mode: StopMode) -> None:
        """Ask the engine to stop; escalate if it does not."""
        self._stop_requests.put(mode)

    def end_now(self) -> None:
        """Terminate the engine without asking it first, then kill it."""
        self._stop_requests.put(None)

    def run(self) -> None:
        """Run the thread's body; called by Qt."""
        try:
            check_command(self._command)
            process = self._start()
        except BadInput as error:
            self.ended.emit(refused(message_words(error.sentence)))
            return
        except OSError as error:
            self.ended.emit(could_not_start(system_reason(error)))
            return
        except EngineMissing as error:
            self.ended.emit(could_not_start(message_words(error.sentence)))
            return
        readers = self._start_readers(process)
        self._write(process, self._command)
        self._last_line_time = time.monotonic()
        self._watch(process)
        exit_code = process.wait()
        for reader in readers:
            reader.join(timeout=_PIPE_PATIENCE)
        self._close(process)
        is_run = isinstance(self._command, RunProject)
        self.ended.emit(
            describe_end(exit_code, self._finished_event, self._stop_level, list(self._stderr), resumable=is_run)
        )

    def _start(self) -> subprocess.Popen[bytes]:
        more = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
        if self._engine_command is None:
            program = engine_program()
            command, environment = program.command("engine.worker"), program.environment(**more)
        else:
            command, environment = [*self._engine_command], child_environment(**more)
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            creationflags=_WINDOWS_FLAGS,
        )
        if sys.platform != "win32":
            # the process has already exited, or lowering its priority is not permitted
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        return process

    def _start_readers(self, process: subprocess.Popen[bytes]) -> list[threading.Thread]:
        assert process.stdout is not None
        assert process.stderr is not None
        readers = [
            threading.Thread(target=self._read_events, args=(process.stdout,), name="engine stdout", daemon=True),
            threading.Thread(target=self._read_stderr, args=(process.stderr,), name="engine stderr", daemon=True),
        ]
        for reader in readers:
            reader.start()
        return readers

    def _read_events(self, pipe: IO[bytes]) -> None:
        for line in pipe:
            self._lines.put(line)
        self._lines.put(None)

    def _read_stderr(self, pipe: IO[bytes]) -> None:
        for line in pipe:
            self._stderr.append(without_secrets(line.decode("utf-8", "replace").rstrip()))

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        """Emit events until the process has exited and its output is read."""
        output_open = True
        gone_since: float | None = None
        while output_open or process.poll() is None:
            if output_open:
                output_open = self._emit_batch()
            else:
                self.msleep(20)
            self._watch_silence()
            self._escalate_stop(process)
            if process.poll() is not None:
                gone_since = gone_since or time.monotonic()
                if time.monotonic() - gone_since > _PIPE_PATIENCE:
                    return

    def _emit_batch(self) -> bool:
        """Emit the events of one batch time; return False at the end of the output."""
        batch: list[AnyEvent] = []
        until = time.monotonic() + self._timing.batch
        is_open = True
        while is_open and (left := until - time.monotonic()) > 0:
            try:
                line = self._lines.get(timeout=left)
            except queue.Empty:
                break
            if line is None:
                is_open = False
            elif (event := self._decode(line)) is not None:
                batch.append(event)
        if batch:
            self.events_arrived.emit(batch)
        return is_open

    def _decode(self, line: bytes) -> AnyEvent | None:
        self._last_line_time = time.monotonic()
        try:
            event = decode_event(line)
        except msgspec.MsgspecError:
            self._stderr.append(without_secrets(line.decode("utf-8", "replace").rstrip()))
            return None
        if isinstance(event, RunFinished):
            self._finished_event = event
        if self._stop_level == "asked" and not isinstance(event, Heartbeat):
            # it is still working towards its end, so the time limit starts again
            self._stop_level_since = self._last_line_time
        return event

    def _watch_silence(self) -> None:
        silent = time.monotonic() - self._last_line_time > self._timing.silence
        if silent != self._silent:
            self._silent = silent
            self.silence_changed.emit(silent)

    def _escalate_stop(self, process: subprocess.Popen[bytes]) -> None:
        """Take the next step of a stop request when its time has come."""
        while not self._stop_requests.empty():
            mode = self._stop_requests.get()
            if mode is None and self._stop_level in ("none", "asked"):
                self._set_stop_level("terminated", process)
            elif mode is not None:
                self._write(process, StopRun(mode=mode))
                if self._stop_level == "none":
                    self._set_stop_level("asked", process)
        waited = time.monotonic() - self._stop_level_since
        if self._stop_level == "asked" and waited > self._timing.ask:
            self._set_stop_level("terminated", process)
        elif self._stop_level == "terminated" and waited > self._timing.terminate:
            self._set_stop_level("killed", process)

    def _set_stop_level(self, level: StopLevel, process: subprocess.Popen[bytes]) -> None:
        self._stop_level, self._stop_level_since = level, time.monotonic()
        if level == "terminated":
            process.terminate()
        elif level == "killed":
            process.kill()

    def _write(self, process: subprocess.Popen[bytes], command: Command) -> None:
        assert process.stdin is not None
        with contextlib.suppress(OSError):  # the process has exited; its exit code describes the end
            process.stdin.write(encode_command(command) + b"\n")
            process.stdin.flush()

    def _close(self, process: subprocess.Popen[bytes]) -> None:
        for pipe in (process.stdin, process.stdout, process.stderr):
            assert pipe is not None
            with contextlib.suppress(OSError):  # there are unsent bytes for a process that has exited
                pipe.close()
