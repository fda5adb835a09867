"""Compact the journal of a run that has ended, by leaving out what only showed its progress.

Results, scores, iterations and measurements always stay. What is thinned out:

- optimiser steps of the recovery: of more than ``MOST_STEPS``, one of every 2, 4, 8 ... stays, with the first, the
  last, and the last of each session;
- messages: of a sentence that occurs more than twice, the first and the last one stay;
- heartbeats and progress within a stage, which only journals of other programs hold.

Iterations stay with their candidates: the map of removals, the Pareto front and the counts of a resumed search are made
of them. The window holds those of the last iteration only. The other lines stay as they are, to the byte, and keep
their numbers.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from engine.api.events import (
    AnyEvent,
    Heartbeat,
    JournalCompacted,
    MessageLogged,
    RecoveryStepped,
    RunStarted,
    StageProgressed,
    StageStarted,
    decode_event,
    encode_event,
)
from engine.api.files import replacing
from engine.api.journal import journal_lines
from engine.api.journal_check import LARGEST_COUNT
from engine.api.regular_files import open_regular

MOST_STEPS = 4000
"""Optimiser steps that stay, about twice what the widest chart can show."""
LEAST_BYTES = 500_000
"""A smaller journal is left alone: it opens at once."""
_STEP = b"recovery_stepped"
_SURPLUS_KIND = re.compile(rb'"event"\s*:\s*"(?P<kind>recovery_stepped|message_logged|stage_progressed|heartbeat)"')
_LEAST_GAIN = 0.1
"""Share of the lines that must be superfluous; for fewer, nothing is rewritten."""


@dataclass
class _Message:
    first: int
    last: int
    others: list[int] = field(default_factory=list)


class _Survey:
    """What a journal holds that could be left out, by line from 1."""

    def __init__(self, most_steps: int) -> None:
        self.lines = 0
        self._most_steps = most_steps
        self._steps: list[tuple[int, int]] = []
        self._kept_steps: set[int] = set()
        self._messages: dict[tuple[str, str], _Message] = {}
        self._passing: list[int] = []
        self._notes: dict[int, JournalCompacted] = {}
        self._last_progress = 0
        self._ends: set[int] = set()
        self._before: AnyEvent | None = None

    def add(self, number: int, event: AnyEvent | None) -> None:
        """Note one line; ``event`` is None for a kind that a newer version writes."""
        if isinstance(event, RunStarted | StageStarted):
            self._end_here()
        self.lines, self._before = number, event
        match event:
            case RecoveryStepped():
                self._steps.append((number, event.step))
            case MessageLogged():
                self._add_message(number, event)
            case StageProgressed():
                self._last_progress = number
                self._passing.append(number)
            case Heartbeat():
                self._passing.append(number)
            case JournalCompacted():
                self._notes[number] = event

    def _add_message(self, number: int, event: MessageLogged) -> None:
        known = self._messages.setdefault((event.level, event.message), _Message(number, number))
        if known.first < known.last:
            known.others.append(known.last)
        known.last = number

    def _end_here(self) -> None:
        """Keep the event before the start of a session or stage: the time that a killed one took ends with it."""
        self._ends.add(self.lines)
        if isinstance(self._before, RecoveryStepped):
            self._kept_steps.add(self._before.step)

    def superfluous(self) -> tuple[set[int], JournalCompacted]:
        """Return the lines to leave out, and the note that replaces them; there is one for all compactions."""
        self._end_here()
        every = _stride([step for _, step in self._steps], self._most_steps)
        kept = self._kept_steps | _first_and_last(step for _, step in self._steps)
        # By the number of the step, so that what a resumed run repeated goes or stays as a whole.
        steps = {line for line, step in self._steps if step % every and step not in kept} - self._ends
        messages = {line for message in self._messages.values() for line in message.others} - self._ends
        others = {line for line in self._passing if line != self._last_progress} - self._ends
        before = self._notes.values()
        note = JournalCompacted(
            steps=_total(len(steps), (each.steps for each in before)),
            messages=_total(len(messages), (each.messages for each in before)),
            others=_total(len(others), (each.others for each in before)),
            every=max([every, *(each.every for each in before)]),
        )
        surplus = steps | messages | others
        return surplus.union(self._notes) if surplus else surplus, note


def compact(path: Path, most_steps: int = MOST_STEPS, least_bytes: int = LEAST_BYTES) -> bool:
    """Leave out of a journal what only showed progress, and write down that this was done.

    The journal is replaced in one step: a crash leaves the old one or the new one, and where the new one cannot be
    written, the old one stays. A damaged or small journal, and one with little to leave out, is not touched.

    Args:
        path: The journal; nobody may append to it meanwhile.
        most_steps: Optimiser steps that stay.
        least_bytes: Size of the smallest journal that is compacted.

    Returns:
        Whether the journal was compacted.
    """
    with suppress(OSError):
        is_large = path.stat().st_size >= least_bytes
        return is_large and _has_surplus_kinds(path, most_steps) and _compact(path, most_steps)
    return False


def _has_surplus_kinds(path: Path, most_steps: int) -> bool:
    """Return whether a journal has enough lines that could be left out, without decoding any.

    A journal that was compacted when its run ended has not, and it is looked at whenever it is opened.
    """
    lines, steps, others = 0, 0, 0
    with open_regular(path) as file:
        for content in file:
            lines += 1
            found = _SURPLUS_KIND.search(content)
            if found is not None and found["kind"] == _STEP:
                steps += 1
            elif found is not None:
                others += 1
    return (steps if steps > most_steps else 0) + others >= _least(lines)


def _least(lines: int) -> float:
    return max(_LEAST_GAIN * lines, 1)


def _compact(path: Path, most_steps: int) -> bool:
    survey = _Survey(most_steps)
    for line in journal_lines(path):
        if line.is_damaged:
            return False
        survey.add(line.number, line.event)
    surplus, note = survey.superfluous()
    if len(surplus) < _least(survey.lines):
        return False
    with replacing(path, path.stat().st_mode & 0o777) as file:
        file.writelines(_rest(path, surplus, note))
    return True


def _rest(path: Path, surplus: set[int], note: JournalCompacted) -> Iterator[bytes]:
    """Yield the lines that stay; the note is in the place, and has the number and times, of the last of the others."""
    place = max(surplus)
    with open_regular(path) as file:
        for number, content in enumerate(file, start=1):
            if number == place:
                gone = decode_event(content)
                numbered = msgspec.structs.replace(note, seq=gone.seq, time=gone.time, elapsed=gone.elapsed)
                yield encode_event(numbered) + b"\n"
            elif number not in surplus and content.endswith(b"\n"):
                yield content


def _total(now: int, before: Iterable[int]) -> int:
    """Return the lines left out now and before, or the largest count that a journal may hold."""
    return min(now + sum(before), LARGEST_COUNT)


def _stride(steps: list[int], most_steps: int) -> int:
    """Return the n of which every n-th step stays: a power of two, so that a later compaction keeps part of these."""
    every, most = 1, max(steps, default=0)
    while every <= most and sum(step % every == 0 for step in steps) > most_steps:
        every *= 2
    return every


def _first_and_last(steps: Iterable[int]) -> set[int]:
    """Return the first and the largest step, and the one that was reached last for the first time."""
    reached = list(dict.fromkeys(steps))
    return {reached[0], reached[-1], max(reached)} if reached else set()
