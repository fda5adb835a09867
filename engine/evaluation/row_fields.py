"""Read the fields of a benchmark's row, under any of the names that its releases give them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.evaluation.row_files import Row, kind_of

_UNKNOWN = ("", "-1", "nan", "none", "null", "?")
"""Values in place of an answer that is not published."""
SHOWN = 60
"""Characters of a value that an error message repeats."""


class RowFields:
    """Access to the fields of a row by any of several names."""

    def __init__(self, row: Row) -> None:
        self._names = tuple(map(str, row.fields))  # `Question` is meant as `question`, unless that is there too
        plain = {str(name).strip().lower(): value for name, value in row.fields.items()}
        self._row = replace(row, fields={**plain, **row.fields})

    def has(self, name: str) -> bool:
        """Return whether there is such a field with a value."""
        return self._row.fields.get(name) is not None

    def within(self, name: str) -> "RowFields":
        """Return the fields of the object that a field holds; the row itself where it holds none."""
        held = self._row.fields.get(name)
        return RowFields(replace(self._row, fields=held)) if isinstance(held, dict) else self

    def name(self, *names: str) -> str:
        """Return the first of these names that is a field of the row; fields with a value are preferred.

        Raises:
            BadInput: There is none.
        """
        found = next((name for name in sorted(names, key=self.has, reverse=True) if name in self._row.fields), None)
        if found is None:
            others = worded(" (or {0})", ", ".join(map(repr, names[1:]))) if names[1:] else ""
            there = ", ".join(self._names)[:200] or worded("none")
            raise self.fault(worded("there is no field '{0}'{1}; its fields are: {2}", names[0], others, there))
        return found

    def value(self, *names: str) -> Any:
        """Return the field of the first of these names that exists."""
        return self._row.fields[self.name(*names)]

    def text(self, *names: str) -> str:
        """Return a field that must hold text."""
        found = self.name(*names)
        return self._text(self._row.fields[found], f"'{found}'")

    def text_or_nothing(self, name: str) -> str:
        """Return a field that may be empty."""
        value = self.value(name)
        return "" if value is None or not str(value).strip() else self.text(name)

    def texts(self, *names: str, count: int = 0) -> list[str]:
        """Return a field that must hold a list of texts: ``count`` of them, or at least two."""
        found = self.name(*names)
        return self.as_texts(self._row.fields[found], found, count)

    def as_texts(self, value: object, name: str, count: int = 0) -> list[str]:
        """Return a list from within a field."""
        if not isinstance(value, list | tuple):
            raise self.fault(worded("'{0}' must be a list of texts, but it is {1}", name, kind_of(value)))
        if len(value) != count if count else len(value) < 2:
            raise self.fault(
                worded("'{0}' has {1} choices, but {2} are needed", name, len(value), count or worded("at least 2"))
            )
        return [
            self._text(each, worded("number {0} of '{1}'", number, name)) for number, each in enumerate(value, start=1)
        ]

    def answer(
        self, names: Sequence[str], spelled: Mapping[str, int], allowed: str, choices: Sequence[str] = ()
    ) -> int:
        """Return the index of the right choice, from the row or from the file of answers beside it.

        Args:
            names: Names of the field.
            spelled: Index of the choice for each accepted value, in lower case; numbers as digits.
            allowed: The accepted values, in words.
            choices: Texts of the choices, which are accepted too.

        Raises:
            BadInput: The answer is missing, unknown, or none of the accepted values.
        """
        value, where = self._stated(names)
        spelling = _spelling(value)
        if spelling in spelled:
            return spelled[spelling]
        same = [number for number, choice in enumerate(choices) if choice.strip() == str(value).strip()]
        if len(same) == 1:
            return same[0]
        shown = f"{value!r:.{SHOWN}}"
        if spelling in _UNKNOWN:
            raise self.fault(
                worded(
                    "{0} is {1}, so the answer is not known, as in a test split that is published without its "
                    "answers; use a split that has them",
                    where,
                    shown,
                )
            )
        raise self.fault(worded("{0} is {1}, but it must be {2}", where, shown, allowed))

    def _stated(self, names: Sequence[str]) -> tuple[Any, str]:
        """Return the answer as written and its place: in the row, or in the file of answers."""
        listed, own = self._row.listed, next((name for name in names if self.has(name)), "")
        if listed is not None and (not own or _spelling(self._row.fields[own]) in _UNKNOWN):
            return listed[0], worded("the answer in {0}", listed[1])
        found = self.name(*names)
        return self._row.fields[found], f"'{found}'"

    def fault(self, words: str) -> BadInput:
        """Return an error about the row, with its place."""
        return BadInput(worded("{0}: {1}.", self._row.place, words))

    def _text(self, value: object, what: str) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            raise self.fault(worded("{0} must be text, but it is {1}", what, kind_of(value)))
        if not value.strip():
            raise self.fault(worded("{0} is empty", what))
        try:
            value.encode()
        except UnicodeEncodeError:
            raise self.fault(worded("{0} holds half of a character, which cannot be written as UTF-8", what)) from None
        return value


def _spelling(value: object) -> str:
    """Return a value in the form of ``spelled``'s keys: 1, 1.0 and "1" are the same answer."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip().casefold()
