"""Make torch's threads wait without taking the processor from others. It must be called before torch is imported."""

import os

_SPINS = "10000"
"""Turns that a thread waits for the others by spinning, before it sleeps: long enough for the end of one operation."""
_CHOICES = ("GOMP_SPINCOUNT", "OMP_WAIT_POLICY")


def limit_spinning() -> None:
    """Limit how long threads spin while they wait for each other, unless the user's environment decides it.

    Without a limit each of torch's OpenMP threads keeps its core busy until the last one has finished, so that beside
    one other busy process most of the time is spent on waiting. GNU's OpenMP, which torch uses on Linux, reads the
    variable when it is loaded. Processes that this one starts inherit it.
    """
    if not any(name in os.environ for name in _CHOICES):
        os.environ["GOMP_SPINCOUNT"] = _SPINS
