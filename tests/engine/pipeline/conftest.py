"""Every test works in a cache of its own; only the texts that the tiny models write are written once."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def _texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("texts")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _texts: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "texts").symlink_to(_texts, target_is_directory=True)
    monkeypatch.setenv("LAYERSWARM_CACHE", str(cache))
