"""A second start of LayerSwarm forwards its project, which is opened once no dialog refers to the current one."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from engine.api.editing import with_values
from engine.api.project import Project
from engine.api.settings import Settings
from engine.api.settings_file import write_settings
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_run, new_project

pytestmark = pytest.mark.slow

SEED = 4711


@pytest.fixture
def called(tmp_path: Path) -> Project:
    """Return the project of the second start, recognisable by its seed."""
    called = new_project(tmp_path / "called", search__seed=SEED)
    add_run(called)
    return called


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person who has a project open."""
    project = new_project(tmp_path / "project")
    add_run(project)
    person = make_person()
    person.opens(project.folder)
    return person


Answer = Callable[..., int]


@pytest.fixture
def calls_meanwhile(person: Person, called: Project) -> Answer:
    """Simulate a modal dialog that is accepted after the second start."""

    def answer(*_: object) -> int:
        dialog = QDialog(person.window)
        dialog.open()
        person.window.on_second_start(called.folder)
        person.qtbot.wait(500)
        dialog.accept()
        return dialog.result()

    return answer


def waits_for_call(person: Person, called: Project) -> None:
    person.qtbot.waitUntil(lambda: person.folder == called.folder, timeout=20_000)
    person.waits_for_rest()


def test_its_project_is_opened(person: Person, called: Project) -> None:
    person.window.on_second_start(called.folder)
    person.waits_for_rest()
    assert person.folder == called.folder


def test_the_project_that_is_open_keeps_its_undo(person: Person) -> None:
    person.session.change({"search.seed": 4}, "Change seed")
    person.window.on_second_start(person.folder)
    person.window.on_second_start(person.folder / "project.layerswarm")
    person.waits_for_rest()
    assert person.session.undo_stack.canUndo()


def test_it_waits_while_another_one_is_read(
    make_person: PersonMaker, gate: threading.Event, called: Project, tmp_path: Path
) -> None:
    first = new_project(tmp_path / "first")
    add_run(first)
    person = make_person()
    person.window.projects.open_path(first.folder)
    person.window.on_second_start(called.folder)
    gate.set()
    person.waits_for_rest()
    waits_for_call(person, called)


def test_a_copy_is_of_the_project_that_was_asked_about(
    person: Person, called: Project, calls_meanwhile: Answer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    monkeypatch.setattr("gui.shell.action_handlers.NewProjectDialog.exec", calls_meanwhile)
    monkeypatch.setattr("gui.shell.action_handlers.NewProjectDialog.folder", copy)
    person.window.projects.save_as()
    waits_for_call(person, called)
    assert Project.open(copy).settings.search.seed != SEED


def test_a_new_project_is_made_before_the_called_one_is_opened(
    person: Person, called: Project, calls_meanwhile: Answer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("gui.shell.action_handlers.NewProjectDialog.exec", calls_meanwhile)
    monkeypatch.setattr("gui.shell.action_handlers.NewProjectDialog.folder", tmp_path / "new")
    person.window.projects.new()
    assert person.folder == tmp_path / "new"
    waits_for_call(person, called)


@pytest.mark.parametrize("is_native", [False, True])
def test_settings_are_imported_into_the_project_that_was_asked_about(
    person: Person,
    called: Project,
    calls_meanwhile: Answer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    is_native: bool,
) -> None:
    file = tmp_path / "settings.json"
    write_settings(file, with_values(Settings(), {"search.seed": 99}))

    def answer_natively(*_: object) -> None:
        """Simulate a native dialog, which Qt does not know about."""
        person.window.on_second_start(called.folder)
        person.qtbot.waitUntil(lambda: person.folder == called.folder, timeout=20_000)

    def choose(*_: object) -> tuple[str, str]:
        answer_natively() if is_native else calls_meanwhile()
        return str(file), ""

    monkeypatch.setattr("gui.pages.plan_import_export.QFileDialog.getOpenFileName", choose)
    person.clicks(person.plan.share.import_)
    waits_for_call(person, called)
    assert Project.open(called.folder).settings.search.seed == SEED


def test_a_report_is_of_the_run_that_was_asked_about(
    person: Person, called: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def choose(*_: object) -> tuple[str, str]:
        person.window.on_second_start(called.folder)
        person.qtbot.waitUntil(lambda: person.folder == called.folder, timeout=20_000)
        return str(tmp_path / "report.html"), ""

    monkeypatch.setattr("gui.pages.results_report.QFileDialog.getSaveFileName", choose)
    person.clicks(person.results.report.save)
    person.waits_for_rest()
    assert not (tmp_path / "report.html").exists()
