"""State which figures of the analysis are estimates."""

from collections.abc import Mapping

from engine.api.events import LayerAnalysed
from engine.results.figures import Translate, format_layers, untranslated

ESTIMATED = (
    "Measured on all windows for the layers {0}. The others cost more on the first windows, so theirs is estimated "
    "from those ({1})."
)


def analysis_note(layers: Mapping[int, LayerAnalysed], translate: Translate = untranslated) -> str:
    """Return which layers' KL and perplexity were measured on all windows; empty where all of them were.

    Args:
        layers: The analysis, by layer.
        translate: Translates the sentence.
    """
    used = sorted({event.estimated_from for event in layers.values() if event.estimated_from is not None})
    if not used:
        return ""
    whole = [layer for layer in sorted(layers) if layers[layer].estimated_from is None]
    return translate(ESTIMATED).format(format_layers(whole), format_layers(used))


def estimated_words(event: LayerAnalysed) -> str:
    """Return what stands behind a figure of one layer in a hint: empty where it was measured on all windows."""
    return "" if event.estimated_from is None else f" (estimated from {event.estimated_from} windows)"
