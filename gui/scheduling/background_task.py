"""Work without widgets in a thread of the pool, so that the window stays responsive."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot


class BackgroundTask(QObject):
    """One task at a time; a new task replaces the one before it."""

    done = Signal(object)
    """The result of the latest task."""
    failed = Signal(object)
    """The exception that the task raised, which is a bug: it is raised again in the window's thread."""
    _ended = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.busy = False
        """Whether a result is still to come."""
        self._number = 0
        self._ended.connect(self._on_ended)

    def start(self, work: Callable[[], object]) -> None:
        """Run ``work`` in the pool and ignore the result of any task started before it."""
        self._number += 1
        self.busy = True
        number = self._number
        QThreadPool.globalInstance().start(lambda: self._ended.emit(number, _result_of(work)))

    def cancel(self) -> None:
        """Ignore the result of the running task."""
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
