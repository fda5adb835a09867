"""Names, notes and stars of runs are kept beside the journal, and damaged ones are no obstacle."""

import os
from pathlib import Path

import pytest

from engine.api.errors import BadInput
from engine.api.run_notes import MOST_NOTE, MOST_TITLE, RunNotes, keep_run_notes, run_notes


def test_what_was_written_is_read(tmp_path: Path) -> None:
    assert run_notes(tmp_path) == RunNotes()
    kept = RunNotes(title="Ohne Schicht 9", note="Besser als\ndie erste.", starred=True)
    keep_run_notes(tmp_path, kept)
    assert run_notes(tmp_path) == kept


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"title": 3}', b"\xff", b'{"title": "' + b"x" * 200 + b'"}'])
def test_a_damaged_file_is_no_note(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "notes.json").write_bytes(content)
    assert run_notes(tmp_path) == RunNotes()


def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "notes.json")
    assert run_notes(tmp_path) == RunNotes()


@pytest.mark.parametrize("notes", [RunNotes(title="x" * (MOST_TITLE + 1)), RunNotes(note="x" * (MOST_NOTE + 1))])
def test_what_is_too_long_is_refused_with_the_limit(tmp_path: Path, notes: RunNotes) -> None:
    with pytest.raises(BadInput, match=f"at most {MOST_TITLE} characters and its note {MOST_NOTE}"):
        keep_run_notes(tmp_path, notes)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "0001-pso").write_text("no folder")
    with pytest.raises(BadInput, match="The notes of 0001-pso cannot be written"):
        keep_run_notes(tmp_path / "0001-pso", RunNotes(title="x"))
