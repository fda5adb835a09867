"""A field for a setting that is written as text: names, lists, and numbers that may be left to the engine."""

import re

from PySide6.QtCore import QLocale, Slot
from PySide6.QtWidgets import QLineEdit

from engine.api.editing import value_of, with_values
from engine.api.errors import BadInput
from gui.project.session import Session
from gui.project.settings_info import (
    bounds,
    info,
    is_number,
    is_whole,
    may_be_left_out,
    meaning_of,
    numbers_in,
    tooltip,
)
from gui.widgets.number_fields import mark, name_of, number_fault
from gui.widgets.setting_fields import FIELD_HEIGHT, FIELD_WIDTH
from gui.words.number_reading import read_number

_COMMA = re.compile(r",\s+")


class SettingWords(QLineEdit):
    """One setting as text; empty if it may be left out. What cannot be used stays as it was typed, and is marked."""

    def __init__(self, session: Session, key: str, text: str) -> None:
        super().__init__()
        self._session, self._key, self._text = session, key, text
        self._last: str | None = None
        self.setToolTip(tooltip(key))
        self.setFixedHeight(FIELD_HEIGHT)
        self.setMinimumWidth(FIELD_WIDTH)
        self.setPlaceholderText(self.tr("automatic") if may_be_left_out(info(key)) else "")
        self.editingFinished.connect(self._save)
        self.textEdited.connect(self._on_edited)
        session.settings_changed.connect(self.show_setting)
        session.project_opened.connect(self.restore)
        self.show_setting()

    @Slot()
    def _save(self) -> None:
        words = self.text().strip()
        sentence = "" if words == self._shown() else self._fault(words)
        self._mark(sentence)
        if not sentence and words != self._shown():
            self._session.change({self._key: self._value(words)}, self._text)
            self.restore()

    def _on_edited(self) -> None:
        if self.property("faulty") and not self._fault(self.text().strip()):
            self._mark("")

    def _mark(self, sentence: str) -> None:
        mark(self, sentence)
        self._session.plan_faults.note_entry(self._key, sentence)

    def _fault(self, words: str) -> str:
        """Return why a text cannot be used; empty if it can."""
        name, listed = name_of(self), numbers_in(self._key)
        if not words and may_be_left_out(info(self._key)):
            return ""
        if listed is not None:
            parts = _parts(words, self._is_whole)
            faults = (number_fault(name, part, listed.low, listed.high, self._is_whole) for part in parts)
            found = next(filter(None, faults), "")
        elif is_number(self._key):
            limits = bounds(self._key)
            found = number_fault(name, words, limits.low, limits.high, self._is_whole)
        else:
            found = ""
        return found or self._refusal(name, words)

    def _refusal(self, name: str, words: str) -> str:
        """Return that the engine does not accept a value, with what it is to be; empty if it accepts it."""
        try:
            with_values(self._session.settings, {self._key: self._value(words)})
        except BadInput:
            return self.tr("{0}: “{1}” cannot be used here. {2}").format(name, words, meaning_of(self._key))
        return ""

    @property
    def _is_whole(self) -> bool:
        return is_whole(self._key)

    def _value(self, words: str) -> object:
        if not words:
            return None if may_be_left_out(info(self._key)) else ""
        if numbers_in(self._key) is not None:
            return [self._number(part) for part in _parts(words, self._is_whole)]
        return self._number(words) if is_number(self._key) else words

    def _number(self, words: str) -> float | None:
        number = read_number(words)
        return int(number) if number is not None and self._is_whole else number

    def _shown(self) -> str:
        value = value_of(self._session.settings, self._key)
        if isinstance(value, list | tuple):
            return f"{_separator()} ".join(map(_shown_number, value))
        return "" if value is None else _shown_number(value)

    @Slot()
    def show_setting(self) -> None:
        """Show the current value, unless another setting was changed while this one is being typed."""
        if self._shown() != self._last:
            self.restore()

    @Slot()
    def restore(self) -> None:
        """Show the value in place of whatever was typed."""
        self._last = self._shown()
        if self.text() != self._last:
            self.setText(self._last)
        self._mark("")


def _shown_number(value: object) -> str:
    """Return a number with the decimal mark of the language, and other values as they are."""
    return str(value).replace(".", QLocale().decimalPoint()) if isinstance(value, float) else str(value)


def _separator() -> str:
    """Return what separates the items of a list: a comma, unless that is the decimal mark."""
    return ";" if QLocale().decimalPoint() == "," else ","


def _parts(words: str, whole: bool) -> list[str]:
    """Split a list at semicolons, or at commas that are no decimal marks."""
    if ";" in words:
        parts = words.split(";")
    elif whole or _separator() == "," or "." in words:
        parts = words.split(",")
    else:
        parts = _COMMA.split(words)
    return [part for part in parts if part.strip()]
