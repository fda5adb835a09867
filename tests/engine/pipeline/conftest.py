"""Every test works in a cache of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.pipeline.ray_nodes import ENVIRONMENT, RayNodes


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


@pytest.fixture(scope="session")
def _nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RayNodes]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)  # before Ray is imported, which reads some of them then
        pytest.importorskip("ray", reason="needs Ray: pip install 'layerswarm[cluster]'")
        nodes = RayNodes(tmp_path_factory.mktemp("nodes"))
    yield nodes
    nodes.close()


@pytest.fixture
def nodes(_nodes: RayNodes, monkeypatch: pytest.MonkeyPatch) -> RayNodes:
    """A Ray cluster of two node processes, which the person allows; all tests share it."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("engine.api.trust.is_trusted", lambda _place: True)
    return _nodes
