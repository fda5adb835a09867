"""Silence transformers' own terminal output."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from transformers.utils import logging


@contextmanager
def quiet_transformers() -> Iterator[None]:
    """Silence transformers' progress bars and warnings: LayerSwarm reports progress by events."""
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
