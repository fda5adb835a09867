"""The playground on the Results page: growing texts, stopping, other jobs, and failures."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QBoxLayout
from pytestqt.qtbot import QtBot

from engine.api.events import MessageLogged
from gui.engine_link.jobs import EngineJobs
from gui.look.theme import ThemeManager
from gui.project.preferences import Preferences
from gui.project.session import Session
from gui.shell.main_window import MainWindow
from gui.widgets.playground import PlaygroundCard
from tests.engine.pipeline.cases import run, small_project
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_run, new_project

pytestmark = pytest.mark.slow

PROMPT = "What does a pump do?"


@pytest.fixture
def person(make_person: PersonMaker, canned_project: Path) -> Person:
    """Return a person on the Results page of a whole run."""
    person = make_person()
    person.opens(canned_project)
    person.window.show_page("results")
    return person


def shown(card: PlaygroundCard) -> dict[str, str]:
    """Return the texts of the visible columns."""
    return {name: text.text.toPlainText() for name, text in card.texts.items() if not text.isHidden()}


def ask(person: Person, prompt: str = PROMPT) -> PlaygroundCard:
    """Type a prompt and send it with the keyboard."""
    card = person.results.playground
    card.prompt.setPlainText(prompt)
    person.qtbot.keyClick(card.prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return card


def test_before_anything_is_asked_it_says_what_will_be_here(person: Person) -> None:
    card = person.results.playground
    assert shown(card) == {}
    assert "in turn" in card.status.text()
    assert not card.generate.isEnabled()
    person.qtbot.keyClick(card.prompt, Qt.Key.Key_Return)
    assert card.prompt.toPlainText() == "\n"
    assert not card.generate.isEnabled()


def test_each_model_writes_in_its_column(person: Person) -> None:
    card = ask(person)
    assert card.generate.text() == "Stop"
    assert "loading the model" in card.status.text()
    person.waits_for_rest()
    texts = shown(card)
    assert list(texts) == ["dense", "pruned", "recovered"]
    assert all(text.startswith(f"{PROMPT}: A pump moves water") for text in texts.values())
    assert "tokens/s" in card.texts["pruned"].pace.text()
    assert card.status.text() == "Finished"
    assert card.generate.text() == "Generate"
    card.texts["dense"].copy.click()
    assert QGuiApplication.clipboard().text() == texts["dense"]


def test_length_is_what_the_engine_is_asked_for(person: Person) -> None:
    person.results.playground.length.setValue(6)
    card = ask(person)
    person.waits_for_rest()
    assert card.texts["dense"].pace.text().startswith("6 tokens")


def test_stop_keeps_what_is_written(make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person("--pace", "0.02")
    person.opens(canned_project)
    card = ask(person)
    person.qtbot.waitUntil(lambda: bool(card.texts["dense"].text.toPlainText()))
    person.clicks(card.generate)
    person.waits_for_rest()
    assert card.texts["dense"].text.toPlainText().startswith("What")
    assert card.status.text() == "Stopped"
    assert card.texts["recovered"].text.placeholderText() == "No text generated"
    assert not person.window.notice.isVisible()


def test_what_writing_costs_stays_in_sight(make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person("--pace", "0.02")
    person.opens(canned_project)
    card, cost = ask(person), "Each token reads 9 GB."
    job = person.session.jobs.running("try")
    person.session.jobs.advanced.emit(job, [MessageLogged(level="warning", message=cost)])
    assert card.status.text() == cost
    person.qtbot.waitUntil(lambda: bool(card.texts["dense"].text.toPlainText()))
    assert card.status.text() == f"Dense: generating… {cost}"


def test_a_run_has_the_machine_to_itself(make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person("--pace", "0.01")
    person.opens(canned_project)
    card = ask(person)
    person.qtbot.waitUntil(lambda: bool(card.texts["dense"].text.toPlainText()))
    person.session.inspect()
    person.qtbot.waitUntil(lambda: person.session.jobs.running("try") is None)
    person.waits_for_rest()
    assert card.generate.isEnabled()


def test_what_cannot_be_done_is_a_notice(make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person("--fault", "bad-input")
    person.opens(canned_project)
    person.window.notice.hide()
    card = ask(person)
    person.waits_for_rest()
    assert person.window.notice.isVisible()
    assert card.status.text() == "This cannot be used"
    assert card.generate.isEnabled()


def test_another_project_begins_with_empty_columns(person: Person, tmp_path: Path) -> None:
    ask(person)
    person.waits_for_rest()
    other = new_project(tmp_path / "other")
    add_run(other)
    person.opens(other.folder)
    assert shown(person.results.playground) == {}


def test_texts_are_stacked_where_it_is_narrow(person: Person) -> None:
    card = person.results.playground
    card.resize(900, 500)
    assert card._columns.direction() == QBoxLayout.Direction.LeftToRight
    card.resize(420, 900)
    assert card._columns.direction() == QBoxLayout.Direction.TopToBottom


@pytest.mark.usefixtures("warm_engine")
def test_the_real_models_of_a_run_write(
    qtbot: QtBot, qapp: QApplication, preferences: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    project = small_project(tmp_path, compensation__enabled=False, recovery__enabled=False)
    run(project, until="evaluate")
    session = Session(EngineJobs(), preferences)
    window = MainWindow(session, ThemeManager(qapp, "light"), ahead=False)
    qtbot.addWidget(window)
    window.show()
    person = Person(qtbot, window, patience=120_000)
    person.opens(project.folder)
    person.results.playground.length.setValue(40)
    card = ask(person)
    person.waits_for_rest()
    assert not window.notice.isVisible(), window.notice.sentence.text()
    assert list(shown(card)) == ["dense", "pruned"]
    assert all("tokens" in card.texts[variant].pace.text() for variant in ("dense", "pruned"))
    session.jobs.end_all()
