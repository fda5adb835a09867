"""A combo box that has no room for its text."""

from pytestqt.qtbot import QtBot

from gui.widgets.choice_box import ChoiceBox

LONG = "A device with quite a long name · 21.4 GB of 32.0 GB free"


def test_a_text_that_is_cut_off_ends_in_an_ellipsis_and_is_the_tooltip(qtbot: QtBot) -> None:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItem(LONG)
    box.setToolTip("Where the model runs.")
    box.resize(box.sizeHint())
    box.show()
    box.grab()
    assert box.shown_text() == LONG
    assert box.toolTip() == "Where the model runs."
    box.resize(160, box.height())
    assert box.shown_text().startswith("A device")
    assert box.shown_text().endswith("…")
    assert box.toolTip() == f"{LONG}\nWhere the model runs."


def test_it_may_become_narrower_than_its_text(qtbot: QtBot) -> None:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItem(LONG)
    assert box.minimumSizeHint().width() < box.sizeHint().width() / 2


def test_without_a_choice_it_asks_for_one(qtbot: QtBot) -> None:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.setPlaceholderText("Choose a run")
    assert box.shown_text() == "Choose a run"
