"""The complete German translation."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication, QLabel

from gui.project.preferences import Preferences
from gui.words.translation import catalogue, install_translator, language_of
from tests.gui.conftest import PersonMaker
from tests.gui.sentences import sentences


def test_every_sentence_of_the_window_has_a_german_one() -> None:
    known = catalogue("de")
    missing = {text: place for text, place in sentences().items() if not known.get(text)}
    assert missing == {}, "translate these in resources/translations/de.json"


def test_no_sentence_is_kept_that_the_window_no_longer_says() -> None:
    assert sorted(set(catalogue("de")) - set(sentences())) == []


def test_what_is_filled_in_is_filled_in_there_too() -> None:
    def gaps(text: str) -> list[str]:
        return sorted(re.findall(r"\{[^}]*\}", text))

    assert [text for text, said in catalogue("de").items() if gaps(text) != gaps(said)] == []


@pytest.fixture
def german(qapp: QApplication) -> Iterator[QTranslator]:
    """Install German for one test."""
    translator = install_translator(qapp, "de")
    assert translator is not None
    yield translator
    QCoreApplication.removeTranslator(translator)


@pytest.mark.slow
def test_the_window_speaks_it(german: QTranslator, make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person()
    person.opens(canned_project)
    assert person.results.accessibleName() == "Ergebnisse"
    assert person.results.headline.text().startswith("5 von 30 Schichten entfernt")
    assert person.window.bar.start.text() == "Erneut starten"
    assert person.window.menuBar().actions()[0].text() == "&Datei"


@pytest.mark.slow
def test_the_choice_is_kept_and_says_when_it_counts(make_person: PersonMaker, preferences: Preferences) -> None:
    window = make_person().window
    assert window.actions_.language_system.isChecked()
    window.actions_.language_german.trigger()
    assert preferences.language == "de"
    assert window.notice.title.text() == "Language: Deutsch"
    assert language_of("de") == "de"
    assert language_of("system") in ("en", "de")


@pytest.mark.slow
def test_settings_are_explained_in_it(german: QTranslator, make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person()
    person.opens(canned_project)
    plan = person.plan
    person.unfolds_everything()
    rows = plan.recovery.more.rows
    assert rows is not None
    explained = [each.text() for each in rows.findChildren(QLabel)]
    assert "LoRA alpha; the adapter's scale is alpha / rank." not in " ".join(explained)
    assert any(words.startswith("Alpha von LoRA; die Skala des Adapters ist alpha / rank.") for words in explained)
    assert plan.recovery.steps.toolTip() == "Schritte des Optimierers. (Schritte)\nrecovery.steps"
