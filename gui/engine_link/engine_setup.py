"""The setup of the engine, at work in a thread of the pool."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from engine.api.errors import LayerSwarmError, in_one_line
from engine.environment.progress import Report
from engine.environment.uv_process import Interrupted, UvFailed
from engine.environment.work import Work
from gui.words.messages import message_words
from gui.words.translation import tr


@dataclass(frozen=True)
class SetupEnd:
    """How the work ended."""

    ending: Literal["done", "stopped", "failed"]
    sentence: str
    detail: str = ""
    """What uv printed last, for a bug report."""


class EngineSetup(QObject):
    """Does one piece of work at a time. Keep it until ``ended``."""

    progressed = Signal(object)
    """A ``Progress``."""
    ended = Signal(object)
    """A ``SetupEnd``."""
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self._finished.connect(self._on_finished)

    @property
    def is_busy(self) -> bool:
        """Whether work is being done."""
        return self._work is not None

    def start(self, make: Callable[[Report], Work]) -> None:
        """Start work, which is made with the receiver of its progress; nothing happens while there is some."""
        if self._work is not None:
            return
        try:
            self._work = work = make(self.progressed.emit)
        except LayerSwarmError as error:
            self.ended.emit(_failure(error))
            return
        QThreadPool.globalInstance().start(lambda: self._finished.emit(_end_of(work)))

    def stop(self) -> None:
        """Stop the work soon."""
        if self._work is not None:
            self._work.stop()

    @Slot(object)
    def _on_finished(self, end: SetupEnd) -> None:
        self._work = None
        self.ended.emit(end)


def _end_of(work: Work) -> SetupEnd:
    try:
        return SetupEnd("done", message_words(work.run()))
    except Interrupted as error:
        return SetupEnd("stopped", message_words(error.sentence))
    except LayerSwarmError as error:
        return _failure(error)
    except Exception as error:  # whatever it is, the window must not wait for an end that never comes
        words = tr("The work has failed unexpectedly ({0}): {1}").format(type(error).__name__, in_one_line(error, 300))
        return SetupEnd("failed", words, traceback.format_exc())


def _failure(error: LayerSwarmError) -> SetupEnd:
    return SetupEnd("failed", message_words(error.sentence), error.output if isinstance(error, UvFailed) else "")
