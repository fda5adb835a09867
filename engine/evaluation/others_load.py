"""Measure how much of the processor other programs use while something is timed."""

import os
from collections.abc import Callable, Mapping
from typing import Protocol

import psutil

_NOT_WORKING = ("idle", "iowait")
"""Times of the cores that are no work."""
_IN_ANOTHER = "guest"
"""Begins the names of the times of guests, which are counted as those of users too."""


class Times(Protocol):
    """Seconds by kind, as psutil returns them."""

    def _asdict(self) -> Mapping[str, float]: ...


class OthersLoad:
    """Compares the work of all cores with that of this process.

    The load average would count this process too, which uses every core itself while it is timed.

    Args:
        cores: Returns the seconds of all cores since the start of the computer, by kind.
        own: Returns the seconds of this process.
    """

    def __init__(self, cores: Callable[[], Times] = psutil.cpu_times, own: Callable[[], float] | None = None) -> None:
        self._cores = cores
        self._own = own or _own_seconds
        self._start: tuple[float, float, float] | None = None

    def begin(self) -> None:
        """Start to measure."""
        self._start = self._now()

    def share(self) -> float | None:
        """Return the share of the cores' time that others took, 0 to 1; None before a tick of the clock has passed."""
        if self._start is None:
            return None
        whole, working, own = (after - before for after, before in zip(self._now(), self._start, strict=True))
        return min(max((working - own) / whole, 0.0), 1.0) if whole > 0 else None

    def _now(self) -> tuple[float, float, float]:
        times = self._cores()._asdict()
        counted = {kind: seconds for kind, seconds in times.items() if not kind.startswith(_IN_ANOTHER)}
        working = sum(seconds for kind, seconds in counted.items() if kind not in _NOT_WORKING)
        return sum(counted.values()), working, self._own()


def _own_seconds() -> float:
    times = os.times()
    return times.user + times.system
