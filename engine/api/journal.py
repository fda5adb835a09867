"""Read and append the journal of a run: ``events.jsonl``, flushed line by line, and durable where work is done."""

import os
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from engine.api.clock import seconds_awake
from engine.api.events import (
    AnyEvent,
    CandidatesScored,
    Event,
    LayerAnalysed,
    MessageLogged,
    RecoveryStepped,
    StageStarted,
    decode_event,
    encode_event,
)
from engine.api.files import make_folder, sync_folder
from engine.api.system_errors import named

E = TypeVar("E", bound=Event)
_STEPS = (StageStarted, MessageLogged, LayerAnalysed, CandidatesScored, RecoveryStepped)
"""Events that follow each other quickly: to wait for the disk after each would slow the work down."""
_SYNC_SECONDS = 1.0
_LEAST = 0.001
"""The least ``Event.elapsed``, since 0 means that it is unknown."""


def read_journal(path: Path) -> Iterator[AnyEvent]:
    """Yield the events of a journal in order, skipping a torn last line, damaged lines and unknown kinds of event."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                return
            try:
                yield decode_event(line)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                continue


class Journal:
    """Appends events to a file with a number and a time, continuing the numbers of earlier sessions."""

    def __init__(self, path: Path) -> None:
        make_folder(path.parent)
        _drop_torn_line(path)
        self._seq = max((event.seq for event in read_journal(path)), default=0)
        self._path = path
        self._file = path.open("ab", buffering=0)
        sync_folder(path.parent)
        self._started = self._synced = seconds_awake()

    def append(self, event: E) -> E:
        """Write one event and return it with its number, its date, and the time since the journal was opened.

        When this returns, no crash of the engine loses the event. A power cut loses at most the last second of steps
        and messages, and never an event that ends something, such as a stage, an iteration or an export.
        """
        now = seconds_awake()
        elapsed = max(round(now - self._started, 3), _LEAST)
        numbered = msgspec.structs.replace(event, seq=self._seq + 1, time=time.time(), elapsed=elapsed)
        with named(self._path):
            self._write(encode_event(numbered) + b"\n")
            self._seq += 1
            if not isinstance(event, _STEPS) or now - self._synced >= _SYNC_SECONDS:
                os.fsync(self._file.fileno())
                self._synced = now
        return numbered

    def _write(self, line: bytes) -> None:
        """Write a whole line, or leave the file as it was: the next line must not begin within this one."""
        end, rest = os.fstat(self._file.fileno()).st_size, memoryview(line)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:
            with suppress(OSError):
                self._file.truncate(end)
            raise

    def close(self) -> None:
        """Make everything durable and close the file."""
        if not self._file.closed:
            with closing(self._file), named(self._path):
                os.fsync(self._file.fileno())


def _drop_torn_line(path: Path) -> None:
    """Remove a half-written line that a crash left, so that the next event starts on a new line."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        content = file.read()
        end = content.rfind(b"\n") + 1
        if end != len(content):
            file.truncate(end)
