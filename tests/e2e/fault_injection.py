"""Faults that a forked run meets: it is killed at a counted point, a disk refuses to go on, or the GPU fails."""

import builtins
import errno
import io
import os
import re
import resource
import signal
from collections import Counter
from typing import Any, Literal

import msgspec
import torch

from engine.api.events import Event, StageFinished, StageStarted

_CHANGES = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink", "os.truncate"}
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
ANYWHERE = "anywhere"
LOST = "CUDA error: unspecified launch failure\nCUDA kernel errors might be reported at some other call."


class Fault(msgspec.Struct, frozen=True):
    """One fault."""

    kind: Literal["kill", "write", "size", "device"]
    where: str
    """The stage, or ``ANYWHERE``; for ``write`` a pattern of the path that is written."""
    number: int = 0
    """The point in the stage, the error, the largest file in bytes, or the multiplication that fails."""


class Points:
    """Counts the points of a run by stage, and kills the process at one of them."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()
        self.stage = ""
        self._owner = 0
        self._fatal: Fault | None = None

    def begin(self, fault: Fault | None) -> None:
        """Count from now on, in this process."""
        self.counted.clear()
        self.stage, self._owner = "", os.getpid()
        self._fatal = fault if fault is not None and fault.kind == "kill" else None

    def event(self, event: Event) -> None:
        """Count an event, which is in the journal already."""
        if isinstance(event, StageStarted):
            self.stage = event.stage
        self.tick()
        if isinstance(event, StageFinished):
            self.tick()
            self.stage = ""

    def tick(self) -> None:
        """Count a point, and die there if it is the fatal one."""
        if os.getpid() != self._owner:
            return  # a tool
        for place in (self.stage, ANYWHERE):
            self.counted[place] += 1
        fatal = self._fatal
        if fatal is not None and fatal.where in (self.stage, ANYWHERE) and self.counted[fatal.where] > fatal.number:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(self, name: str, arguments: tuple[Any, ...]) -> None:
        """Count what changes the file system; an audit hook."""
        is_written = name == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
        if self._owner and (is_written or name in _CHANGES):
            self.tick()


POINTS = Points()


def inject(fault: Fault) -> None:
    """Bring a fault about in this process, for as long as it lives."""
    match fault.kind:
        case "write":
            _refuse_writing(re.compile(fault.where), fault.number)
        case "size":
            resource.setrlimit(resource.RLIMIT_FSIZE, (fault.number, resource.RLIM_INFINITY))
        case "device":
            _lose_device(fault)


class _FullFile(io.FileIO):
    """A file that takes some bytes and then refuses."""

    room, error = 100, errno.ENOSPC

    def write(self, content: Any) -> int:
        part = memoryview(content).cast("B")[: self.room]
        if not part:
            raise OSError(self.error, os.strerror(self.error))
        self.room -= len(part)
        return super().write(part)


def _refuse_writing(path: "re.Pattern[str]", error: int) -> None:
    opened = io.open

    def opening(file: Any, mode: str = "r", buffering: int = -1, *args: Any, **kwargs: Any) -> Any:
        if isinstance(file, int) or not set(mode) & set("wax") or not path.search(os.fspath(file)):
            return opened(file, mode, buffering, *args, **kwargs)
        raw = _FullFile(file, mode.replace("b", "").replace("t", ""))
        raw.error = error
        return raw if buffering == 0 else io.BufferedWriter(raw)

    def copying(_origin: int, target: int, *args: Any, **kwargs: Any) -> int:
        if path.search(os.readlink(f"/proc/self/fd/{target}")):
            raise OSError(error, os.strerror(error))
        return copied(_origin, target, *args, **kwargs)

    copied = os.copy_file_range
    io.open, builtins.open, os.copy_file_range = opening, opening, copying  # type: ignore[assignment]


def _lose_device(fault: Fault) -> None:
    forward, calls = torch.nn.Linear.forward, 0
    kind = getattr(torch, "AcceleratorError", RuntimeError)

    def failing(self: torch.nn.Linear, values: torch.Tensor) -> torch.Tensor:
        nonlocal calls
        calls += POINTS.stage == fault.where
        if calls > fault.number:  # and ever after
            raise kind(LOST)
        return forward(self, values)

    torch.nn.Linear.forward = failing  # type: ignore[method-assign]
