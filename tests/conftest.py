"""Fixtures for every test."""

import subprocess
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from tests.warm_process import WarmPopen


@pytest.fixture
def warm_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the Python tools of an export from a server that has imported the model libraries."""
    monkeypatch.setattr("engine.export.child_process.subprocess", SimpleNamespace(Popen=_popen))


@pytest.fixture
def warm_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the window's engines from a server that has imported the model libraries."""
    monkeypatch.setattr("gui.engine_link.engine_thread.subprocess", SimpleNamespace(Popen=_popen, PIPE=subprocess.PIPE))


def _popen(command: Sequence[str], **options: Any) -> "WarmPopen | subprocess.Popen[bytes]":
    return WarmPopen(command, **options) if command[0] == sys.executable else subprocess.Popen(command, **options)
