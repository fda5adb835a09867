"""Formatting of numbers for people: sizes, counts, times and differences, always with their unit."""

import math
import os
import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication

NARROW_SPACE = "\u202f"
MINUS = "\u2212"
NOTHING = "\u2013"
"""Placeholder for a missing value."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("formatting", text)


def format_number(value: float, digits: int = 3) -> str:
    """Format ``value`` with ``digits`` significant digits, without exponent between 0.001 and a million."""
    if not math.isfinite(value):
        return _tr("not finite")
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(value)))
    if not -3 <= magnitude < 6:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return f"{mantissa.replace('-', MINUS)} × 10{_superscript(int(exponent))}"
    return f"{value:,.{_decimals(magnitude, digits)}f}".replace(",", NARROW_SPACE).replace("-", MINUS)


def format_error(error: float, value: float, digits: int = 3) -> str:
    """Format the standard error of ``value`` with as many decimals as ``format_number`` gives the value."""
    if value == 0 or not math.isfinite(value) or not math.isfinite(error):
        return format_number(error, digits)
    return f"{error:.{_decimals(math.floor(math.log10(abs(value))), digits)}f}"


def _decimals(magnitude: int, digits: int) -> int:
    """Return the number of decimals of a number of magnitude 10^``magnitude`` with ``digits`` significant digits."""
    return max(0, digits - 1 - magnitude)


def format_whole(value: int) -> str:
    """Format an integer with thousands separated."""
    return f"{value:,}".replace(",", NARROW_SPACE).replace("-", MINUS)


def format_count(value: int) -> str:
    """Format a large count in thousands, millions or billions: ``134.5 M``."""
    return _scaled(float(value), ("", "k", "M", "B", "T"), whole_below=10_000)


def format_bytes(value: int) -> str:
    """Format bytes in powers of 1,000, as file managers and drive makers do: ``269.1 MB``."""
    return _scaled(float(value), ("B", "kB", "MB", "GB", "TB", "PB"), whole_below=1000)


def _scaled(value: float, units: tuple[str, ...], whole_below: int) -> str:
    if abs(value) < whole_below:
        return f"{format_whole(int(value))}{NARROW_SPACE}{units[0]}".rstrip(NARROW_SPACE)
    place = min(int(math.log(abs(value), 1000)), len(units) - 1)
    if round(abs(value) / 1000**place, 1) >= 1000 and place < len(units) - 1:
        place += 1
    return f"{value / 1000**place:.1f}{NARROW_SPACE}{units[place]}".replace("-", MINUS)


def format_duration(seconds: float) -> str:
    """Format a duration in its two largest units: ``2 min 05 s``."""
    if seconds < 10:
        return _tr("{0} s").format(f"{max(seconds, 0):.1f}")
    whole = round(seconds)
    if whole < 60:
        return _tr("{0} s").format(whole)
    if whole < 3600:
        return _tr("{0} min {1:02d} s").format(*divmod(whole, 60))
    minutes = round(seconds / 60)
    if minutes < 24 * 60:
        return _tr("{0} h {1:02d} min").format(*divmod(minutes, 60))
    return _tr("{0} d {1:02d} h").format(*divmod(round(seconds / 3600), 24))


def format_clock(seconds: float) -> str:
    """Format elapsed time in a constant width: ``02:05`` or ``1:02:05``."""
    minutes, second = divmod(int(max(seconds, 0)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute:02d}:{second:02d}"


def format_percent(share: float, signed: bool = False) -> str:
    """Format a share as a percentage: 0.186 gives ``18.6 %``; ``signed`` adds a plus before a gain."""
    text = f"{100 * share:+.1f}" if signed else f"{100 * share:.1f}"
    if text.lstrip("+-") == "0.0":
        text = "0.0"
    return f"{text.replace('-', MINUS)}{NARROW_SPACE}%"


def format_rate(tokens_per_second: float) -> str:
    """Format a speed in tokens per second."""
    if tokens_per_second >= 1000:
        return _tr("{0} tokens/s").format(format_whole(round(tokens_per_second)))
    return _tr("{0} tokens/s").format(format_number(tokens_per_second))


def format_change(old: float, new: float) -> str:
    """Format the relative difference of ``new`` to ``old``, or a dash if it has no meaning."""
    if old == 0 or not math.isfinite(old) or not math.isfinite(new):
        return NOTHING
    return format_percent(new / old - 1, signed=True)


def format_layers(layers: tuple[int, ...] | list[int]) -> str:
    """Format layer indices with consecutive ones joined: ``3, 7, 11–14``."""
    parts: list[str] = []
    start = None
    for place, layer in enumerate(layers):
        start = layer if start is None else start
        if place + 1 == len(layers) or layers[place + 1] != layer + 1:
            parts.append(str(start) if start == layer else f"{start}{NOTHING}{layer}")
            start = None
    return ", ".join(parts)


def format_path(path: Path) -> str:
    """Format a path with ``~`` for the user's home folder."""
    home = Path.home()
    return f"~{os.sep}{path.relative_to(home)}" if home in path.parents else str(path)


def breakable(name: str) -> str:
    """Allow a path or an id to be broken across lines after each of its parts."""
    return re.sub(r"([/\\_.])", "\\1\u200b", name)


def _superscript(number: int) -> str:
    return str(number).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
