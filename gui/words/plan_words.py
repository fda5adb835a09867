"""Word what a plan takes, in one line."""

from engine.api.event import STAGES
from engine.api.events import EstimateMade
from engine.results.plan_estimate import total_seconds
from gui.words.formatting import format_bytes, format_duration
from gui.words.stage_names import stage_name
from gui.words.translation import tr


def part_name(name: str) -> str:
    """Return a part of an estimate's memory or time in the window's language; one that is new as it is."""
    stage = next((stage for stage in STAGES if stage == name), None)
    if stage is not None:
        return stage_name(stage)
    return {
        "weights": tr("Weights"),
        "reference": tr("Reference"),
        "hidden states": tr("Hidden states"),
        "working space": tr("Working space"),
        "libraries": tr("Libraries"),
        "verification": tr("Verification"),
        "folding": tr("Folding"),
        "adapter and optimiser": tr("Adapter and optimiser"),
        "trained layers": tr("Trained layers"),
        "repaired layers": tr("Repaired layers"),
        "training": tr("Training pass"),
        "merging": tr("Merging"),
        "weights in training": tr("Weights in training"),
        "processes": tr("Processes"),
        "workers": tr("Other devices"),
        "lessons": tr("Outputs of the teacher"),
        "tasks and texts": tr("Tasks and texts"),
    }.get(name, name[:1].upper() + name[1:])


def plan_words(estimate: EstimateMade) -> str:
    """Return time and memory: ``about 7 min 05 s, 1.8 GB of 19.7 GB``."""
    words = tr("about {0}, {1} of {2}")
    needed, free = format_bytes(estimate.memory_needed), format_bytes(estimate.memory_free)
    return words.format(format_duration(total_seconds(estimate)), needed, free)


def brief_plan_words(estimate: EstimateMade) -> str:
    """Return time and memory in as few characters as a button has room for: ``7 min 05 s · 1.8 GB``."""
    return f"{format_duration(total_seconds(estimate))} · {format_bytes(estimate.memory_needed)}"
