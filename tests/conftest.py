"""Fixtures for every test."""

import gc
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from engine.api.tied_process import start_tied
from tests.warm_process import WarmPopen, start_engines_warm

_MANY_MODULES = 30
_frozen_modules = 0
_frozen_before = ""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Leave out of every garbage collection what the imports of all tests create: a million objects.

    The engine collects whenever it releases a model, and the window's tests after each test.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        _freeze()


def pytest_runtest_logstart(location: tuple[str, int | None, str]) -> None:
    """Leave out what the tests of other files have left in caches of libraries; no fixture of theirs is alive."""
    global _frozen_before
    if location[0] != _frozen_before:
        _frozen_before = location[0]
        _freeze()


def pytest_runtest_logfinish() -> None:
    """Leave out what a test has imported where it is used too, such as peft: half a million objects more."""
    if len(sys.modules) > _frozen_modules + _MANY_MODULES:
        _freeze()


def _freeze() -> None:
    global _frozen_modules
    gc.collect()
    gc.freeze()
    _frozen_modules = len(sys.modules)


@pytest.fixture(autouse=True, scope="session")
def own_configuration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the tests a configuration folder of their own, instead of that of the person who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("configuration")))
        yield


@pytest.fixture
def allowed_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the task files and tools that a test makes run, as if the person had allowed them."""
    monkeypatch.setattr("engine.api.trust.is_trusted", lambda _place: True)


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Let no test wait until its files are durable: tests of power cuts do it themselves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _file: None)
        yield


@pytest.fixture
def warm_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the Python tools of an export from a server that has imported the model libraries."""
    monkeypatch.setattr("engine.export.child_process.start_tied", _start_warm)


@pytest.fixture
def warm_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the window's engines from a server that has imported the model libraries."""
    start_engines_warm(monkeypatch)


def _start_warm(command: Sequence[str], **options: Any) -> "WarmPopen | subprocess.Popen[bytes]":
    return WarmPopen(command, **options) if command[0] == sys.executable else start_tied(command, **options)
