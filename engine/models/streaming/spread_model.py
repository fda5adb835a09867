"""Load a model whose decoder layers are on several devices: each is applied on its own, with states of the first."""

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from accelerate.utils import send_to_device
from torch import nn
from transformers import PreTrainedModel

from engine.models.inventory import take_inventory
from engine.models.streaming.part_reader import PartReader
from engine.models.streaming.streamed_model import complete, empty_model, parts_of, put


def load_spread(folder: Path, device: str, dtype: torch.dtype, elsewhere: Mapping[int, str]) -> PreTrainedModel:
    """Load a model with some of its decoder layers on other devices.

    Hidden states and everything else stay on the first device: a layer elsewhere receives what it is called with, and
    returns its states, which moves far fewer bytes than its weights have.

    Args:
        folder: A checked model folder.
        device: The first device.
        dtype: Number format of the weights in memory.
        elsewhere: The device of each layer that is not on the first one.
    """
    inventory = take_inventory(folder)
    model = empty_model(folder, inventory, dtype)
    reader = PartReader(copy.deepcopy(model), "cpu", dtype)
    for layer, stored in parts_of(inventory).items():
        place = device if layer is None else elsewhere.get(layer, device)
        put(model, {name: tensor.to(place) for name, tensor in reader.read(stored).items()})
    complete(model, device, {each.parameter for each in inventory.weights})
    for layer, place in elsewhere.items():
        _apply_elsewhere(model.get_submodule(f"{inventory.names.path}{layer}"), device, place)
    return model


def _apply_elsewhere(layer: nn.Module, device: str, place: str) -> None:
    """Let a layer be called with what is on the first device, and return what is there."""

    def sent(_layer: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        return send_to_device(args, place), send_to_device(kwargs, place)

    def returned(_layer: nn.Module, _args: tuple[Any, ...], output: Any) -> Any:
        return send_to_device(output, device)

    layer.to(place)  # buffers that no file holds
    layer.register_forward_pre_hook(sent, with_kwargs=True)
    layer.register_forward_hook(returned)
