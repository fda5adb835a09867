"""Every test works in a cache of its own, in a folder of its own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
