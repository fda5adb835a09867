"""What a person is typing is kept until it is complete, whatever the engine does meanwhile."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox

from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_run, new_project

pytestmark = pytest.mark.slow


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person who has opened a project with a whole run."""
    project = new_project(tmp_path / "project")
    add_run(project, exported=False)
    person = make_person()
    person.opens(project.folder)
    return person


def begins_to_type(person: Person, field: QAbstractSpinBox, text: str) -> None:
    field.setFocus()
    field.selectAll()
    person.qtbot.keyClicks(field, text)


def test_a_number_in_the_budget_while_the_engine_estimates(person: Person) -> None:
    field = person.plan.budget.rows["layers"].field
    begins_to_type(person, field, "1")
    person.session.local_devices.estimate(person.session.settings)
    person.waits_for_rest()
    person.qtbot.keyClicks(field, "2")
    person.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert person.session.settings.budget.layers == 12


def test_a_number_among_the_settings_while_another_setting_changes(person: Person) -> None:
    field = person.plan.search.population
    begins_to_type(person, field, "1")
    person.session.change({"search.seed": 4}, "Change seed")
    person.qtbot.keyClicks(field, "7")
    person.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert person.session.settings.search.population == 17


@pytest.mark.parametrize("source", ["file", "dataset"])
def test_the_name_of_a_text_while_another_setting_changes(person: Person, source: str) -> None:
    field = person.plan.calibration.source
    place = field.source.findData(source)
    field.source.setCurrentIndex(place)
    field.source.activated.emit(place)
    person.qtbot.keyClicks(field.name, "some/na")
    person.session.change({"search.seed": 4}, "Change seed")
    assert (field.source.currentData(), field.name.text()) == (source, "some/na")
    person.qtbot.keyClicks(field.name, "me")
    person.qtbot.keyClick(field.name, Qt.Key.Key_Return)
    assert person.session.settings.calibration.source == source
    person.session.undo_stack.undo()
    assert field.source.currentData() == "self"


def test_a_folder_for_the_export_typed_anew(person: Person) -> None:
    field = person.export.choice.folder
    field.setFocus()
    person.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    person.qtbot.keyClick(field, Qt.Key.Key_Delete)
    person.qtbot.keyClicks(field, "/tmp/out")
    assert field.text() == "/tmp/out"


def test_an_empty_folder_is_suggested_again_once_it_is_left(person: Person) -> None:
    field = person.export.choice.folder
    suggested = field.text()
    field.setFocus()
    person.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    person.qtbot.keyClick(field, Qt.Key.Key_Delete)
    person.qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == suggested


def test_a_folder_and_a_name_for_one_project_are_not_offered_in_the_next(person: Person, tmp_path: Path) -> None:
    page = person.export
    page.choice.folder.setText(str(tmp_path / "smaller"))
    page.push.repo.setText("me/smaller")
    other = new_project(tmp_path / "other")
    add_run(other)
    person.opens(other.folder)
    assert other.folder in person.export.choice.path.parents
    assert page.push.repo.text() == ""
