"""The user's own presets, in the menu of the Plan page."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from engine.api.own_presets import keep_preset, own_presets
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import new_project

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty configuration folder."""
    monkeypatch.setattr("engine.api.own_presets.config_folder", lambda: tmp_path / "config")
    return tmp_path / "config"


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person on the Plan page of a new project."""
    person = make_person()
    person.opens(new_project(tmp_path / "project").folder)
    assert person.plan.isVisible()
    return person


def entries(menu: QMenu) -> dict[str, QAction]:
    menu.aboutToShow.emit()
    return {action.text().replace("&&", "&"): action for action in menu.actions() if action.text()}


def names_it(monkeypatch: pytest.MonkeyPatch, name: str, is_given: bool = True) -> None:
    monkeypatch.setattr("gui.pages.plan_presets.QInputDialog.getText", lambda *_: (name, is_given))


def test_a_plan_is_kept_and_taken_back_and_that_can_be_undone(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    menu = person.plan.own_presets.menu_
    assert not entries(menu)["None yet"].isEnabled()
    person.session.change({"search.iterations": 7}, "Change iterations")
    names_it(monkeypatch, "seven & no more")
    entries(menu)["Save this plan…"].trigger()
    person.session.change({"search.iterations": 9}, "Change iterations")
    entries(menu)["seven & no more"].trigger()
    assert person.session.settings.search.iterations == 7
    person.session.undo_stack.undo()
    assert person.session.settings.search.iterations == 9


def test_a_name_that_cannot_be_used_is_told(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    names_it(monkeypatch, "Quick")
    entries(person.plan.own_presets.menu_)["Save this plan…"].trigger()
    assert "choose another name" in person.window.notice.sentence.text()
    names_it(monkeypatch, "not wanted", is_given=False)
    entries(person.plan.own_presets.menu_)["Save this plan…"].trigger()
    assert own_presets() == ()


@pytest.mark.parametrize("answer", [True, False])
def test_replacing_and_deleting_are_asked_about(person: Person, monkeypatch: pytest.MonkeyPatch, answer: bool) -> None:
    asked: list[str] = []

    def confirm(question: str, *_: object) -> bool:
        asked.append(question)
        return answer

    monkeypatch.setattr("gui.pages.plan_presets.confirm_loss", confirm)
    keep_preset("mine", person.session.settings)
    menu = person.plan.own_presets.menu_
    names_it(monkeypatch, "mine")
    entries(menu)["Save this plan…"].trigger()
    entries(menu)
    entries(person.plan.own_presets.deleting)["mine"].trigger()
    assert asked == ["Replace the preset mine?", "Delete the preset mine?"]
    assert own_presets() == (() if answer else ("mine",))


def test_a_locked_plan_is_kept_but_takes_none(person: Person) -> None:
    keep_preset("mine", person.session.settings)
    person.plan.own_presets.lock(True)
    found = entries(person.plan.own_presets.menu_)
    assert not found["mine"].isEnabled()
    assert found["Save this plan…"].isEnabled()
