"""Every widget that accepts the keyboard has a name and can be reached with the keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine.api.presets import preset_of
from gui import dialogs
from gui.dialogs.confirm import ConfirmDialog
from gui.shell.page_stack import PAGES
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.every_dialog import DIALOGS
from tests.gui.projects import add_run, new_project

pytestmark = pytest.mark.slow


@pytest.fixture
def ahead() -> bool:
    """Let the window create all pages, as it does for a user."""
    return True


def nameless(root: QWidget) -> list[str]:
    """Return the focusable widgets below ``root`` without a name for assistive technology."""
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in (root, *root.findChildren(QWidget))
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not _is_part(widget) and not _name_of(widget)
    ]


def _is_part(widget: QWidget) -> bool:
    """Return whether a widget is an internal part of another one, whose name it shares."""
    parent = widget.parentWidget()
    if widget.objectName().startswith("qt_") or (parent and parent.objectName().startswith("qt_")):
        return True
    if parent is not None and isinstance(parent.parentWidget(), QComboBox):  # the list of a combo box
        return True
    return isinstance(parent, QAbstractScrollArea) and widget is parent.viewport()


def _name_of(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton | QLabel) else "")


@pytest.fixture
def person(make_person: PersonMaker, tmp_path: Path) -> Person:
    """Return a person with a whole run open."""
    project = new_project(tmp_path / "project")
    add_run(project, more=canned.measured())
    person = make_person()
    person.opens(project.folder)
    return person


def test_every_focusable_widget_of_the_window_has_a_name(person: Person) -> None:
    person.unfolds_everything()
    assert nameless(person.window) == []


def test_the_check_finds_what_has_no_name(qtbot: QtBot) -> None:
    nobody = QLineEdit()
    qtbot.addWidget(nobody)
    assert nameless(nobody) == ["QLineEdit "]


def test_every_focusable_widget_of_the_dialogs_has_a_name(dialog: QDialog) -> None:
    assert nameless(dialog) == []


def test_there_is_no_dialog_that_these_tests_do_not_know() -> None:
    modules = {path.stem for path in Path(dialogs.__file__).parent.glob("*.py")} - {"__init__"}
    assert modules == set(DIALOGS)


def test_the_tab_key_reaches_every_field_of_each_page(person: Person) -> None:
    for key in PAGES:
        person.window.show_page(key)
        person.window.activateWindow()
        wanted, reached = walked_by_tab(person.window, person.window.pages[key])
        assert wanted <= reached, key
        assert reached, key


def test_the_tab_key_reaches_every_field_of_a_dialog(qtbot: QtBot, dialog: QDialog) -> None:
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    wanted, reached = walked_by_tab(dialog, dialog)
    assert wanted <= reached


def walked_by_tab(window: QWidget, root: QWidget) -> tuple[set[QWidget], set[QWidget]]:
    """Return the widgets that Tab should reach and those it does; of a button group, only the checked button counts."""
    wanted = {
        widget
        for widget in root.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
    }
    grouped = {widget for widget in wanted if isinstance(widget, QAbstractButton) and widget.group() is not None}
    reached: set[QWidget] = set()
    for _ in range(200):
        window.focusNextPrevChild(True)
        focus = QApplication.focusWidget()
        if focus is None or focus in reached:
            break
        reached.add(focus)
    return {widget for widget in wanted - grouped if not _is_part(widget)}, reached


def test_return_presses_the_button_that_has_the_focus_as_the_space_bar_does(person: Person) -> None:
    person.window.activateWindow()
    fold = person.plan.search.more.toggle
    fold.setFocus()
    QTest.keyClick(fold, Qt.Key.Key_Return)
    assert fold.isChecked()
    preset = person.plan.presets.button("Quick")
    preset.setFocus()
    QTest.keyClick(preset, Qt.Key.Key_Enter)
    assert preset_of(person.session.settings) == "Quick"


def test_the_questions_are_answered_no_by_escape_and_enter(qtbot: QtBot) -> None:
    dialog = ConfirmDialog("Discard?", "It goes.", "Kept: all else.", "Discard")
    qtbot.addWidget(dialog)
    assert dialog.no.isDefault()
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == 0


def test_pages_have_shortcuts(person: Person) -> None:
    actions = person.window.findChildren(QAction)
    shortcuts = {action.shortcut().toString(): action.text() for action in actions}
    assert [shortcuts[f"Ctrl+{number}"] for number in range(1, 7)] == [
        page.accessibleName() for page in person.window.pages.values()
    ]
