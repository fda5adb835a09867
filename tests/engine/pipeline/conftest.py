"""Every test works in a cache of its own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def _texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("texts")


@pytest.fixture
def shared_texts(_own_cache: None, tmp_path: Path, _texts: Path) -> None:
    """Keep the texts that the tiny models write, which are always the same, for the tests that follow."""
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "texts").symlink_to(_texts, target_is_directory=True)
