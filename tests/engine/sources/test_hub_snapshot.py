"""The Hub: what is asked for, what is reported, and each way in which it says no.

One test downloads from a Hub served on this computer; in the others the two calls to the library are played.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from huggingface_hub import constants
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.hf_api import ModelInfo

from engine.api.errors import BadInput
from engine.models.progress import silent
from engine.sources.hub import snapshot as hub_source
from engine.sources.hub.errors import HubUnreachable
from engine.sources.hub.snapshot import fetch_from_hub
from engine.sources.resolve import resolve_source
from tests.engine.sources.local_hub import only_hub
from tests.engine.tiny_models import save_tiny

REPO = "org/name"
FILES = {"config.json": 100, "model.safetensors": 1000, "onnx/model.safetensors": 5, "pytorch_model.bin": 1000}


class PlayedHub:
    """Stands for the Hub's two calls; ``says`` and ``downloads`` are what they answer or raise."""

    def __init__(self, folder: Path, files: dict[str, int]) -> None:
        siblings = [{"rfilename": name, "size": size} for name, size in files.items()]
        self.folder = folder
        self.says: Any = ModelInfo(id=REPO, sha="abc", siblings=siblings, tags=[], private=False, downloads=0, likes=0)
        self.downloads: Any = str(folder)
        self.asked: dict[str, Any] = {}
        (folder / "config.json").write_text("{}")
        (folder / "model.safetensors").write_bytes(b"")

    def model_info(self, _repo: str, **_kwargs: Any) -> Any:
        return self._answer(self.says)

    def snapshot_download(self, _repo: str, **kwargs: Any) -> Any:
        self.asked = kwargs
        if kwargs["allow_patterns"] == ["config.json"] and not isinstance(self.downloads, Exception):
            return str(self.folder)
        return self._answer(self.downloads)

    def _answer(self, answer: Any) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return answer(self.asked) if callable(answer) else answer


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> PlayedHub:
    played = PlayedHub(tmp_path, FILES)
    monkeypatch.setattr(hub_source, "HfApi", lambda: played)
    monkeypatch.setattr(hub_source, "snapshot_download", played.snapshot_download)
    return played


def http_error(kind: type[HfHubHTTPError], status: int) -> HfHubHTTPError:
    return kind("no", response=httpx2.Response(status, request=httpx2.Request("GET", "https://example.org")))


def test_only_safetensors_and_small_files_are_asked_for(hub: PlayedHub, tmp_path: Path) -> None:
    assert fetch_from_hub(REPO, "main", silent) == tmp_path
    assert hub.asked["revision"] == "main"
    assert hub.asked["allow_patterns"] == ["config.json", "model.safetensors"]


def test_a_repository_without_safetensors_is_refused_before_they_are_downloaded(hub: PlayedHub) -> None:
    hub.says.siblings = [file for file in hub.says.siblings if file.rfilename != "model.safetensors"]
    with pytest.raises(BadInput, match="no safetensors weights"):
        fetch_from_hub(REPO, "main", silent)
    assert hub.asked["allow_patterns"] == ["config.json"]


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (http_error(GatedRepoError, 401), BadInput, "received no valid token"),
        (http_error(GatedRepoError, 403), BadInput, "accept its licence"),
        (http_error(RepositoryNotFoundError, 404), BadInput, "no model org/name"),
        (http_error(RevisionNotFoundError, 404), BadInput, "no revision 'v2'"),
    ],
)
def test_each_no_has_its_own_sentence(hub: PlayedHub, answer: Exception, error: type[Exception], words: str) -> None:
    hub.says = answer
    with pytest.raises(error, match=words):
        fetch_from_hub(REPO, "v2", silent)


def test_a_gate_that_closes_at_the_download_is_named_too(hub: PlayedHub) -> None:
    hub.downloads = http_error(GatedRepoError, 403)
    with pytest.raises(BadInput, match="gated"):
        fetch_from_hub(REPO, "main", silent)


def test_without_the_network_the_cache_serves(hub: PlayedHub, tmp_path: Path) -> None:
    hub.says = httpx2.ConnectError("no name server")
    assert fetch_from_hub(REPO, "main", silent) == tmp_path
    assert hub.asked["local_files_only"] is True
    assert hub.asked["revision"] == "main"


def test_a_snapshot_that_lacks_weights_is_none_without_the_network(hub: PlayedHub, tmp_path: Path) -> None:
    hub.says = httpx2.ConnectError("no name server")
    (tmp_path / "model.safetensors").unlink()
    with pytest.raises(HubUnreachable, match="not complete in the cache"):
        fetch_from_hub(REPO, "main", silent)


def test_without_network_and_cache_the_hub_is_unreachable(hub: PlayedHub) -> None:
    hub.says, hub.downloads = httpx2.ConnectTimeout("slow"), LocalEntryNotFoundError("not there")
    with pytest.raises(HubUnreachable, match="cannot be reached"):
        fetch_from_hub(REPO, "main", silent)


def test_a_broken_download_can_be_taken_up_again(hub: PlayedHub) -> None:
    hub.downloads = httpx2.ReadError("connection reset")
    with pytest.raises(HubUnreachable, match="interrupted"):
        fetch_from_hub(REPO, "main", silent)


def arriving_bytes(folder: Path) -> Callable[[dict[str, Any]], str]:
    def download(asked: dict[str, Any]) -> str:
        bar = asked["tqdm_class"](name="huggingface_hub.snapshot_download", total=0, unit="B")
        other = asked["tqdm_class"](total=2)
        for size in (600, 400):
            bar.update(size)
            other.update(1)
        return str(folder)

    return download


def test_progress_is_told_in_bytes_of_all_that_is_wanted(hub: PlayedHub, tmp_path: Path) -> None:
    hub.downloads = arriving_bytes(tmp_path)
    told: list[tuple[float, float]] = []
    fetch_from_hub(REPO, "main", lambda _message, done, total: told.append((done, total)))
    assert told[1:] == [(600, 1100), (1000, 1100)]


def test_a_report_that_raises_stops_the_download(hub: PlayedHub, tmp_path: Path) -> None:
    class StoppedByPersonError(Exception):
        pass

    def stop(_message: str, done: float, _total: float) -> None:
        if done:
            raise StoppedByPersonError

    hub.downloads = arriving_bytes(tmp_path)
    with pytest.raises(StoppedByPersonError):
        fetch_from_hub(REPO, "main", stop)


def test_a_repository_is_downloaded_once_and_found_again_offline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = tmp_path / "served" / REPO
    save_tiny("llama", repo, max_shard_size="60KB")
    (repo / "onnx").mkdir()
    for unwanted in ("pytorch_model.bin", "modeling.py", "onnx/config.json"):
        (repo / unwanted).write_text("{}")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    told: list[tuple[float, float]] = []
    with only_hub(tmp_path / "served", monkeypatch):
        model = resolve_source(REPO, "main", lambda _message, done, total: told.append((done, total)))
        with pytest.raises(BadInput, match="no model org/other"):
            resolve_source("org/other", "main", silent)
    wanted = [file for file in repo.iterdir() if file.suffix in (".json", ".jinja", ".safetensors")]
    assert sorted(file.name for file in model.path.iterdir()) == sorted(file.name for file in wanted)
    assert told[-1] == (told[-1][1], sum(file.stat().st_size for file in wanted))
    assert (model.name, model.source) == ("name", REPO)
    assert resolve_source(REPO, "main", silent) == model, "the Hub is gone, the cache serves"
