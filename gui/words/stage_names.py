"""The names of the stages of a run."""

from engine.api.events import Stage
from gui.words.translation import tr


def stage_name(stage: Stage) -> str:
    """Return the name of a stage in the window's language."""
    names: dict[Stage, str] = {
        "model": tr("Model"),
        "calibrate": tr("Calibration text"),
        "analyse": tr("Analysis of each layer"),
        "search": tr("Search"),
        "compensate": tr("Compensation"),
        "recover": tr("Recovery"),
        "evaluate": tr("Evaluation"),
        "export": tr("Export"),
    }
    return names[stage]
