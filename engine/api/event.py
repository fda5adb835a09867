"""The head of every event, and the events that any job says: where the work is, and how it ended."""

import re
from collections.abc import Callable
from typing import Literal

import msgspec

RemovalSet = tuple[int, ...]
"""Sorted indices of the decoder layers that a candidate removes."""

Stage = Literal["model", "calibrate", "analyse", "search", "recover", "evaluate", "export"]
STAGES: tuple[Stage, ...] = ("model", "calibrate", "analyse", "search", "recover", "evaluate", "export")
TextPart = Literal["calibration", "recovery"]
"""The parts of the settings that name texts."""
TextForm = Literal["own", "plain", "instruction", "sharegpt", "messages", "transcript"]
"""Written by the dense model itself, or read from a file or a data set in one of the usual forms."""
Outcome = Literal["finished", "paused", "stopped", "discarded", "failed"]


def _past_tense_tag(class_name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="event", tag=_past_tense_tag):
    """The head of every event; the journal numbers and times it.

    Events are trees, so reference counting frees them all; a window that holds ten thousand would be halted by every
    full garbage collection.
    """

    seq: int = 0
    """Place in the run's journal, from 1; 0 until it is journalled."""
    time: float = 0.0
    """Seconds since the epoch."""


Emit = Callable[[Event], object]
"""Receives the events of a job. It may raise to stop the work; what it returns is ignored."""


class RunStarted(Event, frozen=True, kw_only=True):
    """A run begins, or goes on after a pause or a crash."""

    run: str
    algorithm: str
    resumed: bool
    device: str
    versions: dict[str, str]


class StageStarted(Event, frozen=True, kw_only=True):
    """A stage of the work begins."""

    stage: Stage


class StageProgressed(Event, frozen=True, kw_only=True):
    """How far the stage is: ``done`` of ``total`` (0: not known), in the words of ``message``."""

    stage: Stage
    done: float
    total: float
    message: str = ""
    remaining_seconds: float | None = None


class StageFinished(Event, frozen=True, kw_only=True):
    """A stage is complete; ``reused`` when its result was already there."""

    stage: Stage
    seconds: float
    reused: bool = False


class MessageLogged(Event, frozen=True, kw_only=True):
    """A sentence for the person."""

    level: Literal["debug", "info", "warning", "error"]
    message: str


class Heartbeat(Event, frozen=True, kw_only=True):
    """Once a second while the engine works; never journalled. Memory in bytes."""

    process_memory: int
    device_memory: int = 0
    """What the engine holds on accelerators."""
    device_used: int = 0
    """What everybody holds there; 0 where there is none, or as long as nothing has used it."""
    device_total: int = 0
    cpu_load: float | None = None
    """Of all cores since the last beat, 0 to 1; None at the first beat, which has nothing to compare with."""
    device_load: float | None = None
    """Of all GPUs, their mean, 0 to 1; None where there is none or its driver does not tell."""


class ReportWritten(Event, frozen=True, kw_only=True):
    """The report of a run is on disk."""

    run: str
    file: str
    bytes: int


class RunFinished(Event, frozen=True, kw_only=True):
    """The last event of a session of the engine."""

    outcome: Outcome
    message: str
