"""A label shows any text in the room that it has, and gives it back unchanged."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.widgets.text import PlainLabel, label

LONG = "/srv/models/" + "models" * 20 + "\nsecond line"


@pytest.fixture
def wrapped(qtbot: QtBot) -> PlainLabel:
    """Return a label with a long word that can be selected."""
    made = label(LONG, wrap=True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_long_word_does_not_widen_a_wrapped_label(wrapped: PlainLabel) -> None:
    assert wrapped.minimumSizeHint().width() < 150
    assert wrapped.text() == LONG


def test_wrapping_can_be_turned_on_later(qtbot: QtBot) -> None:
    made = label(LONG)
    qtbot.addWidget(made)
    wide = made.minimumSizeHint().width()
    made.setWordWrap(True)
    assert made.minimumSizeHint().width() < 150 < wide


def test_what_is_selected_is_copied_as_it_was_given(wrapped: PlainLabel) -> None:
    wrapped._select_all()
    assert wrapped.selectedText() == LONG
    QTest.keySequence(wrapped, QKeySequence(QKeySequence.StandardKey.Copy))
    assert QGuiApplication.clipboard().text() == LONG


def test_a_screen_reader_reads_it_as_it_was_given(wrapped: PlainLabel) -> None:
    assert spoken(wrapped) == LONG
    wrapped.setText("short")
    assert spoken(wrapped) == "short"
    wrapped.setAccessibleName("Notes")
    wrapped.setText(LONG)
    assert spoken(wrapped) == "Notes"


def spoken(widget: PlainLabel) -> str:
    """Return the name of a widget for assistive technology."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
