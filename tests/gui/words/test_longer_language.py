"""A language with sentences 40 % longer fits a window of 1024 by 700."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QPushButton, QWidget

from gui.shell.page_stack import PAGES
from gui.widgets.elided_label import ElidedLabel
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_run, new_project

pytestmark = pytest.mark.slow


@pytest.fixture
def ahead() -> bool:
    """Let the window create all pages, as it does for a user."""
    return True


_FILLING = "wörter länger "
_SLACK = 1
"""Tolerance for rounding, in pixels."""


class LongWords(QTranslator):
    """Lengthens every sentence by 40 %."""

    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(self, _context: str, text: str, _disambiguation: str | None = None, _number: int = -1) -> str | None:  # type: ignore[override]
        if not text.strip() or text.startswith(("%", "{")) or "*." in text:
            return None
        return text + (_FILLING * 9)[: max(round(0.4 * len(text)), 1)].rstrip()


@pytest.fixture
def long_words(qapp: QApplication) -> Iterator[None]:
    """Install the longer language for one test."""
    translator = LongWords()
    qapp.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def person(long_words: None, make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person with a small screen and a thoroughly measured run."""
    project = new_project(tmp_path / "canned")
    add_run(project, more=canned.measured())
    person = make_person()
    person.window.resize(1024, 700)
    person.opens(project.folder)
    return person


def clipped(root: QWidget) -> list[str]:
    """Return the texts that have less space than they need."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                short = widget.heightForWidth(widget.width()) > widget.height() + _SLACK
            else:
                short = widget.sizeHint().width() > widget.width() + _SLACK
        elif isinstance(widget, QAbstractButton) and widget.text():
            short = isinstance(widget, QPushButton) and widget.minimumSizeHint().width() > widget.width() + _SLACK
        else:
            continue
        if short:
            found.append(f"{widget.text()!r}: {widget.width()} of {widget.sizeHint().width()}")
    return found


def test_no_page_clips_a_label(person: Person) -> None:
    for key in PAGES:
        page = person.window.page(key)
        person.waits_for_rest()
        person.qtbot.waitUntil(page.isVisible)
        person.unfolds_everything()
        QApplication.processEvents()
        assert person.window.width() <= 1024, (key, person.window.minimumSizeHint())
        assert clipped(person.window) == [], key
        assert page.widget().width() <= page.viewport().width(), f"{key}: the page must be scrolled sideways"


def test_the_first_screen_clips_nothing(long_words: None, make_person: PersonMaker) -> None:
    window = make_person().window
    window.resize(1024, 700)
    QApplication.processEvents()
    assert clipped(window) == []


def test_no_dialog_clips_a_label(long_words: None, dialog: QDialog) -> None:
    dialog.show()
    QApplication.processEvents()
    assert clipped(dialog) == []
    assert dialog.width() <= 1024
    assert dialog.height() <= 700


def test_the_check_finds_what_is_clipped(person: Person) -> None:
    label = person.window.welcome.findChildren(QLabel)[0]
    assert not isinstance(label, QComboBox)
    person.window.bar.times.setText("a text that is much longer than its place")
    person.window.bar.times.setFixedWidth(20)
    assert clipped(person.window.bar)
