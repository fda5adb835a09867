"""Transformers says nothing while it is quiet, and is as loud as before afterwards."""

import logging

import pytest
from transformers.utils.logging import get_logger

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
