"""Silence transformers' own terminal output."""

import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock

from transformers.utils import logging


class _Silence:
    """Silent from the first of several users to the last: a thread may read weights while another one loads a model."""

    def __init__(self) -> None:
        self._lock, self._users, self._restored = Lock(), 0, ExitStack()

    def begin(self) -> None:
        with self._lock:
            self._users += 1
            if self._users == 1:
                self._restored.enter_context(_silenced())

    def end(self) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                self._restored.close()


@contextmanager
def _silenced() -> Iterator[None]:
    # The handlers' levels and not the logger's, whose change empties the caches of all loggers of the process.
    levels = {handler: handler.level for handler in logging.get_logger("transformers").handlers}
    bars = logging.is_progress_bar_enabled()
    for handler in levels:
        handler.setLevel("ERROR")
    logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for handler, level in levels.items():
            handler.setLevel(level)
        if bars:
            logging.enable_progress_bar()


_SILENCE = _Silence()  # one, since what it changes belongs to the process


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """Silence transformers' progress bars and warnings: LayerSwarm reports progress by events."""
    _SILENCE.begin()
    try:
        yield
    finally:
        _SILENCE.end()
