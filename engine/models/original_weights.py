"""Read single weights of a model from disk by their names in a pruned model in memory."""

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from engine.api.errors import LayerSwarmError
from engine.api.message import worded
from engine.models.inventory import Stored, take_inventory
from engine.models.removal import Removal
from engine.models.weight_files import NUMBER_FORMATS, read_tensor


class OriginalWeights:
    """Reads one tensor at a time, so that a model that is in memory in 4 bits need not be loaded a second time.

    Args:
        folder: The dense model's folder.
        removal: The layers removed from the pruned model.
        changed: Weights that are not those on disk, by their names in the pruned model.

    Raises:
        BadInput: The folder cannot be read (``take_inventory``).
    """

    def __init__(self, folder: Path, removal: Removal, changed: Mapping[str, Tensor]) -> None:
        self._changed = changed
        inventory = take_inventory(folder)
        self._stored = {
            renamed: stored
            for stored in inventory.weights
            if not stored.converted
            and (renamed := inventory.names.renamed_parameter(stored.parameter, removal)) is not None
        }

    def __call__(self, name: str, /) -> Tensor:
        """Return the tensor of the weight ``name``, such as ``model.layers.5.mlp.up_proj.weight``.

        Raises:
            LayerSwarmError: The model's files hold no such tensor.
        """
        if name in self._changed:
            return self._changed[name]
        stored = self._place(name)
        return read_tensor(stored.file, stored.entry)

    def kind(self, name: str, /) -> tuple[torch.dtype, tuple[int, ...]]:
        """Return the number format and the shape of the weight ``name``.

        Raises:
            LayerSwarmError: The model's files hold no such tensor.
        """
        if name in self._changed:
            changed = self._changed[name]
            return changed.dtype, tuple(changed.shape)
        entry = self._place(name).entry
        return NUMBER_FORMATS[entry.dtype], entry.shape

    def _place(self, name: str) -> Stored:
        stored = self._stored.get(name)
        if stored is None:
            raise LayerSwarmError(
                worded(
                    "The model's files hold no weight of its own for {0}, so it cannot be changed in 4 bits; set "
                    "recovery.four_bit=false and device.four_bit=false.",
                    name,
                )
            )
        return stored
