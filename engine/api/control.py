"""How a running job is asked to stop: checked between the steps of the work, never in the middle of one."""

import threading

from engine.api.commands import StopMode


class StopRequested(Exception):
    """Raised at the next safe point after a person asked to stop."""

    def __init__(self, mode: StopMode) -> None:
        super().__init__(mode)
        self.mode = mode


class Control:
    """The wish of the person who watches, shared between the thread that reads commands and the one that works."""

    def __init__(self) -> None:
        self._mode: StopMode | None = None
        self._lock = threading.Lock()

    def request_stop(self, mode: StopMode) -> None:
        """Ask the work to stop at its next safe point; a later wish replaces an earlier one."""
        with self._lock:
            self._mode = mode

    def check(self) -> None:
        """Go on, or raise.

        Raises:
            StopRequested: a stop was asked for.
        """
        with self._lock:
            mode = self._mode
        if mode is not None:
            raise StopRequested(mode)
