"""The names of the stages of a run."""

from PySide6.QtCore import QCoreApplication

from engine.api.events import Stage


def stage_name(stage: Stage) -> str:
    """Return the name of a stage in the window's language."""
    names: dict[Stage, str] = {
        "model": _tr("Model"),
        "calibrate": _tr("Calibration text"),
        "analyse": _tr("Analysis of each layer"),
        "search": _tr("Search"),
        "compensate": _tr("Compensation"),
        "recover": _tr("Recovery"),
        "evaluate": _tr("Evaluation"),
        "export": _tr("Export"),
    }
    return names[stage]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Stages", text)
