"""The first screen: the demo, a new project, or a recent one."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from engine.api.project import PROJECT_FILE
from gui.dialogs.new_project import NewProjectDialog
from gui.project.preferences import Preferences
from gui.widgets.recent_project import RecentProject
from tests.gui.conftest import PersonMaker
from tests.gui.projects import new_project

pytestmark = pytest.mark.slow


@pytest.fixture
def named_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Answer the question for a project's folder with this one."""
    folder = tmp_path / "by-name" / "first"

    def answer(dialog: NewProjectDialog) -> QDialog.DialogCode:
        dialog.name.setText(folder.name)
        dialog.place.setText(str(folder.parent))
        assert dialog.accept_button.isEnabled()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(NewProjectDialog, "exec", answer)
    return folder


def test_it_is_shown_while_no_project_is_open(make_person: PersonMaker) -> None:
    person = make_person()
    assert person.window.welcome.isVisible()
    assert not person.window.bar.isVisible()
    assert not person.window.actions_.start.isEnabled()


def test_one_click_leads_to_the_demo(make_person: PersonMaker, named_folder: Path) -> None:
    person = make_person()
    person.clicks(person.window.welcome.demo)
    person.waits_for_rest()
    assert person.session.settings.model.source == "demo"
    assert person.model.name.text() == "SmolLM2-135M-Instruct"
    assert person.window.windowTitle() == "first – LayerSwarm"
    assert (named_folder / "project.layerswarm").exists()


def test_a_new_project_waits_for_a_model_to_be_chosen(make_person: PersonMaker, named_folder: Path) -> None:
    person = make_person()
    person.clicks(person.window.welcome.new)
    person.waits_for_rest()
    assert person.session.state.model is None
    assert person.session.settings.model.source == ""
    assert person.model.name.text() == "No model yet"


def test_the_last_projects_are_one_click_away(
    make_person: PersonMaker, preferences: Preferences, tmp_path: Path
) -> None:
    folders = [new_project(tmp_path / name).folder for name in ("one", "two")]
    for folder in folders:
        preferences.remember_project(folder)
    person = make_person()
    recent = [entry.open for entry in person.window.welcome.findChildren(RecentProject)]
    assert [button.toolTip() for button in recent] == [str(tmp_path / "two"), str(tmp_path / "one")]
    person.clicks(recent[1])
    person.waits_for_rest()
    assert person.session.project is not None
    assert person.session.project.name == "one"


def test_return_opens_the_project_that_has_the_focus(
    make_person: PersonMaker, preferences: Preferences, canned_project: Path
) -> None:
    preferences.remember_project(canned_project)
    person = make_person()
    person.window.activateWindow()
    (entry,) = person.window.welcome.findChildren(RecentProject)
    entry.open.setFocus()
    QTest.keyClick(entry.open, Qt.Key.Key_Return)
    person.waits_for_rest()
    assert person.session.project is not None


def test_a_project_that_was_moved_is_greyed_and_can_be_located(
    make_person: PersonMaker, preferences: Preferences, canned_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preferences.remember_project(canned_project)
    moved = canned_project.rename(canned_project.with_name("moved"))
    person = make_person()
    (entry,) = person.window.welcome.findChildren(RecentProject)
    assert not entry.open.isEnabled()
    asked: list[str] = []

    def choose(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(start)
        return str(moved / PROJECT_FILE), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    person.clicks(entry.locate)
    person.waits_for_rest()
    assert asked == [str(canned_project.parent)]
    assert person.folder == moved
    assert preferences.recent_projects() == [moved]


def test_a_project_that_is_gone_can_be_taken_off_the_list(
    make_person: PersonMaker, preferences: Preferences, tmp_path: Path
) -> None:
    preferences.remember_project(tmp_path / "gone")
    person = make_person()
    (entry,) = person.window.welcome.findChildren(RecentProject)
    person.clicks(entry.forget)
    assert preferences.recent_projects() == []
    assert not [each for each in person.window.welcome.findChildren(RecentProject) if each.isVisible()]


def test_a_project_that_cannot_be_read_is_refused_in_a_sentence(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    (project.folder / "project.layerswarm").unlink()
    (project.folder / "project.layerswarm").mkdir()
    person = make_person()
    person.opens(project.folder)
    assert "There is no LayerSwarm project at" in person.window.welcome.problem.text()
    assert person.window.welcome.problem.isVisible()
    assert person.window.welcome.isVisible()


@pytest.mark.parametrize(
    ("name", "place", "problem"),
    [
        ("", "/somewhere", "Enter a name"),
        ("a/b", "/somewhere", "cannot contain"),
        ("..", "/somewhere", "cannot contain"),
        ("taken", "", "Enter a name and a location"),
        ("taken", "{tmp}", "is not empty"),
    ],
)
def test_a_folder_that_cannot_be_a_project_is_told_while_typing(
    qtbot: object, tmp_path: Path, name: str, place: str, problem: str
) -> None:
    new_project(tmp_path / "taken")
    dialog = NewProjectDialog("New project", "", "x")
    dialog.name.setText(name)
    dialog.place.setText(place.format(tmp=tmp_path))
    assert not dialog.accept_button.isEnabled()
    assert problem in dialog.verdict.text()


@pytest.mark.parametrize(("name", "place"), [("mine", "{file}"), ("mine", "{file}/deeper"), ("n" * 300, "{tmp}")])
def test_where_nothing_can_be_written_the_dialog_stays_open_and_says_why(
    qtbot: QtBot, tmp_path: Path, name: str, place: str
) -> None:
    file = tmp_path / "file"
    file.touch()
    dialog = NewProjectDialog("New project", "", "x")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.name.setText(name)
    dialog.place.setText(place.format(tmp=tmp_path, file=file))
    dialog.accept()
    assert dialog.isVisible()
    assert re.search("cannot be created|is not a folder", dialog.verdict.text())
    dialog.name.setText("mine")
    dialog.place.setText(str(tmp_path / "new" / "folder"))
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert not (tmp_path / "new").exists(), "the dialog only tries; the project is created later"
