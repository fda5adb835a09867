"""Fields of the Plan page refuse with a sentence what they cannot use, and keep it as it was typed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit

from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import new_project

pytestmark = pytest.mark.slow


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person on the Plan page of a project whose model is known."""
    person = make_person()
    person.opens(new_project(tmp_path / "project").folder)
    assert person.plan.isVisible()
    return person


def types(person: Person, field: QAbstractSpinBox | QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    person.qtbot.keyClicks(field, text)
    person.qtbot.keyClick(field, Qt.Key.Key_Return)


def words_beside_start(person: Person) -> str:
    return person.window.bar.stage.text()


@pytest.mark.parametrize(("typed", "words"), [("99999999", "out of reach"), ("many", "is not a number")])
def test_a_number_that_cannot_be_used_is_refused_where_it_was_typed(person: Person, typed: str, words: str) -> None:
    for field in (person.plan.search.population, person.plan.budget.rows["layers"].field):
        before = person.session.settings
        types(person, field, typed)
        assert field.text() == typed
        assert field.property("faulty")
        assert words in field.accessibleDescription()
        assert words in field.toolTip()
        assert field.accessibleDescription() == words_beside_start(person)
        assert not person.window.bar.start.isEnabled()
        assert person.session.settings == before
        types(person, field, "9")
        assert not field.property("faulty")
        assert person.window.bar.start.isEnabled()


def test_what_was_refused_stays_when_the_field_is_left_and_goes_with_escape(person: Person) -> None:
    field = person.plan.search.iterations
    field.setFocus()
    field.selectAll()
    person.qtbot.keyClicks(field, "20000")
    person.plan.search.seed.setFocus()
    assert (field.text(), bool(field.property("faulty"))) == ("20000", True)
    field.setFocus()
    person.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), bool(field.property("faulty"))) == ("15", False)
    assert person.window.bar.start.isEnabled()


def test_a_refused_number_gives_way_to_another_unit_of_the_budget(person: Person) -> None:
    rows = person.plan.budget.rows
    types(person, rows["layers"].field, "99999999")
    types(person, rows["percent"].field, "15")
    assert not rows["layers"].field.property("faulty")
    assert person.window.bar.start.isEnabled()


@pytest.mark.parametrize(("typed", "words"), [("soon", "is not a number"), ("-2", "out of reach")])
def test_a_number_that_may_be_left_out_is_refused_in_the_same_words(person: Person, typed: str, words: str) -> None:
    more = person.plan.search.more
    person.clicks(more.toggle)
    assert more.rows is not None
    field = more.rows.fields["search.max_minutes"]
    assert isinstance(field, QLineEdit)
    types(person, field, typed)
    assert field.text() == typed
    assert words in words_beside_start(person)
    assert "expected" not in words_beside_start(person)
    types(person, field, "2,5")
    assert person.session.settings.search.max_minutes == 2.5
    assert person.window.bar.start.isEnabled()


def test_another_project_does_not_inherit_what_was_refused(person: Person, tmp_path: Path) -> None:
    types(person, person.plan.search.population, "99999999")
    person.opens(new_project(tmp_path / "other").folder)
    assert person.plan.search.population.text() == "20"
    assert person.window.bar.start.isEnabled()


def test_in_german_a_comma_and_a_point_are_a_decimal_mark(german: None, person: Person) -> None:
    field = person.plan.budget.rows["percent"].field
    for typed in ("2,5", "7.5"):
        types(person, field, typed)
        assert person.session.settings.budget.percent == float(typed.replace(",", "."))
    assert field.text() == "7,5 %"
    types(person, person.plan.search.population, "99999999")
    assert "99999999 liegt außerhalb" in words_beside_start(person)
