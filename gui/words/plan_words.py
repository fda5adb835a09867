"""Word what a plan takes, in one line."""

from PySide6.QtCore import QCoreApplication

from engine.api.events import EstimateMade
from engine.results.plan_estimate import total_seconds
from gui.words.formatting import format_bytes, format_duration


def part_name(name: str) -> str:
    """Return a part of an estimate's memory or time in the window's language; one that is new as it is."""
    return {
        "weights": _tr("Weights"),
        "reference": _tr("Reference"),
        "hidden states": _tr("Hidden states"),
        "working space": _tr("Working space"),
        "libraries": _tr("Libraries"),
        "verification": _tr("Verification"),
        "folding": _tr("Folding"),
        "adapter and optimiser": _tr("Adapter and optimiser"),
        "training": _tr("Training pass"),
        "merging": _tr("Merging"),
        "weights in training": _tr("Weights in training"),
        "processes": _tr("Processes"),
        "lessons": _tr("Outputs of the teacher"),
        "model": _tr("Model"),
        "calibrate": _tr("Calibration text"),
        "analyse": _tr("Analysis"),
        "search": _tr("Search"),
        "compensate": _tr("Compensation"),
        "recover": _tr("Recovery"),
        "evaluate": _tr("Evaluation"),
        "tasks and texts": _tr("Tasks and texts"),
        "export": _tr("Export"),
    }.get(name, name[:1].upper() + name[1:])


def _tr(text: str) -> str:
    return QCoreApplication.translate("PlanWords", text)


def plan_words(estimate: EstimateMade) -> str:
    """Return time and memory: ``about 7 min 05 s, 1.8 GB of 19.7 GB``."""
    words = _tr("about {0}, {1} of {2}")
    needed, free = format_bytes(estimate.memory_needed), format_bytes(estimate.memory_free)
    return words.format(format_duration(total_seconds(estimate)), needed, free)


def brief_plan_words(estimate: EstimateMade) -> str:
    """Return time and memory in as few characters as a button has room for: ``7 min 05 s · 1.8 GB``."""
    return f"{format_duration(total_seconds(estimate))} · {format_bytes(estimate.memory_needed)}"
