"""The menus: colours, recent projects, and a shortcut for every page."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QColor

from gui.look.theme import current_theme, load_theme
from gui.project.preferences import Preferences
from tests.gui.conftest import PersonMaker
from tests.gui.projects import new_project

pytestmark = pytest.mark.slow


def test_the_colours_are_taken_at_once_and_remembered(
    make_person: PersonMaker, preferences: Preferences, canned_project: Path
) -> None:
    person = make_person()
    person.opens(canned_project)
    chart = person.search.convergence.chart
    person.window.actions_.theme_dark.trigger()
    assert current_theme().name == "dark"
    assert preferences.theme == "dark"
    assert chart.backgroundBrush().color() == QColor(load_theme("dark").surface)
    best = chart.getPlotItem().listDataItems()[3]  # after the edges of the band and the mean
    assert QColor(best.opts["pen"].color()) == QColor(load_theme("dark").accent)
    person.window.actions_.theme_light.trigger()
    assert chart.backgroundBrush().color() == QColor(load_theme("light").surface)


def test_the_last_projects_can_be_opened_from_the_menu(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person()
    for name in ("one", "two"):
        person.opens(new_project(tmp_path / name).folder)
    menu = person.window.recent_menu
    menu.aboutToShow.emit()
    entries = menu.actions()
    assert [entry.text() for entry in entries] == [str(tmp_path / "two"), str(tmp_path / "one")]
    entries[1].trigger()
    person.waits_for_rest()
    assert person.session.project is not None
    assert person.session.project.name == "one"


def test_every_page_has_a_key_once_a_project_is_open(make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person()
    by_key = {action.shortcut().toString(): action for action in person.window.findChildren(QAction)}
    by_key["Ctrl+3"].trigger()
    assert person.window.welcome.isVisible()
    person.opens(canned_project)
    for number, page in enumerate(person.window.pages.values(), start=1):
        by_key[f"Ctrl+{number}"].trigger()
        assert page.isVisible()
