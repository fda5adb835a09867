"""Long work in the window's thread, split into steps so that user input is handled in between."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Slot

_PAUSE = 7
"""Milliseconds between two steps: Qt collects paint requests for 5 ms, and one frame should not contain all of them."""


class StepScheduler(QObject):
    """Runs the work of several owners in turn, one step per turn of the event loop."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: dict[QObject, Iterator[None]] = {}
        self._is_over = False
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._run_next_step)

    @property
    def is_idle(self) -> bool:
        """Whether no work is left."""
        return not self._work

    def schedule(self, owner: QObject, steps: Iterator[None]) -> None:
        """Run ``steps`` from now on, replacing what is left of the owner's earlier work."""
        if self._is_over:
            return
        self._work.pop(owner, None)
        self._work[owner] = steps
        self._timer.start()

    def cancel(self, owner: QObject) -> None:
        """Drop the rest of the owner's work."""
        self._work.pop(owner, None)
        if not self._work:
            self._timer.stop()

    def stop(self) -> None:
        """Drop all work and accept no more, because the window closes and its pages with it."""
        self._is_over = True
        self._work.clear()
        self._timer.stop()

    def finish(self, owner: QObject) -> None:
        """Run the rest of the owner's work now."""
        for _ in self._work.get(owner, ()):
            pass
        self.cancel(owner)

    def has_work(self, owner: QObject) -> bool:
        """Return whether any work of the owner is left."""
        return owner in self._work

    @Slot()
    def _run_next_step(self) -> None:
        owner, steps = next(iter(self._work.items()))
        self._work[owner] = self._work.pop(owner)  # the next turn belongs to another owner
        is_over = True
        try:
            next(steps)
            is_over = False
        except StopIteration:
            pass
        finally:  # a step that failed is not repeated
            if is_over and self._work.get(owner) is steps:
                self.cancel(owner)
