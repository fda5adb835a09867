"""Whether the layers that stay are still themselves at their new places: the layers' modules compared, without weights.

The config of the pruned model says how each of its layers is built. A family may build a layer by its number in a way
that no field of ``families.py`` tells - dense or with experts, a constant of its own; then the layer that is built at
the new place is another one than the layer that is put there, and nothing else would show it before the export.
"""

from typing import Any

import torch
from torch import nn
from transformers import AutoModelForCausalLM

from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.models.architecture import find_decoder
from engine.models.loading import quiet_transformers
from engine.models.pruned_config import complete_config, pruned_config
from engine.models.removal import Removal


def check_structure(config: dict[str, Any], removed: RemovalSet) -> None:
    """Build the dense and the pruned model without weights and compare each layer that stays.

    A family that cannot be built without weights is passed over; the export is verified in any case.

    Raises:
        BadInput: a layer would be another one at its new place, or no config can describe the pruned model.
    """
    pruned = pruned_config(config, removed)
    dense = _layers(config)
    if dense is not None:
        _check_kept(config, dense, pruned, removed)


def check_singles(config: dict[str, Any], layers: tuple[int, ...]) -> None:
    """``check_structure`` for the first, the middle and the last of ``layers``, each removed alone.

    Raises:
        BadInput: a layer that stays would be another one.
    """
    dense = _layers(config)
    if dense is None or not layers:
        return
    for layer in sorted({layers[0], layers[len(layers) // 2], layers[-1]}):
        try:
            pruned = pruned_config(config, (layer,))
        except BadInput:
            continue  # a fixed pattern, of which whole periods may go
        _check_kept(config, dense, pruned, (layer,))


def _check_kept(config: dict[str, Any], dense: nn.ModuleList, pruned: dict[str, Any], removed: RemovalSet) -> None:
    layers = _layers(pruned)
    if layers is None:
        return
    for old, new in Removal(len(dense), removed).new_number.items():
        difference = _difference(dense[old], layers[new], {old, new})
        if difference:
            raise BadInput(
                f"A '{config.get('model_type')}' model cannot lose {'layer' if len(removed) == 1 else 'the layers'} "
                f"{', '.join(map(str, removed))}: layer {old} would be another one at its new place {new} "
                f"({difference})."
            )


def _layers(config: dict[str, Any]) -> nn.ModuleList | None:
    """The decoder layers that a config makes, without weights; None where a family needs them to be built."""
    with torch.device("meta"), quiet_transformers():
        try:
            return find_decoder(AutoModelForCausalLM.from_config(complete_config(config))).layers
        except (RuntimeError, NotImplementedError, ValueError, TypeError, AttributeError):
            return None


def _difference(old: nn.Module, new: nn.Module, numbers: set[int]) -> str:
    """What the second layer has otherwise than the first, their ``numbers`` apart; nothing when they are alike."""
    theirs = dict(new.named_modules())
    for name, module in old.named_modules():
        twin = theirs.pop(name, None)
        if twin is None or type(twin) is not type(module):
            return f"no '{name}' of its kind is there"
        if {part: tuple(p.shape) for part, p in module._parameters.items() if p is not None} != {
            part: tuple(p.shape) for part, p in twin._parameters.items() if p is not None
        }:
            return f"'{name}' has another shape"
        changed = _changed_value(module, twin, numbers)
        if changed:
            return f"'{name}.{changed}' differs".replace("'.", "'")
    return f"'{next(iter(theirs))}' is there too" if theirs else ""


def _changed_value(module: nn.Module, twin: nn.Module, numbers: set[int]) -> str:
    """The name of a plain value that is not the same in both, and is not the layer's number."""
    for name, value in vars(module).items():
        other = vars(twin).get(name)
        is_number = type(value) is int and {value, other} <= numbers
        if isinstance(value, bool | int | float | str) and value != other and not is_number:
            return name
    return ""
