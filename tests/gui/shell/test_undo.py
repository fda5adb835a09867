"""Undo and redo name what they did, and turn to the page where it is seen."""

from pathlib import Path

import pytest

from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person

pytestmark = pytest.mark.slow


@pytest.fixture
def person(make_person: PersonMaker, canned_project: Path) -> Person:
    """Return a person with an open project."""
    person = make_person()
    person.opens(canned_project)
    return person


def shown(person: Person) -> str:
    """Return the key of the page that is shown."""
    return next(key for key, page in person.window.pages.items() if page.isVisible())


def test_a_change_of_the_plan(person: Person) -> None:
    person.session.change({"search.population": 8}, "Change population")
    person.window.show_page("results")
    person.window.actions_.undo.trigger()
    assert shown(person) == "plan"
    assert person.window.notice.title.text() == "Undone: Change population"
    person.window.show_page("export")
    person.window.actions_.redo.trigger()
    assert shown(person) == "plan"
    assert person.window.notice.title.text() == "Redone: Change population"


def test_a_change_of_the_model(person: Person) -> None:
    person.session.change({"model.source": "demo-2"}, "Choose model")
    person.waits_for_rest()
    person.session.change({"search.population": 8}, "Change population")
    person.window.actions_.undo.trigger()
    person.window.actions_.undo.trigger()
    person.waits_for_rest()
    assert shown(person) == "model"
    assert person.window.notice.title.text() == "Undone: Choose model"
