"""Fixtures of the tests of the engine's environment."""

from pathlib import Path

import pytest

from tests.engine.environment.stand_in_uv import StandInUv
from tests.no_engine import without_engine


@pytest.fixture
def uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandInUv:
    """Return a uv that installs nothing, on a computer without an engine."""
    return without_engine(tmp_path, monkeypatch)
