"""Word numbers in the window's language: the engine's words for figures, translated, and paths and clocks."""

import os
import re
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale

from engine.api.safe_text import safe_line
from engine.api.settings import Objective
from engine.results import figures
from engine.results.figures import MINUS as MINUS
from engine.results.figures import NARROW_SPACE as NARROW_SPACE
from engine.results.figures import NOTHING as NOTHING
from engine.results.figures import format_layers as format_layers
from engine.results.figures import format_whole as format_whole
from gui.words.translation import engine_text


def localised(number: str) -> str:
    """Return a number that Python has formatted as the window's language writes it."""
    return figures.typeset(number, engine_text)


def format_bound(value: float) -> str:
    """Return a bound of a setting with all its digits."""
    return localised(f"{int(value):,}" if value == int(value) else f"{value:,}")


def format_bytes(value: int) -> str:
    """Return bytes in powers of 1,000: ``269.1 MB``."""
    return figures.format_bytes(value, engine_text)


def format_count(value: int) -> str:
    """Return a large count in thousands, millions or billions: ``134.5 M``."""
    return figures.format_count(value, engine_text)


def format_percent(share: float, signed: bool = False) -> str:
    """Return a share as percent; ``signed`` puts a plus before a gain."""
    return figures.format_percent(share, signed, engine_text)


def format_change(old: float, new: float) -> str:
    """Return the relative difference of ``new`` to ``old``, or a dash where that has no meaning."""
    return figures.format_change(old, new, engine_text)


def format_pace(tokens_per_second: float) -> str:
    """Return a speed in tokens per second without its unit."""
    return figures.format_pace(tokens_per_second, engine_text)


def format_number(value: float, digits: int = 3) -> str:
    """Return ``value`` with ``digits`` significant digits, plain between 0.001 and a million."""
    return figures.format_number(value, digits, engine_text)


def format_duration(seconds: float) -> str:
    """Return a length of time in its two largest units: ``2 min 05 s``."""
    return figures.format_duration(seconds, engine_text)


def format_rate(tokens_per_second: float) -> str:
    """Return a speed in tokens per second."""
    return figures.format_rate(tokens_per_second, engine_text)


def fitness_words(objective: Objective, fitness: float, digits: int = 4) -> str:
    """Return a fitness with the name of its objective: ``KL 0.7321``."""
    return figures.fitness_words(objective, fitness, digits, engine_text)


def format_moment(seconds: float) -> str:
    """Return date and time of day of a moment, in seconds since 1970, as the reader writes them."""
    moment = QDateTime.fromSecsSinceEpoch(int(seconds))
    return str(QLocale().toString(moment, QLocale.FormatType.ShortFormat))


def format_day(seconds: float) -> str:
    """Return the date of a moment, in seconds since 1970, as the reader writes it."""
    day = QDateTime.fromSecsSinceEpoch(int(seconds)).date()
    return str(QLocale().toString(day, QLocale.FormatType.ShortFormat))


def format_time(seconds: float) -> str:
    """Return the time of day of a moment, in seconds since 1970, to the second, as the reader writes it."""
    time = QDateTime.fromSecsSinceEpoch(int(seconds)).time()
    to_the_second = QLocale().timeFormat(QLocale.FormatType.LongFormat).replace("t", "").strip()  # without its zone
    return str(QLocale().toString(time, to_the_second))


def format_clock(seconds: float) -> str:
    """Return elapsed time in a text whose width does not change: ``02:05`` or ``1:02:05``."""
    minutes, second = divmod(int(max(seconds, 0)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute:02d}:{second:02d}"


def format_name(name: str) -> str:
    """Return a name for a title, which obeys what is in it."""
    return safe_line(name)


def format_path(path: Path) -> str:
    """Return a path as people write it, with ``~`` for their own folder."""
    home = Path.home()
    return f"~{os.sep}{path.relative_to(home)}" if home in path.parents else str(path)


def format_place(path: Path, folder: Path) -> str:
    """Return a path within ``folder`` relative to it, and any other as ``format_path`` does."""
    return str(path.relative_to(folder)) if folder in path.parents else format_path(path)


def breakable(name: str) -> str:
    """Return a path or an id that a line may be broken in after each of its parts."""
    return re.sub(r"([/\\_.])", "\\1\u200b", name)
