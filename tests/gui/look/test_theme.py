"""Light theme, dark theme, and following the desktop."""

import itertools
from typing import Literal

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from gui.look.theme import ThemeChoice, ThemeManager, application_font, current_theme, is_dark, load_theme, style_sheet

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_the_palette_follows_the_choice_on_every_platform(qapp: QApplication, choice: ThemeChoice) -> None:
    ThemeManager(qapp, choice)
    assert is_dark(qapp.palette()) == (choice == "dark")
    assert current_theme().name == choice


def test_system_goes_back_to_what_the_desktop_had(qapp: QApplication) -> None:
    ThemeManager(qapp, "light")  # stands for the desktop
    keeper = ThemeManager(qapp, "dark")
    keeper.choose("system")
    assert current_theme().name == "light"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_colour_of_the_style_sheet_is_filled_in(name: Literal["light", "dark"]) -> None:
    assert "$" not in style_sheet(load_theme(name))


def luminance(colour: str) -> float:
    """Return the relative luminance by WCAG 2."""
    ink = QColor(colour)
    parts = ((0.2126, ink.redF()), (0.7152, ink.greenF()), (0.0722, ink.blueF()))
    return sum(weight * _linear(part) for weight, part in parts)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio by WCAG 2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_is_readable_on_every_ground(name: Literal["light", "dark"]) -> None:
    theme = load_theme(name)
    grounds = (theme.window, theme.surface, theme.sunken)
    for ink, ground in itertools.product(
        (theme.text, theme.muted, theme.good, theme.bad, theme.warn, theme.accent), grounds
    ):
        assert contrast(ink, ground) >= 4.5, (ink, ground)
    assert contrast(theme.accent_text, theme.accent) >= 4.5
    assert contrast(theme.surface, theme.bad) >= 4.5, "the words of a destructive answer"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_list_of_a_file_dialogs_completer_is_readable(
    qtbot: QtBot, qapp: QApplication, name: Literal["light", "dark"]
) -> None:
    ThemeManager(qapp, name)
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    field = dialog.findChild(QLineEdit)
    assert field is not None
    popup = field.completer().popup()
    popup.resize(200, 100)
    ground = popup.grab().toImage().pixelColor(100, 80).name()
    assert ground == load_theme(name).surface


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_cells_of_the_strip_can_be_told_apart(name: Literal["light", "dark"]) -> None:
    theme = load_theme(name)
    assert contrast(theme.kept, theme.protected) >= 2.0
    assert contrast(theme.accent, theme.accent_soft) >= 3.0


def test_digits_have_one_width(qapp: QApplication) -> None:
    assert application_font().featureTags()
