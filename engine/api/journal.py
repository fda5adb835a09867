"""Read and append the journal of a run: ``events.jsonl``, flushed line by line."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from engine.api.events import AnyEvent, Event, decode_event, encode_event
from engine.api.system_errors import named

E = TypeVar("E", bound=Event)


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
        path.parent.mkdir(parents=True, exist_ok=True)
        _drop_torn_line(path)
        self._seq = max((event.seq for event in read_journal(path)), default=0)
        self._path = path
        self._file = path.open("ab")

    def append(self, event: E) -> E:
        """Write one event and return it with its number and time."""
        self._seq += 1
        numbered = msgspec.structs.replace(event, seq=self._seq, time=time.time())
        with named(self._path):
            self._file.write(encode_event(numbered) + b"\n")
            self._file.flush()
        return numbered

    def close(self) -> None:
        """Make everything durable and close the file."""
        if not self._file.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()


def _drop_torn_line(path: Path) -> None:
    """Remove a half-written line that a crash left, so that the next event starts on a new line."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        content = file.read()
        end = content.rfind(b"\n") + 1
        if end != len(content):
            file.truncate(end)
