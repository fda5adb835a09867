"""Work that needs no window, in a thread of the pool, so that the window goes on."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot


class BackgroundTask(QObject):
    """One piece of work at a time: what is asked later takes the place of what was asked before."""

    done = Signal(object)
    """What the latest work returned."""
    failed = Signal(object)
    """What it raised instead, which is a fault of the program: it is then raised again in the window's thread."""
    _ended = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.busy = False
        """Whether something is still to come."""
        self._number = 0
        self._ended.connect(self._on_ended)

    def start(self, work: Callable[[], object]) -> None:
        """Do ``work``; nobody hears any more of what was begun before."""
        self._number += 1
        self.busy = True
        number = self._number
        QThreadPool.globalInstance().start(lambda: self._ended.emit(number, _result_of(work)))

    def cancel(self) -> None:
        """Nobody hears any more of what was begun."""
        self._number += 1
        self.busy = False

    @Slot(int, object)
    def _on_ended(self, number: int, result: object) -> None:
        if number != self._number:
            return
        self.busy = False
        if isinstance(result, _Failure):
            self.failed.emit(result.error)
            raise result.error
        self.done.emit(result)


class _Failure:
    def __init__(self, error: Exception) -> None:
        self.error = error


def _result_of(work: Callable[[], object]) -> object:
    try:
        return work()
    except Exception as error:
        return _Failure(error)
