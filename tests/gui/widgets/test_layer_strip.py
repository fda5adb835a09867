"""The layer strip."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look.theme import ThemeManager, load_theme
from gui.widgets.layer_strip import LayerStrip

pytestmark = pytest.mark.slow


def shown(qtbot: QtBot, editable: bool = False) -> LayerStrip:
    """Return a strip of 30 layers, 600 px wide."""
    strip = LayerStrip(editable=editable)
    qtbot.addWidget(strip)
    strip.resize(600, 54)
    strip.show_layers(30, protected=(0, 1, 29), removed=(13, 14))
    strip.show()
    return strip


def test_every_pixel_of_the_width_belongs_to_a_layer(qtbot: QtBot) -> None:
    strip = shown(qtbot)
    found = [strip.layer_at(QPoint(x, 10)) for x in range(600)]
    assert found == sorted(found)  # type: ignore[type-var]
    assert set(found) == set(range(30))


def test_cells_do_not_overlap(qtbot: QtBot) -> None:
    strip = shown(qtbot)
    for layer in range(29):
        assert strip.cell(layer).right() <= strip.cell(layer + 1).left()


def test_a_click_asks_for_the_layer_under_it(qtbot: QtBot) -> None:
    strip = shown(qtbot, editable=True)
    with qtbot.waitSignal(strip.protection_toggled) as asked:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.cell(7).center().toPoint())
    assert asked.args == [7]


def test_a_strip_that_only_shows_does_not_react(qtbot: QtBot) -> None:
    strip = shown(qtbot)
    with qtbot.assertNotEmitted(strip.protection_toggled):
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.cell(7).center().toPoint())
    assert strip.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_the_keyboard_walks_and_toggles(qtbot: QtBot) -> None:
    strip = shown(qtbot, editable=True)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(strip, key)
    with qtbot.waitSignal(strip.protection_toggled) as asked:
        qtbot.keyClick(strip, Qt.Key.Key_Space)
    assert asked.args == [1]
    qtbot.keyClick(strip, Qt.Key.Key_End)
    with qtbot.waitSignal(strip.protection_toggled) as asked:
        qtbot.keyClick(strip, Qt.Key.Key_Space)
    assert asked.args == [29]


def test_it_is_described_in_words(qtbot: QtBot) -> None:
    strip = shown(qtbot)
    assert strip.accessibleName() == "Decoder layers"
    assert strip.accessibleDescription() == "30 layers; protected: 0–1, 29; removed: 13–14."


def test_marks_have_their_colours(qtbot: QtBot, qapp: QApplication) -> None:
    ThemeManager(qapp, "light")
    strip = shown(qtbot)
    theme = load_theme("light")
    picture = strip.grab().toImage()
    beside = QPoint(0, -8)  # the middle of a removed layer is crossed out
    colours = {layer: picture.pixelColor(strip.cell(layer).center().toPoint() + beside) for layer in (0, 5, 13)}
    assert colours == {0: QColor(theme.protected), 5: QColor(theme.kept), 13: QColor(theme.accent)}


def test_a_hundred_layers_still_fit(qtbot: QtBot) -> None:
    strip = shown(qtbot)
    strip.show_layers(126)
    assert strip.cell(125).right() <= 600
    assert all(strip.cell(layer).width() > 2 for layer in range(126))
    strip.grab()
