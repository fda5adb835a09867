"""Search, download, gated models and the cache, by the real worker and the real library against a Hub on loopback."""

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.api.commands import DeleteModel, DownloadModel, KeepToken, ListModels, SearchHub
from engine.api.errors import LayerSwarmError
from engine.api.hub_events import (
    AccessRefused,
    DownloadAdvanced,
    HubSearched,
    LocalModel,
    ModelDownloaded,
    ModelsListed,
    TokenKept,
)
from engine.api.owners import owner_of
from engine.models.progress import silent
from engine.sources.hub.download import Downloads
from engine.sources.hub.files import HubFile
from tests.engine.hub_worker import HubWorker, end, ending, events_of, only, put_model, stop
from tests.engine.sources.local_hub import LocalHub, serve

pytestmark = pytest.mark.slow

REPO = "maker/small"
KILLS = 4
WEIGHTS = "model.safetensors"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    (tmp_path / "served").mkdir()
    with serve(tmp_path / "served") as hub:
        yield hub


@pytest.fixture
def engine(hub: LocalHub, tmp_path: Path) -> HubWorker:
    return HubWorker(hub, tmp_path)


def listed(engine: HubWorker) -> tuple[LocalModel, ...]:
    return only(ModelsListed, engine.answers(ListModels())).models


def interrupted(engine: HubWorker, hub: LocalHub, mode: str) -> None:
    """Begin a download, and end it when half a megabyte is there: by a stop, or by killing the process."""
    hub.seconds_per_block = 0.03
    worker = engine.start(DownloadModel(source=REPO))
    try:
        for event in events_of(worker):
            if isinstance(event, DownloadAdvanced) and event.done > 500_000:
                break
        if mode == "kill":
            worker.kill()
        else:
            stop(worker, "pause" if mode == "pause" else "discard")
        list(events_of(worker))
        worker.wait()
    finally:
        end(worker)
        hub.seconds_per_block = 0.0


def test_a_search_tells_what_one_chooses_by(hub: LocalHub, engine: HubWorker) -> None:
    put_model(
        hub,
        REPO,
        downloads=5,
        likes=7,
        tags=["safetensors", "license:mit"],
        safetensors={"parameters": {"BF16": 1000, "F32": 10}, "total": 1010},
        config={"architectures": ["LlamaForCausalLM"]},
        lastModified="2026-01-02T00:00:00.000Z",
    )
    put_model(hub, "other/closed", downloads=9, likes=1, gated="auto")
    by_downloads = only(HubSearched, engine.answers(SearchHub()))
    assert [model.source for model in by_downloads.models] == ["other/closed", REPO]
    assert [model.gated for model in by_downloads.models] == [True, False]
    found = only(HubSearched, engine.answers(SearchHub(query="SMALL", sort="likes"))).models
    assert [model.source for model in found] == [REPO]
    (small,) = found
    assert (small.downloads, small.likes, small.licence, small.architecture) == (5, 7, "mit", "LlamaForCausalLM")
    assert (small.parameters, small.bytes, small.on_disk) == (1010, 2040, False)
    assert small.modified == pytest.approx(1767312000)


@pytest.mark.parametrize("error", [500, None])
def test_a_hub_that_does_not_answer_is_told_in_a_sentence_and_no_failure(
    hub: LocalHub, engine: HubWorker, error: int | None
) -> None:
    hub.error = error
    if error is None:
        engine.environment["HF_ENDPOINT"] = "http://127.0.0.1:9"
        engine.environment["HF_HUB_OFFLINE"] = "1"
    events = engine.answers(SearchHub(query="x"))
    assert only(HubSearched, events).problem
    assert ending(events).outcome == "finished"


def test_a_model_is_downloaded_listed_found_on_disk_and_deleted(hub: LocalHub, engine: HubWorker) -> None:
    put_model(hub, REPO)
    events = engine.answers(DownloadModel(source=REPO))
    folder = Path(only(ModelDownloaded, events).folder)
    assert (folder / WEIGHTS).read_bytes() == (hub.root / REPO / WEIGHTS).read_bytes()
    last = [event for event in events if isinstance(event, DownloadAdvanced)][-1]
    assert last.done == last.total
    assert engine.partials() == []
    (model,) = listed(engine)
    assert (model.source, model.complete, model.layers, model.architecture) == (REPO, True, 4, "LlamaForCausalLM")
    assert model.bytes > 3_000_000
    assert only(HubSearched, engine.answers(SearchHub())).models[0].on_disk
    assert only(ModelsListed, engine.answers(DeleteModel(source=REPO))).models == ()
    assert not any((engine.cache / "models--maker--small").rglob("*"))


@pytest.mark.parametrize("mode", ["pause", "kill"])
def test_what_has_arrived_is_kept_and_only_the_rest_is_asked_for(hub: LocalHub, engine: HubWorker, mode: str) -> None:
    put_model(hub, REPO)
    interrupted(engine, hub, mode)
    (partial,) = engine.partials()
    arrived = partial.stat().st_size
    assert 0 < arrived < 3_000_000
    (model,) = listed(engine)
    assert (model.source, model.complete, model.total_bytes > 3_000_000) == (REPO, False, True)
    only(ModelDownloaded, engine.answers(DownloadModel(source=REPO)))
    assert hub.asked_for(WEIGHTS)[-1] == f"bytes={arrived}-"
    assert listed(engine)[0].complete
    (blob,) = [file for file in (engine.cache / "models--maker--small" / "blobs").iterdir() if len(file.name) == 64]
    assert hashlib.sha256(blob.read_bytes()).hexdigest() == blob.name


def test_a_download_that_is_killed_again_and_again_comes_to_the_same(hub: LocalHub, engine: HubWorker) -> None:
    put_model(hub, REPO)
    draw = random.Random(0)
    hub.seconds_per_block = 0.02
    for _ in range(KILLS):
        worker = engine.start(DownloadModel(source=REPO))
        try:
            for _event, _ in zip(events_of(worker), range(draw.randrange(1, 5)), strict=False):
                pass
        finally:
            end(worker)
    hub.seconds_per_block = 0.0
    small = engine.cache / "models--maker--small" / "blobs" / f"{'0' * 40}.0123abcd.incomplete"
    small.write_bytes(b"as the Hub's library leaves it if it is killed while it writes a small file")
    only(ModelDownloaded, engine.answers(DownloadModel(source=REPO)))
    assert engine.partials() == []
    (snapshot,) = (engine.cache / "models--maker--small" / "snapshots").iterdir()
    sent = {name: (hub.root / REPO / name).read_bytes() for name in hub.files(REPO)}
    assert {file.name: file.read_bytes() for file in snapshot.iterdir()} == sent
    assert [path for path in engine.cache.parents[1].rglob("*") if owner_of(path.name) is not None] == []


def test_a_cancelled_download_leaves_nothing(hub: LocalHub, engine: HubWorker) -> None:
    put_model(hub, REPO)
    interrupted(engine, hub, "discard")
    assert listed(engine) == ()
    assert engine.partials() == []


def test_a_paused_download_can_be_given_up_later(hub: LocalHub, engine: HubWorker) -> None:
    put_model(hub, REPO)
    interrupted(engine, hub, "pause")
    assert only(ModelsListed, engine.answers(DeleteModel(source=REPO, unfinished_only=True))).models == ()
    assert engine.partials() == []


def test_giving_up_a_newer_revision_leaves_the_one_that_is_here(hub: LocalHub, engine: HubWorker) -> None:
    folder = put_model(hub, REPO)
    only(ModelDownloaded, engine.answers(DownloadModel(source=REPO)))
    (engine.cache / "models--maker--small" / "blobs" / f"{'0' * 64}.layerswarm.incomplete").write_bytes(b"half")
    (model,) = only(ModelsListed, engine.answers(DeleteModel(source=REPO, unfinished_only=True))).models
    assert (model.complete, model.layers) == (True, 4)
    assert engine.partials() == []
    assert (Path(model.folder) / WEIGHTS).read_bytes() == (folder / WEIGHTS).read_bytes()


def test_a_connection_that_breaks_again_and_again_is_taken_up_each_time(hub: LocalHub, engine: HubWorker) -> None:
    put_model(hub, REPO, megabytes=2.0)
    hub.break_after = 1_000_000
    only(ModelDownloaded, engine.answers(DownloadModel(source=REPO)))
    assert len(hub.asked_for(WEIGHTS)) >= 2


def test_a_server_without_ranges_sends_all_of_it_again(hub: LocalHub, engine: HubWorker) -> None:
    put_model(hub, REPO)
    interrupted(engine, hub, "pause")
    hub.knows_ranges = False
    folder = Path(only(ModelDownloaded, engine.answers(DownloadModel(source=REPO))).folder)
    assert (folder / WEIGHTS).read_bytes() == (hub.root / REPO / WEIGHTS).read_bytes()


def test_a_file_that_was_damaged_on_the_way_is_not_used(hub: LocalHub, engine: HubWorker) -> None:
    put_model(hub, REPO)
    interrupted(engine, hub, "pause")
    (partial,) = engine.partials()
    partial.write_bytes(bytes(partial.stat().st_size))
    assert "arrived damaged" in ending(engine.answers(DownloadModel(source=REPO))).message
    assert engine.partials() == []
    only(ModelDownloaded, engine.answers(DownloadModel(source=REPO)))


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        ("", "no_token"),
        ("hf_unknown", "no_token"),
        ("hf_new", "terms_not_accepted"),
        ("hf_waiting", "not_authorised"),
        ("hf_narrow", "not_authorised"),
    ],
)
def test_the_three_closed_doors_of_a_gated_model_are_told_apart(
    hub: LocalHub, engine: HubWorker, token: str, reason: str
) -> None:
    put_model(hub, REPO, gated="manual")
    events = engine.answers(DownloadModel(source=REPO, token=token))
    refused = only(AccessRefused, events)
    assert listed(engine) == (), "nothing has arrived"
    assert (refused.source, refused.reason) == (REPO, reason)
    assert refused.link == f"{hub.address}/{REPO}"
    assert "gated" in ending(events).message
    assert token not in str(events) or not token


def test_the_right_token_opens_a_gated_model(hub: LocalHub, engine: HubWorker) -> None:
    put_model(hub, REPO, gated="manual")
    only(ModelDownloaded, engine.answers(DownloadModel(source=REPO, token="hf_let_in")))


def test_a_token_is_checked_and_where_there_is_no_keyring_that_is_said(engine: HubWorker) -> None:
    assert only(TokenKept, engine.answers(KeepToken(token="hf_let_in"))) == TokenKept(name="somebody", kept=False)
    events = engine.answers(KeepToken(token="hf_unknown"))
    assert "does not know this token" in ending(events).message


def test_a_token_in_the_keyring_opens_gated_models_until_it_is_forgotten(
    hub: LocalHub, engine: HubWorker, tmp_path: Path
) -> None:
    put_model(hub, REPO, gated="auto")
    engine.environment["PYTHON_KEYRING_BACKEND"] = "tests.engine.file_keyring.FileKeyring"
    engine.environment["FILE_KEYRING"] = str(tmp_path / "keyring.json")
    assert only(TokenKept, engine.answers(KeepToken(token=" hf_let_in "))) == TokenKept(name="somebody", kept=True)
    only(ModelDownloaded, engine.answers(DownloadModel(source=REPO)))
    engine.answers(DeleteModel(source=REPO))
    assert only(TokenKept, engine.answers(KeepToken(token=""))).kept
    assert only(AccessRefused, engine.answers(DownloadModel(source=REPO))).reason == "no_token"


def test_a_disk_that_is_too_full_is_noticed_before_anything_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.sources.hub.download.free_disk", lambda _: 1_000)
    downloads = Downloads(REPO, [HubFile(WEIGHTS, 10**10, "0" * 64)], silent)
    with pytest.raises(LayerSwarmError, match=r"needs 10\.0 GB more, but only 0\.0 GB are free"):
        downloads.check_disk()


def test_a_model_that_is_not_there_cannot_be_deleted(engine: HubWorker) -> None:
    assert "nothing to delete" in ending(engine.answers(DeleteModel(source="../../etc"))).message
