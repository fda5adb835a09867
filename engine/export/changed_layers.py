"""Give the layers of a model their changed weights: for good, or only while each layer is applied."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from engine.export.manifest import ExportFacts
from engine.export.replacements import Replacements
from engine.export.rewrite import Kept, kept_tensors
from engine.models.architecture import find_decoder
from engine.models.inventory import take_inventory


def change_weights(model: PreTrainedModel, facts: ExportFacts, replaced: Mapping[str, Tensor], by_layers: bool) -> None:
    """Insert changed weights as rounded on disk, one at a time.

    Args:
        model: The pruned model.
        facts: The source and the removal.
        replaced: Changed weights by parameter name in the pruned model.
        by_layers: Whether those of a decoder layer are read only while it is applied.

    Raises:
        LayerSwarmError: A changed weight has no place in the model's files, or another shape.
    """
    replacements = Replacements(replaced)
    kept = kept_tensors(take_inventory(facts.source.path), facts.removal) if replaced else ()
    changed = [each for each in kept if replacements.holds(each.stored, each.parameter)]
    by_layer = _by_layer(model, changed) if by_layers else {}
    for layer, inside in by_layer.items():
        _WhileApplied(model, layer, inside, replacements)
    apart = {each.name for inside in by_layer.values() for each in inside}
    with torch.no_grad():
        for each in changed:
            if each.name in apart:
                replacements.check(each.stored, each.parameter)
            else:
                model.get_parameter(each.parameter).copy_(replacements.claim(each.stored, each.parameter))
    replacements.check_all_used()


def _by_layer(model: PreTrainedModel, changed: list[Kept]) -> dict[nn.Module, list[Kept]]:
    location = find_decoder(model)
    found: dict[nn.Module, list[Kept]] = defaultdict(list)
    for each in changed:
        number, inside, _ = each.parameter.removeprefix(f"{location.path}.").partition(".")
        if inside and number.isdecimal():
            found[location.layers[int(number)]].append(each)
    return found


class _WhileApplied:
    """Gives a layer other weights before its forward, and its own back after it."""

    def __init__(
        self, model: PreTrainedModel, layer: nn.Module, changed: list[Kept], replacements: Replacements
    ) -> None:
        self._model, self._changed, self._replacements = model, changed, replacements
        self._own: list[tuple[dict[str, Any], str, Any]] = []
        # Before a streamed layer is filled, so that its own weights are neither put in place nor left there.
        layer.register_forward_pre_hook(lambda *_: self._enter(), prepend=True)
        layer.register_forward_hook(lambda *_: self._leave(), always_call=True)

    def _enter(self) -> None:
        for places, part, tensor in self._values():
            own = places[part]
            self._own.append((places, part, own))
            places[part] = nn.Parameter(tensor.to(self._model.device, own.dtype), requires_grad=False)

    def _leave(self) -> None:
        for places, part, own in self._own:
            places[part] = own
        self._own.clear()

    def _values(self) -> Iterator[tuple[dict[str, Any], str, Tensor]]:
        for each in self._changed:
            owner, _, part = each.parameter.rpartition(".")
            tensor = self._replacements.claim(each.stored, each.parameter)
            yield self._model.get_submodule(owner)._parameters, part, tensor
