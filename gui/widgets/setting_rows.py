"""Rows of settings by name: a field that suits the type of each, with its meaning next to it.

Everything shown comes from the annotations of the settings, so a new setting of the engine needs no change here.
"""

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.api.editing import FieldInfo, value_of
from gui.project.session import Session
from gui.project.settings_info import info, meaning_of, tooltip, unit_of
from gui.widgets.setting_fields import FIELD_HEIGHT, FIELD_WIDTH, SettingCombo, SettingDecimal, SettingSpin
from gui.widgets.text import label
from gui.widgets.wheel_guard import WheelGuard
from gui.words.translation import translate

_DECIMALS = 4


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


class SettingWords(QLineEdit):
    """Any other setting, written as on the command line; empty if it may be left out."""

    def __init__(self, session: Session, key: str, text: str) -> None:
        super().__init__()
        self._session, self._key, self._text = session, key, text
        self.setToolTip(tooltip(key))
        self.setFixedHeight(FIELD_HEIGHT)
        self.setFixedWidth(FIELD_WIDTH)
        self.setPlaceholderText(self.tr("automatic") if _may_be_left_out(info(key)) else "")
        self.editingFinished.connect(self._save)
        session.settings_changed.connect(self.show_setting)
        self.show_setting()

    @Slot()
    def _save(self) -> None:
        words = self.text().strip()
        if words != self._shown():
            self._session.change({self._key: words or self._empty()}, self._text)
            self.show_setting()

    def _empty(self) -> object:
        return None if _may_be_left_out(info(self._key)) else ""

    def _shown(self) -> str:
        value = value_of(self._session.settings, self._key)
        if isinstance(value, list | tuple):
            return ",".join(map(str, value))
        return "" if value is None else str(value)

    @Slot()
    def show_setting(self) -> None:
        """Show the current value."""
        if self.text() != self._shown():
            self.setText(self._shown())


def field_for(session: Session, key: str, text: str) -> QWidget:
    """Return a field that suits the type of a setting."""
    described = info(key)
    kinds = [kind for kind in described.kinds if not isinstance(kind, msgspec.inspect.NoneType)]
    if described.choices:
        return SettingCombo(session, key, text, [(word, word.replace("_", " ")) for word in described.choices])
    if isinstance(kinds[0], msgspec.inspect.BoolType):
        return SettingCheck(session, key, text)
    if isinstance(kinds[0], msgspec.inspect.IntType) and not _may_be_left_out(described):
        return SettingSpin(session, key, text)
    if isinstance(kinds[0], msgspec.inspect.FloatType) and not _may_be_left_out(described):
        return SettingDecimal(session, key, text, decimals=_DECIMALS, step=0.05, from_zero=True)
    return SettingWords(session, key, text)


def _may_be_left_out(described: FieldInfo) -> bool:
    return any(isinstance(kind, msgspec.inspect.NoneType) for kind in described.kinds)


class SettingRows(QWidget):
    """A row for each setting: its name, its field and its meaning."""

    def __init__(self, session: Session, keys: Sequence[str], text: str) -> None:
        super().__init__()
        self.fields: dict[str, QWidget] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 150)
        grid.setColumnStretch(2, 1)
        for row, key in enumerate(keys):
            field = field_for(session, key, text)
            name = label(_name_of(key), "muted")
            name.setBuddy(field)
            field.setAccessibleName(f"{_name_of(key)}: {_meaning(key)}")
            field.setMinimumHeight(FIELD_HEIGHT)
            self.fields[key] = field
            grid.addWidget(name, row, 0)
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(_meaning(key), "caption", wrap=True), row, 2)


class MoreSettings(QWidget):
    """Settings that most users leave alone, in a collapsed section that is created when it is first opened."""

    def __init__(self, session: Session, heading: str, keys: Sequence[str], text: str) -> None:
        super().__init__()
        self._make_rows = partial(SettingRows, session, keys, text)
        self.rows: SettingRows | None = None
        self.toggle = QToolButton()
        self.toggle.setText(heading)
        self.toggle.setCheckable(True)
        self.toggle.setAutoRaise(True)
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggle.setArrowType(Qt.ArrowType.RightArrow)
        self.toggle.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggle.setAccessibleName(heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self.toggle)
        line.addStretch(1)
        column.addLayout(line)
        self._column = column
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.toggle.toggled.connect(self._unfold)

    @Slot(bool)
    def _unfold(self, open_: bool) -> None:
        if self.rows is None:
            self.rows = self._make_rows()
            WheelGuard(self.rows).watch(self.rows)
            self._column.addWidget(self.rows)
        self.rows.setVisible(open_)
        self.toggle.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)


def _name_of(key: str) -> str:
    """Return a setting's own name, as in papers and on the command line."""
    return key.rsplit(".", 1)[-1].replace("_", " ")


def _meaning(key: str) -> str:
    described = info(key)
    default = f"{_plain(described.default)} {unit_of(key)}".strip()
    return " ".join((meaning_of(key), translate("SettingRows", "Default {0}.").format(default)))


def _plain(value: object) -> str:
    if value is None:
        return translate("SettingRows", "automatic")
    if isinstance(value, bool):
        on, off = translate("SettingRows", "on"), translate("SettingRows", "off")
        return on if value else off
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value).replace("_", " ")
