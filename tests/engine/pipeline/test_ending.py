"""How a job ends when the system refuses something: a sentence with the place and what to do, no fault of ours."""

import errno
import os
from pathlib import Path

import pytest
from safetensors import SafetensorError

from engine.api.commands import Command, EvaluateModel, KeepToken, PruneModel, SearchHub, WriteReport
from engine.api.events import StageStarted, encode_event
from engine.api.journal import Journal
from engine.api.locations import cache_folder
from engine.models import weight_files
from engine.pipeline.ending import Ending, conclude


def told(error: Exception) -> str:
    def work() -> Ending:
        raise error

    ending = conclude(work)
    assert (ending.outcome, ending.exit_code) == ("failed", 1)
    return ending.message


@pytest.mark.parametrize(
    "command",
    [
        PruneModel(source="demo", removed=(1,), folder="a/\udcff"),
        EvaluateModel(source="demo", texts=("\ud800",)),
        SearchHub(query="half \ud800"),
        WriteReport(project="p", run="r", file="\udcff.html"),
        KeepToken(token="hf_secret\ud800"),
    ],
)
def test_a_command_with_a_text_that_is_not_unicode_is_refused_first(command: Command) -> None:
    def work() -> Ending:
        raise AssertionError("it has begun")

    ending = conclude(work, command)
    assert ending.exit_code == 2
    assert "holds a character that is not Unicode" in ending.message
    assert "secret" not in ending.message
    encode_event(ending.event)


def test_a_name_that_is_not_unicode_and_comes_up_later_is_told() -> None:
    def work() -> Ending:
        "\udcff".encode()
        raise AssertionError("it goes on")

    ending = conclude(work)
    assert (ending.exit_code, "'\\udcff' holds a character" in ending.message) == (2, True)
    encode_event(ending.event)


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "free some space there, or choose another folder"),
        (errno.EDQUOT, "free some space there"),
        (errno.EROFS, "allow your account to read and write there, or choose another folder"),
        (errno.EACCES, "allow your account"),
        (errno.ENOTDIR, "check this path"),
        (errno.ENAMETOOLONG, "check this path"),
    ],
)
def test_what_the_system_refuses_is_told_with_the_place(number: int, advice: str) -> None:
    message = told(OSError(number, os.strerror(number), "/somewhere/file"))
    assert message.startswith(f"/somewhere/file: {os.strerror(number)}; {advice}")
    assert "LAYERSWARM_CACHE" not in message


def test_another_cache_can_be_named() -> None:
    error = PermissionError(errno.EACCES, "Permission denied", str(cache_folder() / "models" / "x"))
    assert "LAYERSWARM_CACHE=/path" in told(error)


@pytest.mark.parametrize("kind", [SafetensorError, Exception])
def test_a_full_disk_is_told_of_libraries_that_raise_errors_of_their_own(kind: type[Exception]) -> None:
    message = told(kind("Error while serializing: I/O error: No space left on device (os error 28)"))
    assert message.startswith("No space left on device; free some space")


def test_other_errors_are_still_faults_of_ours(tmp_path: Path) -> None:
    assert "Something unexpected" in told(FileNotFoundError(errno.ENOENT, "No such file", str(tmp_path)))
    assert "Something unexpected" in told(OSError("no number"))


def test_a_full_disk_is_told_with_the_file_that_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(weight_files, "pack_header", full)
    file = tmp_path / "windows.safetensors"
    with pytest.raises(OSError, match="No space") as caught:
        weight_files.save_tensors(file, {}, {})
    assert told(caught.value).startswith(f"{file}: No space left on device; free some space there")


def test_a_journal_that_finds_no_room_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path / "events.jsonl")
    journal.close()
    with open("/dev/full", "wb", buffering=0) as full:
        monkeypatch.setattr(journal, "_file", full)
        with pytest.raises(OSError, match="No space") as caught:
            journal.append(StageStarted(stage="search"))
    assert told(caught.value).startswith(f"{tmp_path / 'events.jsonl'}: No space left on device")
