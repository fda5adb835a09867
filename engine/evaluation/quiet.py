"""Silence the terminal output of lm-eval and its libraries; our own events report the progress."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

from tqdm import tqdm  # type: ignore[import-untyped]

_LOGGERS = ("lm_eval", "datasets")


@contextmanager
def quiet_lm_eval() -> Iterator[None]:
    """Silence progress bars, prints and warnings inside a ``with`` block, and skip the report on the environment."""
    import lm_eval.evaluator

    plain = tqdm.__init__

    def silent(bar: Any, *args: Any, **options: Any) -> None:
        plain(bar, *args, **{**options, "disable": True})

    levels = {name: logging.getLogger(name).level for name in _LOGGERS}
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # The bar over the questions has no option to turn it off, git complains outside a repository, and the report on the
    # environment runs pip, which takes longer than many a task.
    with (
        redirect_stdout(io.StringIO()),
        _replaced(tqdm, "__init__", silent),
        _replaced(lm_eval.evaluator, "get_git_commit_hash", lambda: None),
        _replaced(lm_eval.evaluator, "add_env_info", lambda _results: None),
    ):
        try:
            yield
        finally:
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)


@contextmanager
def _replaced(owner: object, name: str, substitute: object) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, substitute)
    try:
        yield
    finally:
        setattr(owner, name, before)
