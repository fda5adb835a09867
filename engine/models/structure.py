"""Check, without weights, that each remaining layer is built the same at its new position.

The config of the pruned model determines how each layer is built. A family may build a layer by its number in a way
that no field in ``families`` shows: dense or with experts, or with a constant of its own. Then the layer built at the
new position differs from the layer whose weights are put there, which nothing else would reveal before the export.
"""

from typing import Any

from torch import nn

from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.api.message import worded
from engine.api.plurals import layers_in_words
from engine.models.architecture import find_decoder
from engine.models.pruned_config import pruned_config
from engine.models.removal import Removal
from engine.models.skeleton import build_skeleton


def check_structure(config: dict[str, Any], removed: RemovalSet) -> None:
    """Build the dense and the pruned model without weights and compare each remaining layer.

    Raises:
        BadInput: A layer would differ at its new position, or no config can describe the pruned model.
    """
    dense, layers = _layers(config), _layers(pruned_config(config, removed))
    for old, new in Removal(len(dense), removed).new_number.items():
        difference = layer_difference(dense[old], layers[new], {old, new})
        if difference:
            raise BadInput(
                worded(
                    "A '{0}' model cannot lose {1}: layer {2} would be built differently at its new position {3} "
                    "({4}); remove other layers.",
                    config.get("model_type"),
                    layers_in_words(removed),
                    old,
                    new,
                    difference,
                )
            )


def _layers(config: dict[str, Any]) -> nn.ModuleList:
    """Build the decoder layers of a config, without weights."""
    return find_decoder(build_skeleton(config)).layers


def layer_difference(old: nn.Module, new: nn.Module, numbers: set[int]) -> str:
    """Describe how ``new`` differs from ``old``, apart from their ``numbers``; return an empty text if it does not."""
    theirs = dict(new.named_modules())
    for name, module in old.named_modules():
        twin = theirs.pop(name, None)
        if twin is None or type(twin) is not type(module):
            return worded("it lacks '{0}' of the same kind", name)
        if {part: tuple(p.shape) for part, p in module._parameters.items() if p is not None} != {
            part: tuple(p.shape) for part, p in twin._parameters.items() if p is not None
        }:
            return worded("'{0}' has another shape", name)
        changed = _changed_value(module, twin, numbers)
        if changed:
            return worded("'{0}' differs", f"{name}.{changed}".removeprefix("."))
    return worded("it also has '{0}'", next(iter(theirs))) if theirs else ""


def _changed_value(module: nn.Module, twin: nn.Module, numbers: set[int]) -> str:
    """Return the name of a plain attribute that differs and is not the layer's number, or an empty text."""
    for name, value in vars(module).items():
        other = vars(twin).get(name)
        is_number = type(value) is int and {value, other} <= numbers
        if isinstance(value, bool | int | float | str) and value != other and not is_number:
            return name
    return ""
