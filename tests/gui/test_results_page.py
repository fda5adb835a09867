"""The results page: what the models write, what they save, and the report."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_run, new_project


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Someone with a run that was measured thoroughly."""
    project = new_project(tmp_path / "project")
    add_run(project, more=canned.measured())
    person = make_person()
    person.opens(project.folder)
    return person


def said(page: object) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]  # type: ignore[attr-defined]


def test_continuations_stand_side_by_side(person: Person) -> None:
    words = said(person.results.samples)
    assert words.count("The capital of France is") == 1
    assert sum(text.startswith("what the pruned model goes on") for text in words) == 2


def test_savings_come_with_their_formulas(person: Person) -> None:
    words = said(person.results.savings)
    assert "Own computer, a million tokens, recovered" in words
    assert any(text.startswith("= price of an hour x 1,000,000") for text in words)
    assert "None of 13 devices takes the smaller model any better than the dense one." in words


def test_what_was_not_measured_leaves_its_card_out(make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person()
    person.opens(canned_project)
    page = person.results
    assert page.view.isVisible()
    assert not page.samples.isVisible()
    assert not page.savings.isVisible()


def test_the_report_is_written_by_the_engine(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "out" / "report.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page = person.results
    assert not page.report.open.isVisible()
    person.clicks(page.report.save)
    person.waits_for_rest()
    assert file.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "report.html" in page.report.status.text().replace("\u200b", "")
    assert page.report.open.isVisible()


def test_a_report_that_cannot_be_written_is_told_beside_the_button(person: Person, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    page = person.results
    page.report.write(tmp_path / "file" / "report.html")
    person.waits_for_rest()
    assert "cannot be written" in page.report.status.text()
    assert not page.report.open.isVisible()
