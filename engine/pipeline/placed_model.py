"""Load a run's model: onto the device as a whole, or with layers that wait elsewhere until they are applied."""

import torch
from transformers import PreTrainedModel

from engine.api.budget import prunable_layers, searched_counts
from engine.api.settings import Settings
from engine.models.description import describe_model
from engine.models.folder import ModelFolder
from engine.models.inventory import take_inventory
from engine.models.loading import load_model
from engine.models.placement import RESIDENT, Placement, choose_placement
from engine.models.sizes import measure_sizes
from engine.pipeline.cost import RunCost
from engine.pipeline.evaluation_size import evaluated_tokens, generated_tokens

_BESIDE = ("reference", "hidden states", "working space")
"""Parts of the memory that a search needs beside the weights."""


def load_placed(folder: ModelFolder, settings: Settings, device: str, dtype: torch.dtype) -> PreTrainedModel:
    """Load the dense model as far as it fits on the device.

    Raises:
        BadInput: A file of the model is damaged.
        LayerSwarmError: The device has too little memory, or tensors are missing.
    """
    cost = None if settings.device.offload == "never" else run_cost(settings, folder)
    placement = RESIDENT if cost is None else placement_of(cost, device, dtype)
    return load_model(folder.path, device, dtype, placement=placement)


def placement_of(cost: RunCost, device: str, dtype: torch.dtype) -> Placement:
    """Return the placement of a run's model, with room for the states and sums of search and compensation.

    Raises:
        LayerSwarmError: The device has too little memory.
    """
    kind = torch.device(device).type
    parts = cost.memory(dtype.itemsize, kind)
    beside = sum(parts[part] for part in _BESIDE) + parts.get("folding", 0)
    if cost.settings.device.memory_megabytes:  # of the whole process, unlike what is free now
        beside += parts.get("libraries", 0)
    return choose_placement(cost.sizes, dtype, device, cost.settings.device, beside)


def run_cost(settings: Settings, folder: ModelFolder) -> RunCost:
    """Return the cost of a run with these settings.

    Raises:
        BadInput: The budget cannot be met, or a task or a text of the evaluation cannot be used.
    """
    described, sizes = describe_model(folder), measure_sizes(folder.path)
    needed = described.needed_layers
    prunable = prunable_layers(sizes.layers, settings.analysis, needed)
    counts = searched_counts(settings, prunable, sizes.layer_bytes, sizes.bytes)
    width = _adapter_width(folder, sizes.layers)
    read = evaluated_tokens(settings.evaluation, described.context_length)
    inputs = _fitted_inputs(folder, described.hidden_size)
    return RunCost(
        sizes,
        described.hidden_size,
        described.vocabulary,
        width,
        settings,
        counts,
        read,
        needed,
        inputs,
        generated_tokens(settings.evaluation),
    )


def _adapter_width(folder: ModelFolder, layers: int) -> int:
    """Return inputs plus outputs of the linear modules of an average layer."""
    inventory = take_inventory(folder.path)
    inside = [stored.entry for stored in inventory.weights if inventory.names.layer_of(stored.name) is not None]
    return sum(sum(matrix.shape) for matrix in inside if len(matrix.shape) == 2) // layers


def _fitted_inputs(folder: ModelFolder, hidden: int) -> int:
    """Return the inputs of the widest matrix of a layer whose other side is the hidden size."""
    inventory = take_inventory(folder.path)
    inside = [stored.entry for stored in inventory.weights if inventory.names.layer_of(stored.name) is not None]
    shapes = [matrix.shape for matrix in inside if len(matrix.shape) == 2 and hidden in matrix.shape]
    return max((max(shape) for shape in shapes), default=hidden)
