"""Single weights of a model as they are on disk, by their names in a pruned model in memory."""

from pathlib import Path

from safetensors import safe_open
from torch import Tensor

from engine.api.errors import LayerSwarmError
from engine.models.folder import weight_headers
from engine.models.layer_names import find_layer_names, split_module_name
from engine.models.removal import Removal


class OriginalWeights:
    """Reads one tensor at a time, so that a model that is in memory in 4 bits need not be there a second time.

    Args:
        folder: of the dense model.
        removal: the layers that the pruned model lacks.
    """

    def __init__(self, folder: Path, removal: Removal) -> None:
        self._kept = removal.kept
        self._files = {entry.name: file for file, header in weight_headers(folder) for entry in header.tensors}
        self._prefix = find_layer_names(self._files, removal.layers).prefix

    def __call__(self, name: str) -> Tensor:
        """The tensor of a decoder layer's weight, such as ``model.layers.5.mlp.up_proj.weight``.

        Raises:
            LayerSwarmError: the model's files hold no tensor of that name.
        """
        place = split_module_name(name)
        stored = None if place is None else f"{self._prefix}{self._kept[place[0]]}.{place[1]}"
        if stored not in self._files:
            raise LayerSwarmError(
                f"The model's files hold no weight of its own for {name}, so it cannot be trained in 4 bits; set "
                "recovery.four_bit=false."
            )
        with safe_open(self._files[stored], framework="pt") as file:
            weight: Tensor = file.get_tensor(stored)
        return weight
