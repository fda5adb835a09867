"""Sentences for people that keep what they were made of, so that the window can word them in its language.

The engine writes English. A ``Message`` is that English text; it also remembers its template and the values that fill
it, which events carry (``Template``) and the window looks up in its catalogue.
"""

from collections.abc import Callable
from typing import Any, Self

import msgspec

from engine.api.secrets import without_secrets

_NOT_FINITE = ("inf", "-inf", "nan")


class Template(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The template of a message and what fills its gaps: text and numbers as they are, or further templates."""

    text: str
    values: "tuple[Template | str | int | float, ...]" = ()

    def __post_init__(self) -> None:
        """Take the texts "inf", "-inf" and "nan" for the numbers that JSON, having none such, wrote as text.

        Both read the same in a message, but only a number can fill a gap that rounds it, such as ``{0:.4f}``.
        """
        numbers = (float(each) if isinstance(each, str) and each in _NOT_FINITE else each for each in self.values)
        msgspec.structs.force_setattr(self, "values", tuple(numbers))

    def words(self, translate: Callable[[str], str] = str) -> str:
        """Return the filled template in the language of ``translate``.

        Only for templates of this program: one from a journal may hold any format, such as one of a billion characters.
        """
        filled = [each.words(translate) if isinstance(each, Template) else each for each in self.values]
        return translate(self.text).format(*filled)

    def without_secrets(self) -> "Template":
        """Return the template with tokens and passwords left out of its values."""
        return Template(text=self.text, values=tuple(map(_masked, self.values)))


class Message(str):
    """An English sentence that was filled from a template."""

    template: Template

    @classmethod
    def of(cls, template: Template) -> Self:
        """Return the message of a template."""
        made = cls(template.words())
        made.template = template
        return made


NO_WORDS = Message.of(Template(text=""))
"""What functions return that have nothing to say."""


def worded(text: str, *values: Any) -> Message:
    """Return the message of a template filled with values; a value that is itself a message stays translatable.

    ``text`` is a constant in the call, since the translations are looked up by it.
    """
    return Message.of(Template(text=text, values=tuple(map(_kept, values))))


def worded_count(count: int, one: str, several: str, *values: Any) -> Message:
    """Return the message of one of two templates, each a constant in the call: for a count of one, and for others.

    Args:
        count: Fills the first gap.
        one: Such as ``{0} layer removed``.
        several: Such as ``{0} layers removed``.
        values: Fill further gaps.
    """
    return worded(one if count == 1 else several, count, *values)


def joined(*parts: str, between: str = " ", end: str = "") -> Message:
    """Return sentences, or parts of one, as one message; empty ones are left out."""
    given = [part for part in parts if part]
    return worded(between.join(f"{{{place}}}" for place in range(len(given))) + end, *given)


def ended(sentence: str) -> Message:
    """Return a sentence, or the part of one, with its full stop."""
    return joined(sentence, end="" if sentence.endswith(".") else ".")


def template_of(text: str) -> Template | None:
    """Return the template that a text was made from; None for text that has none."""
    return text.template if isinstance(text, Message) else None


def plain_text(value: Any) -> str:
    """Return a message as plain text, for encoders, which do not know its type."""
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError


def _masked(value: "Template | str | int | float") -> "Template | str | int | float":
    if isinstance(value, Template):
        return value.without_secrets()
    return without_secrets(value) if isinstance(value, str) else value


def _kept(value: Any) -> "Template | str | int | float":
    if isinstance(value, Message):
        return value.template
    return value if isinstance(value, int | float) else str(value)
