"""Choose how an export is verified: with the whole model in memory if it fits, else with one layer at a time."""

import gc
import math
from dataclasses import dataclass
from pathlib import Path

import torch

from engine.api.errors import LayerSwarmError
from engine.api.message import worded
from engine.export.sample_windows import WINDOWS, window_length
from engine.model_files.folder_content import read_json
from engine.models.devices import free_memory
from engine.models.inventory import take_inventory
from engine.models.placement import RESIDENT, Placement, bytes_in_memory
from engine.models.pruned_config import complete_config
from engine.models.sizes import ModelSizes, measure_sizes

_SHORT = torch.bfloat16
"""Format for models too large for 32 bits; float16 might overflow where the model was not made for it."""
_SPARE = 100 * 10**6
_HIDDEN_STATES = 64
"""Hidden vectors for each token that a forward pass holds at a time."""


@dataclass(frozen=True)
class VerificationWay:
    """How source and export are loaded to be compared, one after the other."""

    dtype: torch.dtype
    by_layers: bool = False
    """Whether a decoder layer is in memory only while it is applied."""

    def placement(self, layers: int) -> Placement:
        """Return where the decoder layers of a model are, given their number."""
        return Placement(tuple(range(layers))) if self.by_layers else RESIDENT

    def words(self) -> str:
        """Return in a few words what differs from the whole model in 32 bits; empty where nothing does."""
        if self.by_layers:
            return worded("layer by layer in 16 bits, since the whole model does not fit into memory")
        return "" if self.dtype == torch.float32 else worded("in 16 bits, since 32 do not fit into memory")


def choose_way(source: Path, memory: float = math.inf) -> VerificationWay:
    """Return the strictest way for which main memory has room now.

    Args:
        source: The dense model's folder.
        memory: Bytes that may be used, of those that are free.

    Raises:
        LayerSwarmError: There is too little memory for any.
    """
    gc.collect()  # models have reference cycles
    free = min(free_memory("cpu"), memory)
    sizes, working = measure_sizes(source), _working_bytes(source)
    numbers = sum(stored.entry.elements for stored in take_inventory(source).kept)
    for dtype in (torch.float32, _SHORT):
        if numbers * dtype.itemsize + working <= free:
            return VerificationWay(dtype)
    needed = least_bytes(sizes) + working
    if needed > free:
        raise LayerSwarmError(
            worded(
                "Verifying the export needs {0:.1f} GB of memory even with one layer at a time, but {1:.1f} GB may "
                "be used; {2}, or export on a computer with more memory.",
                needed / 1e9,
                free / 1e9,
                more_memory(memory),
            )
        )
    return VerificationWay(_SHORT, by_layers=True)


def more_memory(allowed: float) -> str:
    """Return how to get more memory, where ``allowed`` bytes of what is free may be used."""
    limited = allowed < free_memory("cpu")
    return worded("set a larger device.memory_megabytes") if limited else worded("close other programs")


def least_bytes(sizes: ModelSizes) -> int:
    """Return the bytes of the weights that the least demanding way has in memory at a time."""
    return bytes_in_memory(sizes, _SHORT, range(sizes.layers))


def _working_bytes(source: Path) -> int:
    """Return the bytes of hidden states and logits, in the model's format and in 32 bits."""
    config = complete_config(read_json(source / "config.json")).get_text_config(decoder=True)
    tokens = WINDOWS * window_length(config)
    return _SPARE + tokens * 4 * int(2 * config.vocab_size + _HIDDEN_STATES * config.hidden_size)
