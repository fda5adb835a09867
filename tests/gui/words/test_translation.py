"""The complete German translation, in the files of Qt Linguist."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel

from gui.project.preferences import Preferences
from gui.words.translation import language_of
from tests.gui.conftest import PersonMaker
from tests.gui.translations import FILES, ROOT, compile_translations, translations, unfinished, update

GERMAN = FILES[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_sentence_is_translated_and_none_is_left_over(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(path, tmp_path))
    update(copy)
    assert unfinished(copy) == []
    assert translations(copy) == translations(path), "run `make translations`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_compiled_translations_are_those_of_the_source(path: Path, tmp_path: Path) -> None:
    compile_translations(path, tmp_path / "compiled.qm")
    assert (tmp_path / "compiled.qm").read_bytes() == path.with_suffix(".qm").read_bytes(), "run `make translations`"


def test_lupdate_finds_every_sentence_of_the_sources() -> None:
    known = {source for _, source in translations(GERMAN)}
    missed = {text: place for text, place in _sentences_in_sources() if text not in known}
    assert missed == {}, "lupdate reads literals only, and no calls inside of f-strings"


def test_a_class_translates_its_own_sentences() -> None:
    """Lupdate files what is translated within a class under its name."""
    places = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted((ROOT / "gui").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "tr"
    ]
    assert places == [], "call self.tr there"


def test_what_is_filled_in_is_filled_in_there_too() -> None:
    def gaps(text: str) -> list[str]:
        return sorted(re.findall(r"\{[^}]*\}|%n", text))

    wrong = [(source, form) for (_, source), forms in translations(GERMAN).items() for form in forms]
    assert [(source, form) for source, form in wrong if gaps(source) != gaps(form)] == []


def _sentences_in_sources() -> Iterator[tuple[str | None, str]]:
    """Yield the sentence of each call that translates, None where it is no literal, and its place."""
    for path in sorted((ROOT / "gui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for text in _literals(node):
                yield text, f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def _literals(node: ast.AST) -> list[str | None]:
    match node:
        case ast.Call(func=ast.Attribute(attr="tr") | ast.Name("tr"), args=[sentence, *_]):
            return _choices(sentence)
        case _:
            return []


def _choices(sentence: ast.expr) -> list[str | None]:
    match sentence:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=first, orelse=second):
            return _choices(first) + _choices(second)
        case _:
            return [None]


def test_qt_itself_speaks_it(german: None) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


@pytest.mark.slow
def test_no_english_word_is_left_in_the_window(german: None, make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person()
    person.opens(canned_project)
    person.unfolds_everything()
    english = {source for (_, source), forms in translations(GERMAN).items() if source not in forms}
    german_too = {form for forms in translations(GERMAN).values() for form in forms}
    shown = {each.text() for kind in (QLabel, QAbstractButton, QAction) for each in person.window.findChildren(kind)}
    assert len(shown) > 100
    assert (shown & english) - german_too == set()


@pytest.mark.slow
def test_the_window_speaks_it(german: None, make_person: PersonMaker, canned_project: Path) -> None:
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
def test_settings_are_explained_in_it(german: None, make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person()
    person.opens(canned_project)
    plan = person.plan
    person.unfolds_everything()
    rows = plan.recovery.more.rows
    assert rows is not None
    explained = [each.text() for each in rows.findChildren(QLabel)]
    assert "LoRA alpha; the adapter's scale is alpha / rank." not in " ".join(explained)
    assert any(words.startswith("Alpha von LoRA; die Skala des Adapters ist alpha / rank.") for words in explained)
    steps = "Schritte des Optimierers; bei lokaler Destillation für jede Lücke. (Schritte)\nrecovery.steps"
    assert plan.recovery.steps.toolTip() == steps
