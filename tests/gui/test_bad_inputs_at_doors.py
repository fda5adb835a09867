"""Names and texts that cannot be used, at the doors of the window that lead to the engine or to a file.

One window takes them all. What a test collects is empty where every text was answered well.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QInputDialog

from engine.api.locations import config_folder
from engine.api.run_notes import MOST_NOTE, RunNotes
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_run, new_project

TEXTS = ("a\0b", "a\nb", "\x1b[31mred", "\u202eabc", "x" * 5000, "[" * 5000, "../..", "-a", "%s{0}", "💥")
"""Qt drops half a surrogate pair from what is typed or pasted."""
NAMES = {
    "": "needs a name",
    " ": "needs a name",
    ".": "cannot be the name of a file",
    "..": "cannot be the name of a file",
    ".hidden": "cannot be the name of a file",
    "a/b": "cannot be the name of a file",
    "../up": "cannot be the name of a file",
    "a\0b": "cannot be the name of a file",
    "a\nb": "cannot be the name of a file",
    "\x1b[31mred": "cannot be the name of a file",
    "\u202eabc": "cannot be the name of a file",
    "n" * 300: "cannot be the name of a file",
    "Balanced": "own presets",
}


@pytest.fixture
def person(make_person: PersonMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Person:
    """Return a person in front of a run that is done, and whose dialogs would block the test."""

    def block(dialog: QDialog) -> int:
        raise AssertionError(f"{dialog.windowTitle()} waits for an answer")

    monkeypatch.setattr(QDialog, "exec", block)
    made = make_person()
    project = new_project(tmp_path / "project")
    add_run(project)
    made.opens(project.folder)
    return made


def notice(person: Person) -> str:
    return person.window.notice.sentence.text() if person.window.notice.isVisible() else ""


def test_what_is_typed_as_an_id_on_the_hub_is_searched_for_and_no_model(person: Person) -> None:
    page, before = person.model, person.session.settings
    page.show_place("hub")
    for text in TEXTS:
        page.hub.hub_id.setText(text)
        page.hub.use_selected()
        person.waits_for_rest()
        assert len(page.hub.state_text()) < 500
        assert person.session.settings == before
    assert notice(person) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_project_in_a_folder_whose_name_is_not_unicode_is_not_opened(person: Person, tmp_path: Path) -> None:
    before, folder = person.session.project, tmp_path / os.fsdecode(b"in latin-1: \xe4")
    shutil.copytree(person.folder, folder)
    person.opens(folder)
    assert "holds a character that is not Unicode" in notice(person)
    assert person.session.project is before


def test_the_name_and_the_note_of_a_run(person: Person) -> None:
    session, project = person.session, person.session.project
    assert project is not None
    (run,) = project.runs()
    said: list[str] = []
    session.problem.connect(said.append)
    session.attempt(lambda: session.run_keeper.keep(project, run.name, RunNotes(note="x" * (MOST_NOTE + 1))))
    session.attempt(lambda: session.run_keeper.keep(project, run.name, RunNotes(title="half \ud800")))
    assert [words in each for words, each in zip(("shorten them", "not Unicode"), said, strict=True)] == [True, True]
    assert not (run.folder / "notes.json").exists()
    strange = RunNotes(title="\x1b[31mred", note="\u202eabc")
    session.attempt(lambda: session.run_keeper.keep(project, run.name, strange))
    person.waits_for_rest()
    assert session.run_keeper.notes(project, run.name) == strange


def test_the_name_of_a_preset(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    person.session.problem.connect(said.append)
    wrong = {}
    for name, words in NAMES.items():
        said.clear()
        monkeypatch.setattr(QInputDialog, "getText", lambda *_, name=name: (name, True))
        person.plan.own_presets._keep()
        if words not in " ".join(said):
            wrong[name] = said[:]
    assert wrong == {}
    assert [*(config_folder() / "presets").glob("*")] == []
