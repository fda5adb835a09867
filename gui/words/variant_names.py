"""The names of the variants of a model."""

from engine.api.evaluation_events import Variant
from gui.words.translation import translate


def variant_names() -> dict[Variant, str]:
    """Return the name of each variant, each made from the one before."""
    return {
        "dense": translate("Variants", "Dense"),
        "pruned": translate("Variants", "Pruned"),
        "compensated": translate("Variants", "Compensated"),
        "recovered": translate("Variants", "Recovered"),
    }
