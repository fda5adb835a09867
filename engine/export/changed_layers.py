"""Give a model its changed weights, those of streamed layers only while each layer is applied."""

from collections.abc import Mapping
from functools import partial

import torch
from torch import Tensor
from transformers import PreTrainedModel

from engine.export.manifest import ExportFacts
from engine.export.replacements import Replacements
from engine.export.rewrite import kept_tensors
from engine.models.inventory import take_inventory
from engine.models.streaming.streamed_layer import streamed_layer_around


@torch.no_grad()
def change_weights(model: PreTrainedModel, facts: ExportFacts, replaced: Mapping[str, Tensor]) -> None:
    """Insert changed weights as rounded on disk, one at a time.

    Args:
        model: The pruned model.
        facts: The source and the removal.
        replaced: Changed weights by parameter name in the pruned model.

    Raises:
        LayerSwarmError: A changed weight has no place in the model's files, or another shape.
    """
    replacements = Replacements(replaced)
    kept = kept_tensors(take_inventory(facts.source.path), facts.removal) if replaced else ()
    for each in kept:
        if not replacements.holds(each.stored, each.parameter):
            continue
        owner, _, part = each.parameter.rpartition(".")
        streamed = streamed_layer_around(model, owner)
        if streamed is None:
            model.get_parameter(each.parameter).copy_(replacements.claim(each.stored, each.parameter))
        else:
            replacements.check(each.stored, each.parameter)
            value = partial(replacements.claim, each.stored, each.parameter)
            streamed.replace(model.get_submodule(owner), part, value)
    replacements.check_all_used()
