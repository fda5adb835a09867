"""Long work on the window's thread, a step at a time, so that what a person does comes between."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Slot

_PAUSE = 7
"""Milliseconds between two steps: Qt gathers what is to be painted for 5, and one frame should not hold it all."""


class StepScheduler(QObject):
    """Goes on with the work of several owners, one after the other, in each turn of the event loop."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: dict[QObject, Iterator[None]] = {}
        self._is_over = False
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._run_next_step)

    @property
    def is_idle(self) -> bool:
        """Whether there is no work left."""
        return not self._work

    def schedule(self, owner: QObject, steps: Iterator[None]) -> None:
        """Do ``steps`` from now on; what was left of the owner's earlier ones is dropped."""
        if self._is_over:
            return
        self._work.pop(owner, None)
        self._work[owner] = steps
        self._timer.start()

    def cancel(self, owner: QObject) -> None:
        """Leave the owner's work as it is."""
        self._work.pop(owner, None)
        if not self._work:
            self._timer.stop()

    def stop(self) -> None:
        """Leave everybody's work as it is and take no other: the window goes, and its pages with it."""
        self._is_over = True
        self._work.clear()
        self._timer.stop()

    def finish(self, owner: QObject) -> None:
        """Do all that is left of the owner's work, now."""
        for _ in self._work.get(owner, ()):
            pass
        self.cancel(owner)

    def has_work(self, owner: QObject) -> bool:
        """Whether something of the owner's work is left."""
        return owner in self._work

    @Slot()
    def _run_next_step(self) -> None:
        owner, steps = next(iter(self._work.items()))
        self._work[owner] = self._work.pop(owner)  # the next turn is somebody else's
        is_over = True
        try:
            next(steps)
            is_over = False
        except StopIteration:
            pass
        finally:  # a step that failed is not tried again
            if is_over and self._work.get(owner) is steps:
                self.cancel(owner)
