"""Read and append the journal of a run: ``events.jsonl``, flushed line by line, and durable where work is done."""

import itertools
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from engine.api.clock import seconds_awake
from engine.api.event import message_logged
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
    is_known_kind,
)
from engine.api.files import make_folder, replacing, sync_folder
from engine.api.journal_check import JournalCheck
from engine.api.message import worded_count
from engine.api.regular_files import open_regular
from engine.api.system_errors import named

E = TypeVar("E", bound=Event)
_LONGEST_LINE = 1 << 26
"""Bytes; the scores of an iteration of a large search are some hundred kilobytes."""
_UNREADABLE = (msgspec.MsgspecError, ValueError, TypeError, OverflowError, RecursionError)
"""Errors for a line that is no event."""
_STEPS = (StageStarted, MessageLogged, LayerAnalysed, CandidatesScored, RecoveryStepped)
"""Events that follow each other quickly: to wait for the disk after each would slow the work down."""
_SYNC_SECONDS = 1.0
_LEAST = 0.001
"""The least ``Event.elapsed``, since 0 means that it is unknown."""


@dataclass(frozen=True)
class JournalLine:
    """One line of a journal, as written and as read."""

    number: int
    """From 1."""
    content: bytes
    event: AnyEvent | None
    is_damaged: bool
    """False for a kind of event that a newer version writes."""


def read_journal(path: Path) -> Iterator[AnyEvent]:
    """Yield the events of a journal in order, skipping a torn last line, damaged lines and unknown kinds of event.

    A line is damaged if it is no event, or states something impossible (``JournalCheck``). After the last event a
    warning with the number of damaged lines follows, if there are any.

    Raises:
        BadInput: The journal is no regular file.
        OSError: It cannot be read.
    """
    damaged = []
    for line in journal_lines(path):
        if line.event is not None:
            yield line.event
        elif line.is_damaged:
            damaged.append(line.number)
    if damaged:
        yield message_logged(
            "warning",
            worded_count(
                len(damaged),
                "{1} is damaged: {0} line cannot be used and was skipped, the first one is line {2:,}; results in it "
                "are missing here.",
                "{1} is damaged: {0} lines cannot be used and were skipped, the first one is line {2:,}; results in "
                "them are missing here.",
                path,
                damaged[0],
            ),
        )


class Journal:
    """Appends events to a file with a number and a time, continuing the numbers of earlier sessions.

    A journal with damaged lines is set aside first, as ``events.damaged.jsonl``; its other lines stay.
    """

    def __init__(self, path: Path) -> None:
        make_folder(path.parent)
        _drop_torn_line(path)
        self._seq, is_damaged = _last_number(path)
        if is_damaged:
            _set_aside(path)
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


def journal_lines(path: Path) -> Iterator[JournalLine]:
    """Yield the complete lines of a journal, the damaged ones too.

    Raises:
        BadInput: The journal is no regular file.
        OSError: It cannot be read.
    """
    if not path.exists():
        return
    check = JournalCheck()
    with open_regular(path) as file:
        number = 0
        while content := file.readline(_LONGEST_LINE):
            number += 1
            if not content.endswith(b"\n"):
                if len(content) < _LONGEST_LINE or not _skip_line(file):
                    return  # torn
                yield JournalLine(number, b"", None, is_damaged=True)
                continue
            event = _event(content, check)
            yield JournalLine(number, content, event, is_damaged=event is None and not _is_of_newer_version(content))


def _event(content: bytes, check: JournalCheck) -> AnyEvent | None:
    try:
        event = decode_event(content)
    except _UNREADABLE:
        return None
    return event if check.passes(event) else None


def _is_of_newer_version(content: bytes) -> bool:
    try:
        return not is_known_kind(content)
    except _UNREADABLE:
        return False


def _skip_line(file: BinaryIO) -> bool:
    """Read the rest of a line that is too long; return whether it ends."""
    while rest := file.readline(_LONGEST_LINE):
        if rest.endswith(b"\n"):
            return True
    return False


def _last_number(path: Path) -> tuple[int, bool]:
    """Return the highest number of an event in a journal, and whether any of its lines is damaged."""
    last, is_damaged = 0, False
    for line in journal_lines(path):
        last = max(last, line.event.seq if line.event is not None else 0)
        is_damaged = is_damaged or line.is_damaged
    return last, is_damaged


def _set_aside(path: Path) -> None:
    """Keep a damaged journal under another name, and replace it by its sound lines in one step."""
    with named(path), replacing(path) as file:
        file.writelines(line.content for line in journal_lines(path) if not line.is_damaged)
        file.flush()  # before anything is set aside, so that a full disk leaves no copy
        aside = free_name(path)
        try:
            os.link(path, aside)
        except OSError:  # not every file system has links
            shutil.copyfile(path, aside)


def free_name(path: Path) -> Path:
    """Return the name under which a damaged file is set aside: ``events.damaged.jsonl``, ``events.damaged-2.jsonl``."""
    numbers = itertools.chain([""], map("-{}".format, itertools.count(2)))
    names = (path.with_name(f"{path.stem}.damaged{number}{path.suffix}") for number in numbers)
    return next(name for name in names if not os.path.lexists(name))


def _drop_torn_line(path: Path) -> None:
    """Remove a half-written line that a crash left, so that the next event starts on a new line."""
    if not path.exists():
        return
    with open_regular(path) as file:
        size = file.seek(0, os.SEEK_END)
        end = _end_of_last_line(file, size)
    if end != size:
        os.truncate(path, end)


def _end_of_last_line(file: BinaryIO, size: int) -> int:
    """Return the position behind the last line end, 0 where there is none."""
    position = size
    while position > 0:
        begin = max(0, position - (1 << 16))
        file.seek(begin)
        found = file.read(position - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        position = begin
    return 0
