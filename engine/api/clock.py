"""Measure how long work takes, by a clock that nobody can set and that stands still while the computer sleeps.

The wall clock is for dates only: it jumps when it is set, by a person or over the network.
"""

import sys
import time

from engine.api.event import Event

if sys.platform == "win32":
    import ctypes

    def seconds_awake() -> float:
        """Return the seconds since the computer was started, without those in which it slept."""
        ticks = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))  # time.monotonic counts sleep there
        return ticks.value / 1e7

else:

    def seconds_awake() -> float:
        """Return the seconds since the computer was started, without those in which it slept."""
        return time.monotonic()


def seconds_between(first: Event, last: Event) -> float:
    """Return the seconds of work between two events of one session.

    Journals of earlier versions hold dates only; there, a clock that was set back counts as no time.
    """
    if 0 < first.elapsed <= last.elapsed:
        return last.elapsed - first.elapsed
    return max(last.time - first.time, 0.0)
