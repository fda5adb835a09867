"""Remove decoder layers from a model in memory."""

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from torch import nn
from transformers import PreTrainedConfig, PreTrainedModel

from engine.api.errors import LayerSwarmError
from engine.api.events import RemovalSet
from engine.api.message import worded
from engine.models.architecture import find_decoder, with_module
from engine.models.families import INDEX_ATTRIBUTES
from engine.models.pruned_config import pruned_config
from engine.models.removal import Removal


def remove_layers(model: PreTrainedModel, removed: RemovalSet) -> None:
    """Remove the layers ``removed`` from ``model`` in place: modules, layer numbers (for the KV cache) and config.

    Raises:
        BadInput: The removal set is not valid for this model.
        LayerSwarmError: The model does not have the expected number of layers afterwards.
    """
    location = find_decoder(model)
    removal = Removal(len(location.layers), removed)
    configs = _text_configs(model)
    dense = [config.to_dict() for config in configs]
    edits = [_config_changes(config, removal.removed) for config in configs]
    kept = nn.ModuleList(removal.take(list(location.layers)))
    setattr(location.owner, location.attribute, kept)
    for layer in kept:
        _renumber(layer, removal)
    for config, before, changes in zip(configs, dense, edits, strict=True):
        _apply(config, changes)
        _apply_to_modules(_modules_on_path(model, location.path), before, changes)
    _assert_layers(model, len(removal.kept))


def pruned_view(model: PreTrainedModel, removed: RemovalSet) -> PreTrainedModel:
    """Return a model without the layers ``removed`` that shares every weight with ``model``, which is not changed.

    The shared layers keep their old numbers, so the view must be called with ``use_cache=False``.

    Raises:
        BadInput: The removal set is not valid for this model.
        LayerSwarmError: The view does not have the expected number of layers.
    """
    location = find_decoder(model)
    removal = Removal(len(location.layers), removed)
    view = with_module(model, location.path, nn.ModuleList(removal.take(list(location.layers))))
    copies: dict[int, Any] = {}
    for module in _modules_on_path(view, location.path):
        config = getattr(module, "config", None)
        if isinstance(config, PreTrainedConfig):
            # One memo for all keeps the root's nested text config and the decoder's own config one object.
            module.__dict__["config"] = copy.deepcopy(config, copies)
    for config in {id(found): found for found in map(_text_config, _modules_on_path(view, location.path))}.values():
        if config is not None:
            before, changes = config.to_dict(), _config_changes(config, removal.removed)
            _apply(config, changes)
            _apply_to_modules(_modules_on_path(view, location.path), before, changes)
    _assert_layers(view, len(removal.kept))
    return view


def _modules_on_path(model: nn.Module, path: str) -> list[nn.Module]:
    """Return the model and every module on the way to the list of layers at ``path``, without the list itself."""
    names = path.split(".")
    return [model.get_submodule(".".join(names[:depth])) for depth in range(len(names))]


def _text_config(module: nn.Module) -> PreTrainedConfig | None:
    config = getattr(module, "config", None)
    return config.get_text_config(decoder=True) if isinstance(config, PreTrainedConfig) else None


def _text_configs(model: PreTrainedModel) -> list[PreTrainedConfig]:
    """Return every config object of the text decoder: some families keep copies in their submodules."""
    count = model.config.get_text_config(decoder=True).num_hidden_layers
    decoder = [model, *model.get_decoder().modules()]
    found = {id(config): config for config in map(_text_config, decoder) if config is not None}
    return [config for config in found.values() if getattr(config, "num_hidden_layers", None) == count]


def _config_changes(config: PreTrainedConfig, removed: RemovalSet) -> dict[str, object]:
    dense = config.to_dict()
    return {name: value for name, value in pruned_config(dense, removed).items() if dense.get(name) != value}


def _apply(config: PreTrainedConfig, changes: dict[str, object]) -> None:
    for name, value in changes.items():
        setattr(config, name, value)


def _apply_to_modules(modules: Iterable[nn.Module], dense: Mapping[str, object], changes: dict[str, object]) -> None:
    """Update the copies of per-layer lists that some families keep in their modules."""
    for module in modules:
        for name in changes.keys() & module.__dict__.keys():
            if isinstance(changes[name], list) and module.__dict__[name] == dense.get(name):
                module.__dict__[name] = changes[name]


def _renumber(layer: nn.Module, removal: Removal) -> None:
    for module in layer.modules():
        for attribute in INDEX_ATTRIBUTES:
            number = getattr(module, attribute, None)
            if isinstance(number, int):
                setattr(module, attribute, removal.new_number[number])


def _assert_layers(model: PreTrainedModel, expected: int) -> None:
    found = len(find_decoder(model).layers)
    if found != expected:
        raise LayerSwarmError(
            worded("Surgery on {0} left {1} layers instead of {2}; report this.", type(model).__name__, found, expected)
        )
