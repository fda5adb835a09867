"""Word numbers for people: sizes, counts, times, shares and differences, always with their unit.

The window, the report and the command line all word their figures here. Functions that need a word of a language take
``translate``, which maps an English sentence to the reader's language; without it the result is English.
"""

import math
import re
from collections.abc import Callable, Sequence

from engine.api.settings import OBJECTIVE_WORDS, Objective

Translate = Callable[[str], str]

NARROW_SPACE = "\u202f"
MINUS = "\u2212"
NOTHING = "–"
"""Placeholder for a figure that was not measured."""
_LEAST_AMOUNT = 0.001
_EXPONENT = re.compile(r"e([+-]\d+)$")

POINT = "."
"""The decimal point, which is passed to ``translate`` like a word: other languages write a comma."""

FIGURE_SENTENCES = (
    "infinite",
    "not a number",
    "{0} s",
    "{0} min {1:02d} s",
    "{0} h {1:02d} min",
    "{0} d {1:02d} h",
    "{0} tokens/s",
)
"""Every sentence that the functions of this module pass to ``translate``."""


def untranslated(text: str) -> str:
    """Return ``text`` as it is: the default of every ``translate``."""
    return text


def format_number(value: float | None, digits: int = 3, translate: Translate = untranslated) -> str:
    """Return ``value`` with ``digits`` significant digits, written as a power of ten outside 0.001 to a million."""
    if value is None:
        return NOTHING
    if not math.isfinite(value):
        return _not_finite(value, translate)
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(value)))
    if not -3 <= magnitude < 6:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return f"{typeset(mantissa, translate)} × 10{_superscript(int(exponent))}"
    return typeset(f"{value:,.{_decimals(magnitude, digits)}f}", translate)


def format_amount(value: float, translate: Translate = untranslated) -> str:
    """Return an amount of money or time with three digits; one that is too small to matter has no power of ten."""
    if 0 < abs(value) < _LEAST_AMOUNT:
        least = typeset(f"{_LEAST_AMOUNT:g}", translate)
        return f"< {least}" if value > 0 else f"> {MINUS}{least}"
    return format_number(value, translate=translate)


def format_error(error: float, value: float, digits: int = 3, translate: Translate = untranslated) -> str:
    """Return the standard error of ``value`` with as many decimals as ``format_number`` gives the value."""
    if value == 0 or not math.isfinite(value) or not math.isfinite(error):
        return format_number(error, digits, translate)
    return typeset(f"{error:.{_decimals(math.floor(math.log10(abs(value))), digits)}f}", translate)


def format_whole(value: int) -> str:
    """Return a whole number with its thousands set apart."""
    return typeset(f"{value:,}")


def format_count(value: int, translate: Translate = untranslated) -> str:
    """Return a large count in thousands, millions or billions: ``134.5 M``."""
    return _scaled(float(value), ("", "k", "M", "B", "T"), 10_000, translate)


def format_bytes(value: int, translate: Translate = untranslated) -> str:
    """Return bytes in powers of 1,000, as file managers and drive makers count: ``269.1 MB``."""
    return _scaled(float(value), ("B", "kB", "MB", "GB", "TB", "PB"), 1000, translate)


def format_duration(seconds: float, translate: Translate = untranslated) -> str:
    """Return a length of time in its two largest units: ``2 min 05 s``."""
    if seconds < 10:
        return translate("{0} s").format(typeset(f"{max(seconds, 0):.1f}", translate))
    whole = round(seconds)
    if whole < 60:
        return translate("{0} s").format(whole)
    if whole < 3600:
        return translate("{0} min {1:02d} s").format(*divmod(whole, 60))
    minutes = round(seconds / 60)
    if minutes < 24 * 60:
        return translate("{0} h {1:02d} min").format(*divmod(minutes, 60))
    return translate("{0} d {1:02d} h").format(*divmod(round(seconds / 3600), 24))


def format_percent(share: float, signed: bool = False, translate: Translate = untranslated) -> str:
    """Return a share as percent: 0.186 gives ``18.6 %``; ``signed`` puts a plus before a gain."""
    text = f"{100 * share:+.1f}" if signed else f"{100 * share:.1f}"
    if text.lstrip("+-") == "0.0":
        text = "0.0"
    return f"{typeset(text, translate)}{NARROW_SPACE}%"


def format_rate(tokens_per_second: float, translate: Translate = untranslated) -> str:
    """Return a speed in tokens per second."""
    return translate("{0} tokens/s").format(format_pace(tokens_per_second, translate))


def format_pace(tokens_per_second: float, translate: Translate = untranslated) -> str:
    """Return a speed in tokens per second without its unit."""
    whole = math.isfinite(tokens_per_second) and tokens_per_second >= 1000
    return format_whole(round(tokens_per_second)) if whole else format_number(tokens_per_second, translate=translate)


def format_signed(value: float, translate: Translate = untranslated) -> str:
    """Return a difference with its sign and three decimals."""
    return typeset(f"{value:+.3f}", translate)


def format_change(old: float, new: float, translate: Translate = untranslated) -> str:
    """Return the relative difference of ``new`` to ``old``, or a dash where that has no meaning."""
    if old == 0 or not math.isfinite(old) or not math.isfinite(new):
        return NOTHING
    return format_percent(new / old - 1, True, translate)


def format_layers(layers: Sequence[int]) -> str:
    """Return sorted layer indices with runs drawn together: ``3, 7, 11–14``."""
    spans: list[list[int]] = []
    for layer in layers:
        if spans and layer == spans[-1][-1] + 1:
            spans[-1].append(layer)
        else:
            spans.append([layer])
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}{NOTHING}{span[-1]}" for span in spans)


def fitness_words(objective: Objective, fitness: float, digits: int = 4, translate: Translate = untranslated) -> str:
    """Return a fitness with the name of its objective: ``KL 0.7321``."""
    return f"{OBJECTIVE_WORDS[objective]} {format_number(fitness, digits, translate)}"


def typeset(number: str, translate: Translate = untranslated) -> str:
    """Return a formatted number with thin spaces between its thousands, a minus sign, and the reader's point.

    The exponent of a very small or large one becomes a power of ten.
    """
    number = _EXPONENT.sub(lambda found: f" × 10{_superscript(int(found[1]))}", number)
    return number.replace(",", NARROW_SPACE).replace("-", MINUS).replace(POINT, translate(POINT))


def _decimals(magnitude: int, digits: int) -> int:
    """Return the decimals that give ``digits`` significant digits to a number around 10 to the ``magnitude``."""
    return max(0, digits - 1 - magnitude)


def _scaled(value: float, units: tuple[str, ...], whole_below: int, translate: Translate) -> str:
    if abs(value) < whole_below:
        return f"{format_whole(int(value))}{NARROW_SPACE}{units[0]}".rstrip(NARROW_SPACE)
    place = min(int(math.log(abs(value), 1000)), len(units) - 1)
    if round(abs(value) / 1000**place, 1) >= 1000 and place < len(units) - 1:
        place += 1
    return f"{typeset(f'{value / 1000**place:.1f}', translate)}{NARROW_SPACE}{units[place]}"


def _not_finite(value: float, translate: Translate) -> str:
    if math.isnan(value):
        return translate("not a number")
    return ("" if value > 0 else MINUS) + translate("infinite")


def _superscript(number: int) -> str:
    return str(number).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
