"""The names of the variants of a model."""

from engine.api.evaluation_events import Variant
from gui.words.translation import tr


def variant_names() -> dict[Variant, str]:
    """Return the name of each variant, each made from the one before."""
    return {
        "dense": tr("Dense"),
        "pruned": tr("Pruned"),
        "compensated": tr("Compensated"),
        "recovered": tr("Recovered"),
    }
