"""Load a run's model: onto the device as a whole, or with layers that wait elsewhere until they are applied."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec
import torch
from transformers import PreTrainedModel

from engine.api.budget import prunable_layers, searched_counts
from engine.api.errors import LayerSwarmError
from engine.api.message import Message, worded
from engine.api.plurals import all_of
from engine.api.settings import Settings
from engine.fitness.last_states import STATES_BYTES
from engine.models.description import describe_model
from engine.models.device_sizes import PASSING, joined_tokens
from engine.models.devices import free_memory
from engine.models.folder import ModelFolder
from engine.models.four_bit import check_four_bit_weights, four_bit_share
from engine.models.inventory import take_inventory
from engine.models.loading import load_model
from engine.models.placement import REMEDY, Placement, choose_placement, memory_to_use, streaming_words
from engine.models.sizes import measure_sizes
from engine.models.state_parking import LEAST_STATES
from engine.pipeline.cost import LIBRARIES, RunCost
from engine.pipeline.evaluation_size import evaluated_tokens, generated_tokens

_TOGETHER = (
    ("reference", "hidden states"),
    ("folding",),
    ("adapter and optimiser", "training", "lessons"),
    ("trained layers", "repaired layers", "training", "lessons"),
    ("reference", "evaluated states"),
)
"""Parts of the memory that search, compensation, recovery and evaluation need at once, beside the weights."""
_APART = {"method": "local", "optimiser": "memory"}
_SMALLER_TRAININGS: tuple[Mapping[str, object], ...] = (
    {"method": "local"},
    _APART,
    {**_APART, "layers_behind": 1},
    {**_APART, "layers_behind": 0},
)
"""Settings of the recovery that hold less on the device, from the largest."""


@dataclass(frozen=True)
class PlacedModel:
    """The dense model of a run, where it is computed, and where its layers wait."""

    folder: ModelFolder
    settings: Settings
    device: str
    dtype: torch.dtype
    """Number format of the weights in memory."""
    remedy: str = REMEDY
    """What to change where the device has too little memory."""

    @cached_property
    def cost(self) -> RunCost:
        """What the run costs, counted once."""
        return run_cost(self.settings, self.folder)

    @cached_property
    def placement(self) -> Placement:
        """Where the layers are while they are not applied.

        Raises:
            LayerSwarmError: The device has too little memory.
        """
        try:
            return placement_of(self.cost, self.device, self.dtype, self.remedy)
        except LayerSwarmError:
            fitting = training_that_fits(self.cost, self.device, self.dtype)
            if not fitting:
                raise
            remedy = worded("set {0}, with which it fits, or {1}", all_of(fitting), self.remedy)
            return placement_of(self.cost, self.device, self.dtype, remedy)

    def load(self) -> PreTrainedModel:
        """Load the model as far as it fits on the device.

        Raises:
            BadInput: A file of the model is damaged.
            LayerSwarmError: The device has too little memory, or tensors are missing.
        """
        return load_model(self.folder.path, self.device, self.dtype, placement=self.placement)

    def check_four_bit(self) -> None:
        """Check that the model can be held in 4 bits and fits, with what the work needs beside it.

        Raises:
            BadInput: Its weights cannot be held in 4 bits (``check_four_bit_weights``).
            LayerSwarmError: It does not fit, or could not be evaluated in full precision later.
        """
        check_four_bit_weights(self.folder.config(), "device.four_bit")
        self.placement  # noqa: B018 - refuses now what the evaluation could not load
        weights = self.cost.memory(self.dtype.itemsize, torch.device(self.device).type)["weights"]
        needed = weights + memory_beside(self.cost, self.device, self.dtype)
        allowed = memory_to_use(self.device, self.settings.device)
        if needed > allowed:
            raise LayerSwarmError(
                worded(
                    "The model in 4 bits needs {0:,} bytes on {1}, and {2:,} may be used; {3}, or set "
                    "device.four_bit=false, so that its layers are fetched one after the other.",
                    needed,
                    self.device,
                    allowed,
                    self.remedy,
                )
            )

    @property
    def states_bytes(self) -> int:
        """Memory limit for hidden states; low where the weights leave no room for more than the least."""
        allowed = round(1e6 * self.settings.device.states_megabytes)
        streamed = self.placement.streamed and not self.settings.device.four_bit
        scarce = streamed and torch.device(self.device).type == "cpu"
        return min(allowed, LEAST_STATES) if scarce else allowed

    def words(self) -> Message:
        """Return a sentence about streamed layers; empty where there are none."""
        return streaming_words(self.placement, self.device, measure_sizes(self.folder.path).layers)


def placement_of(cost: RunCost, device: str, dtype: torch.dtype, remedy: str = REMEDY) -> Placement:
    """Return the placement of a run's model, with room for the states and sums of search and compensation.

    Raises:
        LayerSwarmError: The device has too little memory.
    """
    beside, streamed = (memory_beside(cost, device, dtype, streamed=each) for each in (False, True))
    settings = cost.settings.device
    loaded = LIBRARIES if torch.device(device).type == "cpu" else 0  # and not part of what is free
    if 1e6 * settings.memory_megabytes > free_memory(device) + loaded:  # more than there is
        settings = msgspec.structs.replace(settings, memory_megabytes=0.0)
    if not settings.memory_megabytes:
        beside, streamed = beside - loaded, streamed - loaded
    return choose_placement(cost.sizes, dtype, device, settings, beside, remedy, streamed)


def training_that_fits(cost: RunCost, device: str, dtype: torch.dtype) -> tuple[str, ...]:
    """Return settings of the recovery with which a run that does not fit would, its layers streamed or not.

    Args:
        cost: The run's cost.
        device: The device.
        dtype: Number format of the weights in memory.

    Returns:
        Settings such as ``recovery.method=local``; empty where none helps.
    """
    for values in _SMALLER_TRAININGS if cost.training is not None else ():
        changed = cost.with_recovery(**values)
        if changed.settings != cost.settings and run_fits(changed, device, dtype):
            new = {name: value for name, value in values.items() if getattr(cost.settings.recovery, name) != value}
            return tuple(f"recovery.{name}={value}" for name, value in new.items())
    return ()


def run_fits(cost: RunCost, device: str, dtype: torch.dtype) -> bool:
    """Return whether a run fits into the memory of the device, its layers streamed or not, and into main memory."""
    try:
        placement_of(cost, device, dtype)
    except LayerSwarmError:
        return False
    return cost.main_memory(torch.device(device).type) <= free_memory("cpu")


def memory_beside(
    cost: RunCost, device: str, dtype: torch.dtype, memory: int | None = None, streamed: bool = False
) -> int:
    """Return the bytes that search, compensation, recovery or evaluation need beside the weights, whichever needs most.

    LoRA training of a streamed model computes activations again instead of keeping them, one window at a time if need
    be, and on another device than the CPU hidden states wait in main memory.

    Args:
        cost: The run's cost.
        device: The device that applies the layers.
        dtype: Number format of the weights in memory.
        memory: Bytes of the device; by default as many as it has.
        streamed: Whether layers wait elsewhere; their repaired weights do so too.
    """
    kind, sparing = torch.device(device).type, cost
    # A CPU does not say that it has too little for local distillation.
    if cost.settings.recovery.method == "lora" or kind != "cpu":
        sparing = cost.with_recovery(gradient_checkpointing=True, pass_windows=1)
    parts = sparing.memory(dtype.itemsize, kind)
    parts["hidden states"] = min(parts["hidden states"], LEAST_STATES)  # those that do not fit are computed again
    if kind != "cpu":
        state = cost.hidden * dtype.itemsize
        at_once = PASSING * joined_tokens(torch.device(device), state, memory) * state
        parts["hidden states"] = min(parts["hidden states"], at_once)
        parts["folding"] = cost.folding.sums_bytes + at_once
        if streamed:
            parts.pop("repaired layers", None)
    else:
        parts["evaluated states"] = _evaluated_states(cost, dtype)
    work = (sum(parts.get(part, 0) for part in together) for together in _TOGETHER)
    return parts["working space"] + parts.get("libraries", 0) + max(work)


def _evaluated_states(cost: RunCost, dtype: torch.dtype) -> int:
    """Return the bytes of the states in front of a streamed layer and behind it while a text is evaluated."""
    calibration = cost.settings.calibration
    tokens = max(calibration.heldout_windows * calibration.window_length, cost.read_tokens)
    return min(STATES_BYTES, 2 * tokens * cost.hidden * dtype.itemsize)


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
    rounds = settings.device.four_bit or settings.recovery.four_bit
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
        four_bit_share(folder.config()) if rounds else 1.0,
        _layer_numbers(folder, sizes.layers),
    )


def _adapter_width(folder: ModelFolder, layers: int) -> int:
    """Return inputs plus outputs of the linear modules of an average layer."""
    inventory = take_inventory(folder.path)
    inside = [stored.entry for stored in inventory.weights if inventory.names.layer_of(stored.name) is not None]
    return sum(sum(matrix.shape) for matrix in inside if len(matrix.shape) == 2) // layers


def _layer_numbers(folder: ModelFolder, layers: int) -> int:
    """Return the numbers in the linear modules of an average layer, without experts that are stored one by one."""
    inventory = take_inventory(folder.path)
    inside = [each for each in inventory.weights if inventory.names.layer_of(each.name) is not None]
    shapes = [each.entry.shape for each in inside if not each.converted and len(each.entry.shape) == 2]
    return sum(rows * columns for rows, columns in shapes) // layers


def _fitted_inputs(folder: ModelFolder, hidden: int) -> int:
    """Return the inputs of the widest matrix of a layer whose other side is the hidden size."""
    inventory = take_inventory(folder.path)
    inside = [stored.entry for stored in inventory.weights if inventory.names.layer_of(stored.name) is not None]
    shapes = [matrix.shape for matrix in inside if len(matrix.shape) == 2 and hidden in matrix.shape]
    return max((max(shape) for shape in shapes), default=hidden)
