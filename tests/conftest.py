"""Fixtures for every test."""

import gc
import subprocess
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from tests.warm_process import WarmPopen, start_engines_warm


def pytest_collection_finish() -> None:
    """Leave out of every later garbage collection what the imports of all tests have created: a million objects.

    The engine collects whenever it releases a model, and the window's tests after each test.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture
def warm_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the Python tools of an export from a server that has imported the model libraries."""
    monkeypatch.setattr("engine.export.child_process.subprocess", SimpleNamespace(Popen=_popen))


@pytest.fixture
def warm_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the window's engines from a server that has imported the model libraries."""
    start_engines_warm(monkeypatch)


def _popen(command: Sequence[str], **options: Any) -> "WarmPopen | subprocess.Popen[bytes]":
    return WarmPopen(command, **options) if command[0] == sys.executable else subprocess.Popen(command, **options)
