"""Runs that something else makes or deletes while their project is open: what is shown is what is there."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.api.project import Project
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_run, new_project

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with two whole runs."""
    project = new_project(tmp_path / "project")
    add_run(project)
    add_run(project)
    return project


@pytest.fixture
def person(make_person: PersonMaker, project: Project) -> Person:
    """Return a person who has opened the project and sees its latest run on every page."""
    person = make_person()
    person.opens(project.folder)
    for page in ("model", "plan", "search", "recovery", "results", "export"):
        person.window.show_page(page)
        person.waits_for_rest()
    return person


def sees(person: Person, is_so: Callable[[], bool]) -> None:
    person.qtbot.waitUntil(is_so, timeout=10_000)
    person.waits_for_rest()


def said(person: Person) -> str:
    return person.window.notice.sentence.text() if person.window.notice.isVisible() else ""


def shown(person: Person) -> str:
    return person.session.shown_run.name if person.session.shown_run is not None else ""


def test_a_shown_run_whose_folder_is_deleted_gives_way_to_the_one_before(person: Person, project: Project) -> None:
    shutil.rmtree(project.run_folder("0002-pso"))
    sees(person, lambda: shown(person) == "0001-pso")
    assert person.session.run_names == ("0001-pso",)
    assert person.window.notice.title.text() == "The run is gone"
    assert "0002-pso is no longer in the folder of the project" in said(person)
    assert person.session.state.run == "0001-pso"


def test_the_only_run_leaves_a_project_that_can_be_run_again(person: Person, project: Project) -> None:
    shutil.rmtree(project.run_folder("0002-pso").parent)
    sees(person, lambda: shown(person) == "")
    assert person.session.run_names == ()
    assert "0002-pso is no longer" in said(person)
    assert person.session.start_action == "start"
    person.starts()
    person.waits_for_rest()
    assert shown(person) == "0001-pso"


def test_another_run_that_is_deleted_leaves_the_shown_one(person: Person, project: Project) -> None:
    shutil.rmtree(project.run_folder("0001-pso"))
    sees(person, lambda: person.session.run_names == ("0002-pso",))
    assert shown(person) == "0002-pso"
    assert said(person) == ""


def test_a_run_that_the_command_line_makes_is_listed(person: Person, project: Project) -> None:
    add_run(project)
    sees(person, lambda: person.session.run_names == ("0001-pso", "0002-pso", "0003-pso"))
    assert shown(person) == "0002-pso"


def test_a_project_whose_folder_is_gone_is_reported_with_its_place(person: Person, project: Project) -> None:
    project.folder.rename(project.folder.with_name("elsewhere"))
    sees(person, lambda: shown(person) == "")
    assert person.window.notice.title.text() == "The project is gone"
    assert f"{project.folder} is no longer there" in said(person)


def test_the_shown_run_that_is_deleted_from_its_menu_gives_way_without_a_complaint(
    person: Person, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.pages.results_run_menu.confirm_loss", lambda *_: True)
    card = person.results.project_runs.runs
    person.waits_for_rest()
    card.table.selectRow(0)
    card.menu.delete.trigger()
    sees(person, lambda: shown(person) == "0001-pso")
    assert not project.run_folder("0002-pso").exists()
    assert said(person) == ""
