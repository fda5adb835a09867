"""Transformers says nothing while it is quiet, and is as loud as before afterwards."""

import logging

import pytest
from transformers.utils.logging import enable_progress_bar, get_logger, is_progress_bar_enabled

from engine.models.quiet import quiet_transformers


def test_warnings_are_silent_inside_and_the_levels_are_restored(capfd: pytest.CaptureFixture[str]) -> None:
    logger = get_logger("transformers.quiet_test")
    handlers = get_logger("transformers").handlers
    before = [handler.level for handler in handlers]
    with quiet_transformers():
        logger.warning("unheard")
        with quiet_transformers():
            logger.warning("unheard too")
        logger.warning("still unheard")
        assert all(handler.level >= logging.ERROR for handler in handlers)
    assert [handler.level for handler in handlers] == before
    assert "unheard" not in capfd.readouterr().err


def test_a_thread_that_ends_first_or_last_changes_nothing_for_the_others() -> None:
    enable_progress_bar()  # whatever the tests before left
    for first, last in ((0, 1), (1, 0)):
        users = [quiet_transformers(), quiet_transformers()]
        for user in users:
            user.__enter__()
        users[first].__exit__(None, None, None)
        assert not is_progress_bar_enabled(), "another thread is at work"
        users[last].__exit__(None, None, None)
        assert is_progress_bar_enabled()
