"""Disk space and finished files."""

import os
import shutil
from pathlib import Path

import pytest

from engine.api.disk import existing_folder, free_disk
from engine.api.files import move_into_place
from engine.api.plurals import counted, plural


def test_free_space_is_that_of_the_nearest_folder_that_exists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    whole = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: asked.append(path) or whole)
    (tmp_path / "file").touch()
    assert free_disk(tmp_path / "a" / "b") == whole.free
    assert existing_folder(tmp_path / "file" / "x") == tmp_path
    assert asked == [tmp_path]


def test_a_relative_path_is_looked_up_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert existing_folder(Path("a/b")) == tmp_path


def test_a_finished_folder_takes_the_place_of_an_empty_one(tmp_path: Path) -> None:
    partial, target = tmp_path / ".target.part", tmp_path / "target"
    partial.mkdir()
    (partial / "file").touch()
    target.mkdir()
    move_into_place(partial, target)
    assert (target / "file").exists()
    assert not partial.exists()


def test_a_folder_that_holds_something_is_never_replaced(tmp_path: Path) -> None:
    partial, target = tmp_path / ".target.part", tmp_path / "target"
    for folder in (partial, target):
        folder.mkdir()
    (target / "kept").touch()
    with pytest.raises(OSError, match="not empty"):
        move_into_place(partial, target)
    assert (target / "kept").exists()


@pytest.mark.parametrize("was_moved", [True, False])
def test_a_rename_whose_reply_was_lost_has_happened_all_the_same(
    was_moved: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    partial, target = tmp_path / "partial", tmp_path / "target"
    partial.write_bytes(b"new")
    target.write_bytes(b"old")
    replace = os.replace

    def repeated(source: Path, place: Path) -> None:
        if was_moved:
            replace(source, place)
        raise FileNotFoundError(2, "No such file or directory", str(source))

    monkeypatch.setattr("os.replace", repeated)
    if was_moved:
        move_into_place(partial, target)
    else:
        with pytest.raises(FileNotFoundError):
            move_into_place(partial, target)
    assert target.read_bytes() == (b"new" if was_moved else b"old")


def test_a_count_has_its_noun() -> None:
    assert (counted(1, "layer"), counted(0, "layer"), counted(3, "layer")) == ("1 layer", "0 layers", "3 layers")
    assert plural(2, "is", "are") == "are"
