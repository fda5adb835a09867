"""The items of a list stand in as many lines as they need, and all of them can be reached."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from gui.widgets.list_entry import ListEntry
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import new_project

pytestmark = pytest.mark.slow


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person who looks at the plan."""
    person = make_person()
    person.opens(new_project(tmp_path / "project").folder)
    return person


@pytest.mark.parametrize("width", [940, 1180, 1366, 1920])
def test_every_item_is_inside_its_list_at_every_width(person: Person, width: int) -> None:
    prompts = person.plan.evaluation.prompts
    person.session.change({"evaluation.prompts": [f"A prompt of some length {n}" for n in range(7)]}, "Change")
    for size in (width, 1024, width):
        person.window.resize(size, 700)
        person.waits_for_rest()
        person.qtbot.waitUntil(lambda: all(_is_inside(button) for button in prompts.buttons), timeout=5000)
    person.qtbot.waitUntil(lambda: _lowest(prompts) == prompts.rect().bottom(), timeout=5000)


def _lowest(entry: ListEntry) -> int:
    return max(button.mapTo(entry, button.rect().bottomLeft()).y() for button in entry.buttons)


def _is_inside(button: QWidget) -> bool:
    return button.parentWidget().rect().contains(button.geometry())
