"""Numbers with units, as people read them."""

import math

from engine.api.events import SearchFinished
from engine.api.settings import OBJECTIVE_WORDS

NOTHING = "–"
"""Stands where nothing was measured."""


def number(value: float | None, digits: int = 2) -> str:
    """A number with a fixed count of decimals; a dash where there is none, and in words where it has no end."""
    if value is None or math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "infinite"
    return f"{value:,.{digits}f}"


def megabytes(size: int) -> str:
    """Bytes as MB or GB (powers of ten, as disks and the Hub count)."""
    return f"{size / 1e9:,.2f} GB" if size >= 10**10 else f"{size / 1e6:,.1f} MB"


def parameters(count: int) -> str:
    """A parameter count in millions or billions; a small one in full."""
    if count < 10**6:
        return f"{count:,}"
    return f"{count / 1e9:,.2f} B" if count >= 10**9 else f"{count / 1e6:,.1f} M"


def duration(seconds: float) -> str:
    """Seconds, minutes and seconds, or hours and minutes."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def layer_list(removed: tuple[int, ...]) -> str:
    """Layer numbers with runs drawn together: ``3, 7, 13-18``."""
    spans: list[list[int]] = []
    for layer in removed:
        if spans and layer == spans[-1][-1] + 1:
            spans[-1].append(layer)
        else:
            spans.append([layer])
    parts = [str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}" for span in spans]
    return ", ".join(parts) or "none"


def fitness_words(search: SearchFinished) -> str:
    """What was found, in the objective's own name."""
    return f"{OBJECTIVE_WORDS[search.objective]} {number(search.fitness, 4)}"
