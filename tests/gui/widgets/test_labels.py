"""Labels show any text as it is, without letting it widen the window."""

import pytest
from pytestqt.qtbot import QtBot

from gui.widgets.text import label

LONG = ("/folder" * 400, "word " + "x" * 3000, "数" * 1000)


@pytest.mark.parametrize("text", LONG, ids=["path", "word", "ideographs"])
def test_a_long_word_leaves_a_label_narrow_and_is_the_same_when_it_is_asked_for(qtbot: QtBot, text: str) -> None:
    shown = label(text, wrap=True)
    qtbot.addWidget(shown)
    assert shown.minimumSizeHint().width() < 700
    assert shown.text() == text


def test_short_words_are_shown_as_they_are(qtbot: QtBot) -> None:
    shown = label("The model has 30 layers.")
    qtbot.addWidget(shown)
    assert shown.property("text") == "The model has 30 layers."
