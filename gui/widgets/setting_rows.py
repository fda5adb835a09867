"""Rows of settings by name: a field that suits the type of each, with its meaning next to it.

Everything shown comes from the annotations of the settings, so a new setting of the engine needs no change here.
"""

from collections.abc import Callable, Sequence
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from engine.api.editing import value_of
from gui.project.automatic_words import automatic_words
from gui.project.session import Session
from gui.project.settings_info import info, may_be_left_out, meaning_of, tooltip, unit_of
from gui.widgets.fold import Fold
from gui.widgets.setting_fields import (
    CAPTION_WIDTH,
    FIELD_HEIGHT,
    FIELD_SPACING,
    SettingCombo,
    SettingDecimal,
    SettingSpin,
)
from gui.widgets.setting_words import SettingWords
from gui.widgets.text import label
from gui.words.formatting import format_bound
from gui.words.setting_choices import choice_name
from gui.words.setting_names import setting_groups, setting_name
from gui.words.translation import tr

_DECIMALS = 4
_SYMBOLS = ("MB", "%", "W", "×")
"""Units that read the same after any number."""


class SettingCheck(QCheckBox):
    """A Boolean setting."""

    def __init__(self, session: Session, key: str, text: str) -> None:
        super().__init__()
        self._session, self._key, self._text = session, key, text
        self.setToolTip(tooltip(key))
        self.toggled.connect(self._save)
        session.settings_changed.connect(self.show_setting)
        self.show_setting()

    @Slot(bool)
    def _save(self, value: bool) -> None:
        self._session.change({self._key: value}, self._text)

    @Slot()
    def show_setting(self) -> None:
        """Show the current value."""
        self.blockSignals(True)
        self.setChecked(bool(value_of(self._session.settings, self._key)))
        self.blockSignals(False)


def field_for(session: Session, key: str, text: str) -> QWidget:
    """Return a field that suits the type of a setting."""
    described = info(key)
    kinds = [kind for kind in described.kinds if not isinstance(kind, msgspec.inspect.NoneType)]
    if described.choices:
        return SettingCombo(session, key, text, [(word, choice_name(key, word)) for word in described.choices])
    if isinstance(kinds[0], msgspec.inspect.BoolType):
        return SettingCheck(session, key, text)
    if isinstance(kinds[0], msgspec.inspect.IntType) and not may_be_left_out(described):
        return SettingSpin(session, key, text)
    if isinstance(kinds[0], msgspec.inspect.FloatType) and not may_be_left_out(described):
        return SettingDecimal(session, key, text, decimals=_DECIMALS, step=0.05, from_zero=True)
    return SettingWords(session, key, text)


class SettingRows(QWidget):
    """A row for each setting, in groups: its name, its field and its meaning."""

    def __init__(
        self, session: Session, keys: Sequence[str], text: str, applies: Callable[[str], bool] = lambda _key: True
    ) -> None:
        """Create the rows; ``applies`` returns whether a setting has an effect on the plan as it is."""
        super().__init__()
        self._session, self._text, self._applies = session, text, applies
        self.fields: dict[str, QWidget] = {}
        self._automatic: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(FIELD_SPACING)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, CAPTION_WIDTH)
        grid.setColumnStretch(2, 1)
        for heading, members in setting_groups(list(keys)):
            if heading:
                grid.addWidget(label(heading, "body"), grid.rowCount(), 0, 1, 3)
            for key in members:
                self._add_row(grid, key)
        session.settings_changed.connect(self._show_automatic)
        session.settings_changed.connect(self._enable)
        session.events_arrived.connect(self._show_automatic)
        self._show_automatic()
        self._enable()

    def _add_row(self, grid: QGridLayout, key: str) -> None:
        row, field, name = grid.rowCount(), field_for(self._session, key, self._text), setting_name(key)
        caption = label(name, "muted", wrap=True)
        caption.setBuddy(field)
        caption.setFixedWidth(CAPTION_WIDTH)
        field.setAccessibleName(f"{name}: {_meaning(key)}")
        field.setMinimumHeight(FIELD_HEIGHT)
        self.fields[key] = field
        meaning = label(_meaning(key), "caption", wrap=True)
        if may_be_left_out(info(key)):
            self._automatic[key] = meaning
        grid.addWidget(caption, row, 0)
        grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(meaning, row, 2)

    @Slot()
    def _show_automatic(self) -> None:
        """Show what leaving a setting to the engine means for the current plan."""
        for key, shown in self._automatic.items():
            shown.setText(f"{meaning_of(key)} {automatic_words(self._session, key)}")

    @Slot()
    def _enable(self) -> None:
        """Let only those settings be changed that have an effect."""
        for key, field in self.fields.items():
            field.setEnabled(self._applies(key))


class MoreSettings(Fold):
    """Settings that most users leave alone, in a collapsed section."""

    def __init__(
        self,
        session: Session,
        heading: str,
        keys: Sequence[str],
        text: str,
        applies: Callable[[str], bool] = lambda _key: True,
    ) -> None:
        super().__init__(heading, partial(SettingRows, session, keys, text, applies))

    @property
    def rows(self) -> SettingRows | None:
        """The rows, once they were opened."""
        return self.content if isinstance(self.content, SettingRows) else None


def _meaning(key: str) -> str:
    described = info(key)
    if described.default in ("", None):
        return meaning_of(key)
    return " ".join((meaning_of(key), tr("Default {0}.").format(_plain(key, described.default))))


def _plain(key: str, value: object) -> str:
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    if isinstance(value, list | tuple):
        return "; ".join(_plain(key, each) for each in value)
    if isinstance(value, int | float):
        unit = info(key).unit
        return f"{format_bound(value)} {unit_of(key)}" if unit in _SYMBOLS else format_bound(value)
    return choice_name(key, str(value))
