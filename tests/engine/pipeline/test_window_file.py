"""The token windows on disk: as they were, or a sentence that names the file."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from engine.api.errors import BadInput
from engine.calibration.windows import TokenWindows
from engine.pipeline.window_file import kept_windows, load_windows, save_windows

PARTS = ("calibration", "heldout", "recovery", "validation", "elsewhere")


def some_windows() -> TokenWindows:
    tensors = {part: torch.full((2, 3), number) for number, part in enumerate(PARTS)}
    return TokenWindows(**tensors, digest="abc", preview=("It was",), source="web")


def test_windows_are_read_as_they_were_written(tmp_path: Path) -> None:
    save_windows(tmp_path / "windows", some_windows())
    kept = load_windows(tmp_path / "windows")
    assert kept is not None
    assert all(torch.equal(getattr(kept, part), getattr(some_windows(), part)) for part in PARTS)
    assert (kept.digest, kept.preview, kept.source) == ("abc", ("It was",), "web")
    assert load_windows(tmp_path / "none") is None


def test_windows_that_wait_for_those_to_learn_from_are_known_again(tmp_path: Path) -> None:
    save_windows(tmp_path / "windows", replace(some_windows(), awaits_learning=True))
    kept = load_windows(tmp_path / "windows")
    assert kept is not None
    assert kept.awaits_learning


def test_windows_of_an_earlier_version_do_not_name_their_source(tmp_path: Path) -> None:
    windows = {part: torch.zeros(1, 3, dtype=torch.int32) for part in PARTS}
    save_file(windows, tmp_path / "windows", {"digest": "abc", "preview": "[]"})
    kept = load_windows(tmp_path / "windows")
    assert kept is not None
    assert kept.source == ""


def test_windows_to_learn_from_are_added_once_when_they_are_needed(tmp_path: Path) -> None:
    file, prepared = tmp_path / "windows", list[bool]()

    def prepare(learning: bool) -> TokenWindows:
        prepared.append(learning)
        nothing = torch.zeros((0, 3), dtype=torch.int64)
        early = replace(some_windows(), recovery=nothing, validation=nothing, elsewhere=nothing, awaits_learning=True)
        return some_windows() if learning else early

    first = kept_windows(file, prepare, learning=False)
    assert len(first.recovery) == 0
    whole = kept_windows(file, prepare, learning=True)
    assert len(whole.recovery) > 0
    assert torch.equal(whole.calibration, first.calibration)
    assert torch.equal(kept_windows(file, prepare, learning=True).recovery, whole.recovery)
    kept_windows(file, prepare, learning=False)
    assert prepared == [False, True]


@pytest.mark.parametrize("damage", ["empty", "cut", "zeros", "other"])
def test_damaged_windows_are_named_with_the_way_on(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "windows.safetensors"
    save_windows(file, some_windows())
    whole = file.read_bytes()
    file.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "zeros": bytes(len(whole)), "other": b""}[damage])
    if damage == "other":
        save_file({part: torch.zeros(1, dtype=torch.int32) for part in PARTS}, file)
    with pytest.raises(BadInput) as refused:
        load_windows(file)
    assert str(refused.value) == f"{file} is damaged; restore it from a copy, or begin a new run (--new-run)."
