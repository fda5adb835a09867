"""Whether the layers that stay are still themselves at their new places: the layers' modules compared, without weights.

The config of the pruned model says how each of its layers is built. A family may build a layer by its number in a way
that no field of ``families.py`` tells - dense or with experts, a constant of its own; then the layer that is built at
the new place is another one than the layer that is put there, and nothing else would show it before the export.
"""

from typing import Any

from torch import nn

from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.models.architecture import find_decoder
from engine.models.pruned_config import pruned_config
from engine.models.removal import Removal
from engine.models.skeleton import build_skeleton


def check_structure(config: dict[str, Any], removed: RemovalSet) -> None:
    """Build the dense and the pruned model without weights and compare each layer that stays.

    Raises:
        BadInput: A layer would be another one at its new place, or no config can describe the pruned model.
    """
    dense, layers = _layers(config), _layers(pruned_config(config, removed))
    for old, new in Removal(len(dense), removed).new_number.items():
        difference = layer_difference(dense[old], layers[new], {old, new})
        if difference:
            raise BadInput(
                f"A '{config.get('model_type')}' model cannot lose {'layer' if len(removed) == 1 else 'the layers'} "
                f"{', '.join(map(str, removed))}: layer {old} would be another one at its new place {new} "
                f"({difference})."
            )


def _layers(config: dict[str, Any]) -> nn.ModuleList:
    """Return the decoder layers that a config makes, without weights."""
    return find_decoder(build_skeleton(config)).layers


def layer_difference(old: nn.Module, new: nn.Module, numbers: set[int]) -> str:
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
