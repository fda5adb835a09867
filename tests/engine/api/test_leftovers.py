"""What a killed process leaves is found and removed by the next one, and nothing else ever is."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api import leftovers, owners
from engine.api.files import write_atomically
from engine.api.leftovers import Leftover, all_leftovers, find_leftovers, remove_leftovers, sweep, sweep_everywhere
from engine.api.owners import owned_name, owner_of
from engine.api.temporary import ScratchFolder, partial_export, temporary_file
from tests.engine.abandoned import abandoned

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path_factory.mktemp("temporary")))


def killed_while(work: Callable[[], None]) -> None:
    """Do the work in a process of its own, which is killed at its end before anything is tidied up."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


def fill(folder: Path, size: int = 10) -> Path:
    folder.mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"x" * size)
    return folder


def test_a_name_states_its_owner_and_no_two_are_the_same() -> None:
    names = {owned_name() for _ in range(50)}
    assert len(names) == 50
    for name in names:
        owner = owner_of(name)
        assert owner is not None
        assert owner.pid == os.getpid()
        assert not owner.is_gone
        assert not owner.is_elsewhere


@given(st.text(max_size=40))
def test_any_other_name_is_nobodys(name: str) -> None:
    assert owner_of(name) is None


@pytest.mark.parametrize(
    "name",
    [".model.part", "layerswarm.part", ".layerswarm.host.12.part", ".layerswarm.host.-1.5.0123abcd.part", "x.y.z.part"],
)
def test_names_that_only_resemble_ours_are_nobodys(name: str) -> None:
    assert owner_of(name) is None


@needs_fork
@pytest.mark.parametrize("kind", ["file", "export", "scratch", "discarded"])
def test_the_next_start_removes_what_a_killed_process_left(tmp_path: Path, kind: str) -> None:
    def work() -> None:
        match kind:
            case "file":
                with temporary_file(tmp_path / "settings.json") as file:
                    file.write_bytes(b"half")
                    os.kill(os.getpid(), signal.SIGKILL)
            case "export":
                with partial_export(tmp_path / "small") as folder:
                    fill(folder)
                    os.kill(os.getpid(), signal.SIGKILL)
            case "scratch":
                fill(ScratchFolder(tmp_path).path / "model")
            case _:
                fill(tmp_path / owned_name())

    killed_while(work)
    (left,) = find_leftovers(tmp_path)
    assert left.is_abandoned
    sweep(tmp_path)
    assert [each for each in tmp_path.iterdir() if each.name != "cache"] == []


@needs_fork
def test_any_start_finds_what_was_left_anywhere_else(tmp_path: Path) -> None:
    place = tmp_path / "far" / "away"
    place.mkdir(parents=True)

    def work() -> None:
        with partial_export(place / "small") as folder:
            fill(folder, 1000)
            os.kill(os.getpid(), signal.SIGKILL)

    killed_while(work)
    (left,) = all_leftovers()
    assert left.path.parent == place
    assert left.bytes == 1000
    sweep_everywhere()
    assert list(place.iterdir()) == []
    assert all_leftovers() == []
    assert list((tmp_path / "cache" / "working").iterdir()) == []


def test_what_is_in_use_is_never_removed(tmp_path: Path) -> None:
    with partial_export(tmp_path / "small") as folder, ScratchFolder(tmp_path) as scratch:
        fill(folder)
        sweep(tmp_path)
        sweep_everywhere()
        remove_leftovers(all_leftovers([tmp_path]))
        assert folder.is_dir()
        assert scratch.is_dir()
    assert not folder.exists()
    assert not scratch.exists()


def test_what_another_computer_left_in_a_shared_folder_is_never_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(owners, "_this_host", lambda: "other-0123abcd")
        left = fill(abandoned(tmp_path / owned_name()))
    (found,) = find_leftovers(tmp_path)
    assert found.owner is not None
    assert found.owner.is_elsewhere
    sweep(tmp_path)
    assert remove_leftovers([found]) == []
    assert left.is_dir()


def test_a_later_process_with_the_same_number_is_not_the_owner(tmp_path: Path) -> None:
    left = fill(abandoned(tmp_path / owned_name()))
    sweep(tmp_path)
    assert not left.exists()


@needs_fork
def test_a_process_that_ended_and_was_not_waited_for_is_gone() -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, owned_name().encode())
        os._exit(0)
    name = os.read(reading, 1000).decode()
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    owner = owner_of(name)
    assert owner is not None
    assert owner.is_gone
    os.waitpid(child, 0)
    assert owner.is_gone


def test_a_process_that_the_system_hides_may_still_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = fill(abandoned(tmp_path / owned_name()))

    def hidden(_pid: int) -> int:
        raise PermissionError

    monkeypatch.setattr(owners, "_started", hidden)
    sweep(tmp_path)
    assert left.is_dir()


def test_the_clock_of_the_computer_does_not_change_an_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = owner_of(owned_name())
    monkeypatch.setattr("time.time", lambda: 0.0)
    owners._own_start.cache_clear()
    assert owner_of(owned_name()) == owner
    assert owner is not None
    assert not owner.is_gone


def test_the_largest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = (5, 5000, 50)
    for size in sizes:
        fill(abandoned(tmp_path / owned_name()), size)
    removed: list[int] = []
    monkeypatch.setattr(leftovers, "_remove", lambda path: removed.append((path / "model.safetensors").stat().st_size))
    sweep(tmp_path)
    assert removed == sorted(sizes, reverse=True)


def test_links_are_neither_followed_nor_removed(tmp_path: Path) -> None:
    precious = fill(tmp_path / "precious")
    place = tmp_path / "place"
    place.mkdir()
    (place / abandoned(place / owned_name()).name).symlink_to(precious, target_is_directory=True)
    (place / "runs").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    left = fill(abandoned(tmp_path / "elsewhere" / owned_name()))
    sweep(place, deep=True)
    assert (precious / "model.safetensors").is_file()
    assert left.is_dir()


def test_a_link_within_a_leftover_is_removed_and_its_target_stays(tmp_path: Path) -> None:
    precious, left = fill(tmp_path / "precious"), fill(abandoned(tmp_path / owned_name()))
    (left / "link").symlink_to(precious, target_is_directory=True)
    sweep(tmp_path)
    assert not left.exists()
    assert (precious / "model.safetensors").is_file()


def test_a_file_is_replaced_in_a_folder_that_is_swept_first(tmp_path: Path) -> None:
    left = abandoned(tmp_path / owned_name())
    left.write_bytes(b"half")
    leftovers.sweep_once.cache_clear()
    write_atomically(tmp_path / "settings.json", b"{}")
    assert [each.name for each in tmp_path.iterdir() if each.name != "cache"] == ["settings.json"]


EARLIER = [
    ".settings.json.ab_12xyz.part",
    ".model.part/config.json",
    ".rehearsal-ab_12xyz/model/config.json",
    ".converter-ab_12xyz/requirements.txt",
    "layerswarm-ab_12xyz/package.whl",
    ".0001-pso.discarded/settings.json",
]
"""As earlier versions named them, in the cache and in projects."""
EARLIER_EXPORTS = [
    ".small.part/config.json",
    ".small.ab_12xyz/model/model.safetensors",
    ".small.ab_12xyz/.model.part/config.json",
    ".model.gguf.part",
    ".layerswarm-ab_12xyz/",
]
"""As earlier versions named them beside exports."""
OTHERS = [
    "small.part/config.json",
    ".photos.part/holiday.jpg",
    ".cache.backup12/readme.txt",
    ".model.original/config.json",
    ".model.previous/model.safetensors",
    ".theme.part/model/car.obj",
    "layerswarm-settings/",
    ".download.part",
    "model.gguf",
    ".git/config",
    "layerswarm-10001000/",
]
"""What other programs put into the same folder."""


def make(place: Path, name: str) -> Path:
    path = place / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir() if name.endswith("/") else path.write_bytes(b"1234")
    return place / name.partition("/")[0]


@pytest.mark.parametrize("name", EARLIER)
def test_what_earlier_versions_left_in_our_folders_is_found_and_removed_on_request_only(
    tmp_path: Path, name: str
) -> None:
    left = make(tmp_path / "cache" / "gguf", name)
    sweep_everywhere()
    assert left.exists()
    (found,) = all_leftovers()
    assert found.path == left
    assert remove_leftovers([found]) == []
    assert not left.exists()


@pytest.mark.parametrize("name", EARLIER_EXPORTS)
def test_what_earlier_versions_left_beside_exports_is_found(tmp_path: Path, name: str) -> None:
    left = make(tmp_path, name)
    assert [each.path for each in all_leftovers([tmp_path])] == [left]


@pytest.mark.parametrize("name", OTHERS)
def test_what_other_programs_left_is_not_ours(tmp_path: Path, name: str) -> None:
    make(tmp_path, name)
    assert all_leftovers([tmp_path]) == []


def test_what_cannot_be_removed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = fill(abandoned(tmp_path / owned_name()))
    monkeypatch.setattr(leftovers, "_remove", lambda _path: None)
    stays: list[Leftover] = remove_leftovers(find_leftovers(tmp_path))
    assert [each.path for each in stays] == [left]
