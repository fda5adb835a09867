"""The names of the stages of a run."""

from engine.api.events import Stage
from engine.results.stage_lines import LABELS
from gui.words.translation import engine_text, tr


def stage_name(stage: Stage) -> str:
    """Return the name of a stage in the window's language."""
    return engine_text(LABELS[stage])


def stage_at_work(stage: Stage) -> str:
    """Return what the engine does in a stage, in the window's language."""
    words: dict[Stage, str] = {
        "model": tr("Preparing the model"),
        "calibrate": tr("Preparing calibration text"),
        "analyse": tr("Analysing layers"),
        "search": tr("Searching"),
        "compensate": tr("Compensating"),
        "recover": tr("Recovering"),
        "evaluate": tr("Evaluating"),
        "export": tr("Exporting"),
    }
    return words[stage]
