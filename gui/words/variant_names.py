"""The names of the variants of a model."""

from PySide6.QtCore import QCoreApplication

from engine.api.evaluation_events import Variant


def variant_names() -> dict[Variant, str]:
    """Return the name of each variant, each made from the one before."""
    return {
        "dense": _tr("Dense"),
        "pruned": _tr("Pruned"),
        "compensated": _tr("Compensated"),
        "recovered": _tr("Recovered"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("Variants", text)
