"""Turn Ctrl-C into a pause of the work."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from engine.api.control import Control
from engine.api.exit_codes import STOPPED


@contextmanager
def pause_on_interrupt(control: Control) -> Iterator[None]:
    """Request a pause on the first SIGINT or SIGTERM, and exit at once on the second."""
    with stop_on_interrupt(lambda: control.request_stop("pause"), "Pausing at the next safe point"):
        yield


@contextmanager
def stop_on_interrupt(stop_work: Callable[[], None], words: str = "Stopping") -> Iterator[None]:
    """Call ``stop_work`` on the first SIGINT or SIGTERM, and exit at once on the second."""
    asked = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            os._exit(STOPPED)
        asked = True
        print(f"{words}; press Ctrl-C again to exit at once.", file=sys.stderr)
        stop_work()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
