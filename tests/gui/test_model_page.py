"""Choosing a model: demo, Hub, folder, GGUF file, one of the last ones."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from gui.preferences import Preferences
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import new_project

LONG_NAME = "an-organisation-of-many-words/" + "a-model-with-a-very-long-name-" * 8


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Someone with a new project open."""
    person = make_person()
    person.opens(new_project(tmp_path / "project").folder)
    return person


@pytest.fixture
def answer_file(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Answers the questions for a folder or a file with one path."""

    def answer(path: str) -> None:
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: path)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))

    return answer


def test_a_new_project_looks_at_the_demo_model_by_itself(person: Person) -> None:
    page = person.model
    assert page.name.text() == "SmolLM2-135M-Instruct"
    assert page.figures["layers"].text == "30"
    assert page.figures["parameters"].text.startswith("134.5")
    assert page.strip.isVisible()
    assert not page.inspect.isVisible()


def test_a_hub_id_with_its_revision(person: Person) -> None:
    page = person.model
    page.hub_id.setText(" org/name ")
    page.revision.setText("v2")
    person.clicks(page.fetch)
    person.waits_for_rest()
    model = person.session.settings.model
    assert (model.source, model.revision) == ("org/name", "v2")
    assert page.name.text() == "name"


def test_a_folder(person: Person, answer_file: Callable[[str], None]) -> None:
    answer_file("/models/tiny")
    person.clicks(person.model.folder)
    person.waits_for_rest()
    assert person.session.settings.model.source == "/models/tiny"


def test_a_gguf_file(person: Person, answer_file: Callable[[str], None]) -> None:
    answer_file("/models/tiny.gguf")
    person.clicks(person.model.gguf)
    person.waits_for_rest()
    assert person.session.settings.model.source == "/models/tiny.gguf"


def test_a_question_that_is_dismissed_changes_nothing(person: Person, answer_file: Callable[[str], None]) -> None:
    answer_file("")
    person.clicks(person.model.folder)
    person.clicks(person.model.gguf)
    assert person.session.settings.model.source == "demo"


def test_one_of_the_last_ones(person: Person, preferences: Preferences) -> None:
    for source in ("org/first", "/models/tiny.gguf"):
        person.session.use_model(source)
        person.waits_for_rest()
    recent = person.model.recent
    assert [recent.itemText(place) for place in range(1, recent.count())] == ["tiny.gguf", "org/first"]
    recent.setCurrentIndex(2)
    recent.activated.emit(2)
    person.waits_for_rest()
    assert person.session.settings.model.source == "org/first"
    assert preferences.recent_models()[0] == "org/first"


def test_another_model_can_be_undone(person: Person) -> None:
    person.session.use_model("org/name")
    person.waits_for_rest()
    person.window.actions_.undo.trigger()
    assert person.session.settings.model.source == "demo"
    assert person.session.state.model is None
    person.clicks(person.model.inspect)
    person.waits_for_rest()
    assert person.model.name.text() == "SmolLM2-135M-Instruct"


def test_nothing_can_be_chosen_while_the_engine_looks(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person("--pace", "5")
    person.window.projects.open_path(new_project(tmp_path / "project").folder)
    page = person.model
    assert not any(field.isEnabled() for field in (page.demo, page.hub_id, page.fetch, page.folder, page.gguf))
    assert "looking at it" in page.origin.text()


def test_a_model_that_is_not_there_is_told_in_the_engines_words(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person("--fault", "bad-input")
    person.opens(new_project(tmp_path / "project", model__source="nowhere/at-all").folder)
    notice = person.window.notice
    assert notice.isVisible()
    assert notice.title.text() == "This cannot be used"
    assert "check the id" in notice.sentence.text()
    assert person.model.inspect.isEnabled()


def test_a_long_name_is_cut_and_told_whole_in_the_tooltip(person: Person) -> None:
    person.window.resize(1024, 700)
    person.session.use_model(LONG_NAME)
    person.waits_for_rest()
    name = person.model.name
    assert name.text() == LONG_NAME.rsplit("/", 1)[-1]
    assert name.toolTip() == name.text()
    assert person.model.horizontalScrollBar().maximum() == 0
    assert person.window.width() == 1024


def test_a_long_project_name_is_cut_and_told_whole_in_the_tooltip(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person()
    name = "a-project-" * 12
    person.opens(new_project(tmp_path / name).folder)
    titles = [label for label in person.window.sidebar.findChildren(type(person.model.name)) if label.text() == name]
    assert [label.toolTip() for label in titles] == [name]
    assert person.window.sidebar.width() < 240
