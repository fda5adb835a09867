"""Word what a plan takes, in one line."""

from PySide6.QtCore import QCoreApplication

from engine.api.events import EstimateMade
from engine.results.plan_estimate import total_seconds
from gui.words.formatting import format_bytes, format_duration


def plan_words(estimate: EstimateMade) -> str:
    """Return time and memory: ``about 7 min 05 s, 1.8 GB of 19.7 GB``."""
    words = QCoreApplication.translate("PlanWords", "about {0}, {1} of {2}")
    needed, free = format_bytes(estimate.memory_needed), format_bytes(estimate.memory_free)
    return words.format(format_duration(total_seconds(estimate)), needed, free)


def brief_plan_words(estimate: EstimateMade) -> str:
    """Return time and memory in as few characters as a button has room for: ``7 min 05 s · 1.8 GB``."""
    return f"{format_duration(total_seconds(estimate))} · {format_bytes(estimate.memory_needed)}"
