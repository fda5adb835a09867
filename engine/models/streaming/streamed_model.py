"""Load a model whose decoder layers are partly or all left on disk, or in main memory, until they are applied."""

import copy
from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from engine.model_files.folder_content import read_json
from engine.models.inventory import Inventory, Stored, take_inventory
from engine.models.quiet import quiet_transformers
from engine.models.skeleton import build_skeleton
from engine.models.streaming.layer_stream import LayerStream, Traffic
from engine.models.streaming.part_reader import PartReader
from engine.models.streaming.streamed_layer import StreamedLayer

_INITIALISED = "_is_hf_initialized"
"""Mark of transformers on what its own initialisation must leave alone."""


def load_streamed(
    folder: Path, device: str, dtype: torch.dtype, streamed: Collection[int], keep: bool = False
) -> PreTrainedModel:
    """Load a model without the weights of some decoder layers, which are fetched each time that they are applied.

    Args:
        folder: A checked model folder.
        device: Device on which all layers are applied.
        dtype: Number format of the weights in memory.
        streamed: The layers to fetch; the others are loaded at once.
        keep: Whether fetched layers stay in main memory, so that the disk is read once.
    """
    inventory = take_inventory(folder)
    model = empty_model(folder, inventory, dtype)
    reader = PartReader(copy.deepcopy(model), "cpu", dtype)
    parts = parts_of(inventory)
    for part in parts.keys() - set(streamed):  # one after the other: main memory may be smaller than the device's
        put(model, {name: tensor.to(device) for name, tensor in reader.read(parts[part]).items()})
    complete(model, device, {each.parameter for each in inventory.weights})
    order = sorted(streamed)
    stream = LayerStream(lambda layer: reader.read(parts[layer]), torch.device(device), order, keep)
    for layer in order:
        path = f"{inventory.names.path}{layer}"
        StreamedLayer(model.get_submodule(path), path, lambda layer=layer: stream.take(layer))  # type: ignore[misc]
    model.__dict__["_layer_stream"] = stream
    return model


def traffic_of(model: PreTrainedModel) -> Traffic | None:
    """Return what was read of a model's streamed layers so far; None where all its layers are in memory."""
    stream: LayerStream | None = model.__dict__.get("_layer_stream")
    return stream.traffic if stream is not None else None


def is_streamed_model(model: PreTrainedModel) -> bool:
    """Return whether applying some layers of a model reads their weights first."""
    return traffic_of(model) is not None


def empty_model(folder: Path, inventory: Inventory, dtype: torch.dtype) -> PreTrainedModel:
    """Return the model on the meta device, with the number formats that loading gives its weights."""
    skeleton = build_skeleton(read_json(folder / "config.json"))
    tensors = {each.name: torch.empty(each.entry.shape, device="meta", dtype=dtype) for each in inventory.weights}
    with quiet_transformers():
        model: PreTrainedModel = type(skeleton).from_pretrained(
            None, config=skeleton.config, state_dict=tensors, dtype=dtype, device_map={"": "meta"}
        )
    return model


def parts_of(inventory: Inventory) -> dict[int | None, list[Stored]]:
    """Return the stored tensors of each layer, and under None those outside the layers."""
    parts: dict[int | None, list[Stored]] = defaultdict(list)
    for stored in inventory.weights:
        parts[inventory.names.layer_of(stored.name)].append(stored)
    return parts


def put(model: PreTrainedModel, weights: Mapping[str, Tensor]) -> None:
    for full_name, tensor in weights.items():
        owner, _, name = full_name.rpartition(".")
        module = model.get_submodule(owner)
        if name in module._buffers:
            module._buffers[name] = tensor
        else:
            module._parameters[name] = nn.Parameter(tensor, requires_grad=False)
        setattr(getattr(module, name), _INITIALISED, True)


def complete(model: PreTrainedModel, device: str, stored: Collection[str]) -> None:
    """Compute the buffers that no file holds, such as rotary frequencies, and tie what is tied."""
    model._move_missing_keys_from_meta_to_device(set(), {"": device}, None, None)  # type: ignore[arg-type]
    for module in model.modules():
        setattr(module, _INITIALISED, False)
    with quiet_transformers():
        model._initialize_missing_keys(False)
        tied = set(model.all_tied_weights_keys) - set(stored)
        model.tie_weights(missing_keys=tied, recompute_mapping=False)
