"""Collect garbage in the window's thread only."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_PAUSE_MS = 500


class GarbageCollection(QObject):
    """Replaces Python's own collection, which runs in whichever thread happens to allocate.

    A reference cycle may hold widgets and other objects of Qt. Destroyed by a thread of the pool or one that reads from
    an engine, they end the program while the window's thread still uses them.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(_PAUSE_MS)
        timer.timeout.connect(self.collect)
        timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect the oldest generation that is due by Python's thresholds, with all younger ones."""
        due = [
            age
            for age, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > most
        ]
        if due:
            gc.collect(due[-1])
