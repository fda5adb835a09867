"""Name temporary files and folders after the process that owns them, and see whether it still runs."""

import hashlib
import os
import re
import secrets
import socket
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import psutil

_FORM = re.compile(r"\.?layerswarm\.(?P<host>[\w-]+)\.(?P<pid>\d{1,10})\.(?P<started>\d{1,19})\.[0-9a-f]{8}\.part")
_FIRST_NAMESPACE = "pid:[4026531836]"
"""Linux's own namespace of process numbers; containers have others."""
_TOLERANCE_SECONDS = 2
"""Outside Linux the start of a process is a date, which moves a little when the clock is set."""


@dataclass(frozen=True)
class Owner:
    """A process of some computer. Its start distinguishes it from a later one with the same number."""

    host: str
    pid: int
    started: int
    """Linux: clock ticks since the computer was started. Elsewhere: seconds since the epoch."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is a process of another computer or container, of which nothing is known here."""
        return self.host != _this_host()

    @property
    def is_gone(self) -> bool:
        """Whether it was a process of this computer and has ended."""
        return not self.is_elsewhere and not _runs(self.pid, self.started)


def owned_name(hidden: bool = True) -> str:
    """Return a new name for a temporary file or folder of this process."""
    dot, pid = "." if hidden else "", os.getpid()
    return f"{dot}layerswarm.{_this_host()}.{pid}.{_own_start(pid)}.{secrets.token_hex(4)}.part"


def owner_of(name: str) -> Owner | None:
    """Return the process that a name from ``owned_name`` belongs to; None for any other name."""
    found = _FORM.fullmatch(name)
    return Owner(found["host"], int(found["pid"]), int(found["started"])) if found else None


@lru_cache(maxsize=1)
def _this_host() -> str:
    """Return a readable mark of this computer, or of this container, since a container counts processes anew."""
    name = socket.gethostname()
    try:
        namespace = os.readlink("/proc/self/ns/pid")
    except OSError:
        namespace = _FIRST_NAMESPACE
    whole = name if namespace == _FIRST_NAMESPACE else f"{name} {namespace}"
    return f"{re.sub('[^A-Za-z0-9-]', '-', name)[:24]}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


@lru_cache(maxsize=1)
def _own_start(pid: int) -> int:
    try:
        return _started(pid) or 0
    except (psutil.Error, PermissionError):
        return 0


def _runs(pid: int, started: int) -> bool:
    """Return whether a process runs; true where the system refuses to say."""
    try:
        now = _started(pid)
    except (psutil.AccessDenied, PermissionError):
        return True
    return now is not None and abs(now - started) <= (0 if sys.platform == "linux" else _TOLERANCE_SECONDS)


def _started(pid: int) -> int | None:
    """Return when a process was started; None where there is none, or it has ended and nobody has asked how.

    Raises:
        PermissionError, psutil.AccessDenied: The system hides the process.
    """
    if sys.platform == "linux":
        # psutil derives a date, which jumps with the clock of the computer.
        try:
            fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            _check_hidden(pid)
            return None
        return None if fields[0] in (b"Z", b"X") else int(fields[19])
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else int(process.create_time())
    except psutil.NoSuchProcess:
        return None


def _check_hidden(pid: int) -> None:
    """Raise PermissionError if the process exists although it is not listed, as with the mount option ``hidepid``."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return
    raise PermissionError
