"""The Hub: what is asked for, what is reported, and each way in which it says no. The network is played."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from huggingface_hub.errors import (
    GatedRepoError,
    HfHubHTTPError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)
from huggingface_hub.hf_api import ModelInfo

from engine.api.errors import BadInput
from engine.models import hub_source
from engine.models.hub_source import HubUnreachable, fetch_from_hub
from engine.models.progress import silent

REPO = "org/name"
FILES = {"config.json": 100, "model.safetensors": 1000, "onnx/model.safetensors": 5, "pytorch_model.bin": 1000}


class PlayedHub:
    """Stands for the Hub's two calls; ``says`` and ``downloads`` are what they answer or raise."""

    def __init__(self, folder: Path, files: dict[str, int]) -> None:
        siblings = [{"rfilename": name, "size": size} for name, size in files.items()]
        self.says: Any = ModelInfo(id=REPO, sha="abc", siblings=siblings, tags=[], private=False, downloads=0, likes=0)
        self.downloads: Any = str(folder)
        self.asked: dict[str, Any] = {}

    def model_info(self, _repo: str, **_kwargs: Any) -> Any:
        return self._answer(self.says)

    def snapshot_download(self, _repo: str, **kwargs: Any) -> Any:
        self.asked = kwargs
        return self._answer(self.downloads)

    def _answer(self, answer: Any) -> Any:
        if isinstance(answer, Exception):
            raise answer
        return answer(self.asked) if callable(answer) else answer


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> PlayedHub:
    played = PlayedHub(tmp_path, FILES)
    monkeypatch.setattr(hub_source, "HfApi", lambda: played)
    monkeypatch.setattr(hub_source, "snapshot_download", played.snapshot_download)
    return played


def http_error(kind: type[HfHubHTTPError], status: int) -> HfHubHTTPError:
    return kind("no", response=httpx2.Response(status, request=httpx2.Request("GET", "https://example.org")))


def test_only_safetensors_and_small_files_of_the_exact_commit_are_asked_for(hub: PlayedHub, tmp_path: Path) -> None:
    assert fetch_from_hub(REPO, "main", silent) == tmp_path
    assert hub.asked["revision"] == "abc"
    assert "model.safetensors" in hub.asked["allow_patterns"]
    assert not any("bin" in pattern or pattern.endswith(".py") for pattern in hub.asked["allow_patterns"])
    assert hub.asked["ignore_patterns"] == ["*/*"]


def test_a_repository_without_safetensors_is_refused_before_anything_is_downloaded(hub: PlayedHub) -> None:
    hub.says.siblings = [file for file in hub.says.siblings if file.rfilename != "model.safetensors"]
    with pytest.raises(BadInput, match="no safetensors weights"):
        fetch_from_hub(REPO, "main", silent)
    assert not hub.asked


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
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


def test_without_network_and_cache_the_hub_is_unreachable(hub: PlayedHub) -> None:
    hub.says, hub.downloads = httpx2.ConnectTimeout("slow"), LocalEntryNotFoundError("not there")
    with pytest.raises(HubUnreachable, match="cannot be reached"):
        fetch_from_hub(REPO, "main", silent)


def test_a_broken_download_can_be_taken_up_again(hub: PlayedHub) -> None:
    hub.downloads = httpx2.ReadError("connection reset")
    with pytest.raises(HubUnreachable, match="broke off"):
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


def test_progress_is_told_in_bytes_of_the_weights(hub: PlayedHub, tmp_path: Path) -> None:
    hub.downloads = arriving_bytes(tmp_path)
    told: list[tuple[float, float]] = []
    fetch_from_hub(REPO, "main", lambda _message, done, total: told.append((done, total)))
    assert told[1:] == [(600, 1000), (1000, 1000)]


def test_a_report_that_raises_stops_the_download(hub: PlayedHub, tmp_path: Path) -> None:
    class StoppedByPersonError(Exception):
        pass

    def stop(_message: str, done: float, _total: float) -> None:
        if done:
            raise StoppedByPersonError

    hub.downloads = arriving_bytes(tmp_path)
    with pytest.raises(StoppedByPersonError):
        fetch_from_hub(REPO, "main", stop)
