"""Load the variants of a run's model, one after the other."""

from collections.abc import Iterator

from transformers import PreTrainedModel

from engine.api.settings import Variant
from engine.models.surgery import remove_layers
from engine.models.weight_patch import replace_weights
from engine.pipeline.workspace import Workspace


def variant_models(workspace: Workspace) -> Iterator[tuple[Variant, PreTrainedModel]]:
    """Yield dense, pruned, compensated and recovered model, each made from the previous one in place.

    Variants whose stage did not help do not exist and are left out.

    Only one model is in memory, so each may be used only until the next one is requested.
    """
    model = workspace.load()
    yield "dense", model
    remove_layers(model, workspace.removed)
    yield "pruned", model
    later: tuple[Variant, ...] = ("compensated", "recovered")
    for variant in later:
        if workspace.state.has_variant(variant):
            replace_weights(model, workspace.changed_weights(variant))
            yield variant, model
