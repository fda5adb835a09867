"""Ask a running job to stop; the job checks between steps, never within one."""

import threading

from engine.api.commands import StopMode


class StopRequested(Exception):
    """Raised at the next safe point after the user asked to stop."""

    def __init__(self, mode: StopMode) -> None:
        super().__init__(mode)
        self.mode = mode


class Control:
    """A stop request, shared between the thread that reads commands and the thread that works."""

    def __init__(self) -> None:
        self._mode: StopMode | None = None
        self._lock = threading.Lock()

    def request_stop(self, mode: StopMode) -> None:
        """Ask the work to stop at its next safe point; a later request replaces an earlier one."""
        with self._lock:
            self._mode = mode

    def check(self) -> None:
        """Return where no stop was requested.

        Raises:
            StopRequested: A stop was requested.
        """
        with self._lock:
            mode = self._mode
        if mode is not None:
            raise StopRequested(mode)
