"""The parts of a results table: sentences that a reader can translate, and figures that carry their kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from engine.results.figures import (
    NOTHING,
    Translate,
    format_bytes,
    format_count,
    format_duration,
    format_number,
    format_pace,
    format_percent,
    format_rate,
    format_signed,
    format_whole,
    untranslated,
)

Kind = Literal["number", "kl", "whole", "count", "bytes", "rate", "pace", "seconds", "share", "difference", "change"]
"""What a raw value measures and how it is worded; a ``change`` is a signed share, a ``pace`` a rate without unit."""

_NO_DIVERGENCE = 1e-6


@dataclass(frozen=True)
class Sentence:
    """An English sentence with gaps, and what fills them; readers translate the sentence before it is filled."""

    english: str
    arguments: "tuple[Sentence | Figure | str | int, ...]" = ()

    def words(self, translate: Translate = untranslated) -> str:
        """Return the filled sentence in the language of ``translate``."""
        filled = [each.words(translate) if isinstance(each, Sentence | Figure) else each for each in self.arguments]
        return translate(self.english).format(*filled)


@dataclass(frozen=True)
class Figure:
    """A raw value with its kind; None where it was not measured."""

    kind: Kind
    value: float | None

    def words(self, translate: Translate = untranslated) -> str:
        """Return the figure with its unit, or a dash."""
        return NOTHING if self.value is None else figure_words(self.kind, self.value, translate)


Cell = Figure | Sentence


def figure_words(kind: Kind, value: float, translate: Translate = untranslated) -> str:
    """Return ``value`` as figures of ``kind`` are written."""
    return _WORDS[kind](value, translate)


def verbatim(text: str) -> Sentence:
    """Return a sentence that no language changes, such as the name of a run."""
    return Sentence("{0}", (text,))


def _kl(value: float, translate: Translate) -> str:
    """Word a divergence; the dense model differs from itself by rounding errors alone."""
    return "0" if 0 <= value < _NO_DIVERGENCE else format_number(value, translate=translate)


_WORDS: dict[Kind, Callable[[float, Translate], str]] = {
    "number": lambda value, translate: format_number(value, translate=translate),
    "kl": _kl,
    "whole": lambda value, _: format_whole(round(value)),
    "count": lambda value, translate: format_count(int(value), translate),
    "bytes": lambda value, translate: format_bytes(int(value), translate),
    "rate": format_rate,
    "pace": format_pace,
    "seconds": format_duration,
    "share": lambda value, translate: format_percent(value, False, translate),
    "difference": format_signed,
    "change": lambda value, translate: format_percent(value, True, translate),
}
