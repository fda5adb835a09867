"""Every widget that accepts the keyboard has a name and can be reached with the keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction
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
from gui.charts.chart import Chart
from gui.dialogs.confirm import ConfirmDialog
from gui.shell.page_stack import PAGES
from gui.widgets.buttons import SegmentedChoice
from gui.widgets.layer_strip import LayerStrip
from gui.widgets.painted import describe_painted_widgets
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


CONTROLS = (
    *(QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.SpinBox),
    *(QAccessible.Role.ComboBox, QAccessible.Role.EditableText, QAccessible.Role.Slider, QAccessible.Role.List),
    *(QAccessible.Role.Table, QAccessible.Role.Chart, QAccessible.Role.Graphic, QAccessible.Role.ProgressBar),
)
NO_ROLES = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window)
"""What Qt calls a widget of which it knows nothing."""


def seen_in(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Yield what assistive technology finds below a widget, without the cells of tables and what is hidden."""
    for place in range(interface.childCount()):
        child = interface.child(place)
        if child is None or child.state().invisible or child.role() == QAccessible.Role.Cell:
            continue
        yield child
        yield from seen_in(child)


@pytest.fixture
def _described(qapp: QApplication) -> None:
    describe_painted_widgets()


@pytest.mark.usefixtures("_described")
def test_a_screen_reader_finds_a_role_and_a_name_for_every_control_of_each_page(person: Person) -> None:
    person.unfolds_everything()
    for key in PAGES:
        person.window.show_page(key)
        person.waits_for_rest()
        found = list(seen_in(QAccessible.queryAccessibleInterface(person.window.pages[key])))
        assert len(found) > 10, key
        for each in found:
            name, role, about = each.text(QAccessible.Text.Name), each.role(), f"{key}: {each.object()}"
            assert name or role not in CONTROLS, about
            if role == QAccessible.Role.ComboBox:  # whose name is its value on Linux
                labels = each.relations(QAccessible.RelationFlag.Label)
                assert labels or each.text(QAccessible.Text.Description), about
            if each.state().focusable:
                assert name, about
                assert role not in NO_ROLES, about


@pytest.mark.usefixtures("_described")
def test_strips_and_charts_are_there_as_text(person: Person) -> None:
    texts: dict[str, set[str]] = {}
    for key in PAGES:
        person.window.show_page(key)
        person.waits_for_rest()
        for widget in person.window.pages[key].findChildren(QWidget):
            if isinstance(widget, LayerStrip | Chart) and widget.isVisible():
                seen = QAccessible.queryAccessibleInterface(widget)
                is_chart = isinstance(widget, Chart)
                assert seen.role() == (QAccessible.Role.Chart if is_chart else QAccessible.Role.Graphic)
                texts.setdefault(key, set()).add(seen.text(QAccessible.Text.Description))
    assert all(any(sign.isdigit() for sign in text) for each in texts.values() for text in each), texts
    assert texts.keys() >= {"model", "plan", "search", "recovery", "results"}
    assert any("removed: 13–15, 17, 22" in text for text in texts["results"])
    assert any(text.startswith("Iteration ") for text in texts["search"])


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


def test_tab_leads_to_the_chosen_button_of_a_row(qtbot: QtBot) -> None:
    row = SegmentedChoice((("a", "First"), ("b", "Second"), ("c", "Third")), "Row")
    qtbot.addWidget(row)
    row.show_value("b")
    with qtbot.waitActive(row):
        row.show()
        row.activateWindow()
    row.focusNextPrevChild(True)
    assert QApplication.focusWidget() is row.button("b")
    qtbot.keyClick(row.button("b"), Qt.Key.Key_Right)
    assert row.button("c").isChecked()


def test_a_field_that_tab_reaches_from_outside_of_the_page_is_scrolled_to(person: Person) -> None:
    page = person.plan
    person.waits_for_rest()
    person.window.activateWindow()
    for bar_end, edge in ((page.verticalScrollBar().maximum(), True), (0, False)):
        person.window.bar.start.setFocus()
        page.verticalScrollBar().setValue(bar_end)
        for _ in range(20):
            person.window.focusNextPrevChild(edge)
            focus = QApplication.focusWidget()
            if focus is not None and page.isAncestorOf(focus):
                break
        assert focus is not None
        assert page.isAncestorOf(focus)
        assert not focus.visibleRegion().isEmpty(), focus


def test_the_keyboard_stays_in_the_bar_when_its_buttons_change(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person("--pace", "0.02")
    person.opens(new_project(tmp_path / "project").folder)
    person.window.activateWindow()
    bar = person.window.bar
    bar.start.setFocus()
    person.qtbot.keyClick(bar.start, Qt.Key.Key_Space)
    person.qtbot.waitUntil(bar.pause.isVisible)
    assert QApplication.focusWidget() is bar.pause
    person.qtbot.keyClick(bar.pause, Qt.Key.Key_Space)
    person.waits_for_rest()
    assert QApplication.focusWidget() is bar.start


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
