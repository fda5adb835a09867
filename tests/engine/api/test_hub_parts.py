"""Parts that the Hub's library has left are found and removed, and nothing else in its cache."""

import os
from pathlib import Path

import pytest
from filelock import FileLock
from huggingface_hub import constants

from engine.api.hub_parts import hub_cache_folder, hub_parts, sweep_begun_downloads, sweep_parts

BLOB = "5" * 64
REPO = "models--maker--small.v1"
OTHERS = (
    BLOB,
    f"{BLOB}.layerswarm.incomplete",
    f"{BLOB}.incomplete",
    "notes.incomplete",
    f"x{BLOB}.0123abcd.incomplete",
)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "ours"))
    blobs = tmp_path / REPO / "blobs"
    blobs.mkdir(parents=True)
    for name in OTHERS:
        (blobs / name).write_bytes(b"kept")
    (tmp_path / "elsewhere").write_bytes(b"kept")
    (blobs / f"{BLOB}.aaaaaaaa.incomplete").symlink_to(tmp_path / "elsewhere")
    return tmp_path


def part_in(cache: Path) -> Path:
    part = cache / REPO / "blobs" / f"{BLOB}.0123abcd.incomplete"
    part.write_bytes(b"half")
    return part


def test_the_cache_is_where_the_library_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hub_cache_folder() == Path(constants.HF_HUB_CACHE)
    names = ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME")
    for name in names:
        monkeypatch.delenv(name, raising=False)
    assert hub_cache_folder() == Path.home() / ".cache" / "huggingface" / "hub"
    wanted = ("/a", "/a", "/a/hub", "/a/huggingface/hub")
    for name, folder in reversed([*zip(names, wanted, strict=True)]):
        monkeypatch.setenv(name, "/a")
        assert hub_cache_folder() == Path(folder), name
        monkeypatch.setenv(name, "/b")
    monkeypatch.setenv("HF_HUB_CACHE", "~/$XDG_CACHE_HOME")
    assert hub_cache_folder() == Path(os.path.expanduser("~//b"))


def test_a_part_that_nobody_writes_is_listed_and_removed(cache: Path) -> None:
    part, before = part_in(cache), {*cache.rglob("*")}
    assert [(each.path, each.bytes, each.is_removable, each.is_abandoned) for each in hub_parts(cache)] == [
        (part, 4, True, False)
    ]
    sweep_parts(cache / REPO)
    assert before - {*cache.rglob("*")} == {part}
    assert hub_parts(cache) == []


def test_a_part_that_another_process_writes_is_left_alone(cache: Path) -> None:
    part = part_in(cache)
    lock = cache / ".locks" / REPO / f"{BLOB}.lock"
    lock.parent.mkdir(parents=True)
    with FileLock(lock):
        assert hub_parts(cache) == []
        sweep_parts(cache / REPO)
        assert part.exists()
    assert [each.path for each in hub_parts(cache)] == [part]
    sweep_parts(cache / REPO)
    assert not part.exists()


def test_the_next_start_removes_those_of_downloads_that_were_begun_here(cache: Path) -> None:
    part = part_in(cache)
    sweep_begun_downloads()
    assert part.exists(), "another program's"
    (cache / "ours" / "downloads").mkdir(parents=True)
    (cache / "ours" / "downloads" / f"{REPO}.json").write_text("{}")
    sweep_begun_downloads()
    assert not part.exists()


def test_a_cache_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    sweep_parts(tmp_path / "nowhere")
    assert hub_parts(tmp_path / "nowhere") == []
