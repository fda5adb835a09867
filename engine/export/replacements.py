"""Recovered weights on their way into the export, matched to the names on disk."""

from collections.abc import Mapping

import torch

from engine.api.errors import LayerSwarmError
from engine.models.layer_names import split_module_name
from engine.models.safetensors_header import TensorEntry

STORED_DTYPES: Mapping[str, torch.dtype] = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
}


class Replacements:
    """Tensors by module name in the pruned model's numbering; each must find its one place on disk.

    Disk names may lack the base model's prefix (GPT-2's ``h.0...``) or have another one, so decoder weights are matched
    by layer number and name within the layer, and others by the end of their name.
    """

    def __init__(self, tensors: Mapping[str, torch.Tensor]) -> None:
        self._tensors = tensors
        self._in_layers = {place: name for name in tensors if (place := split_module_name(name)) is not None}
        self._outside = [name for name in tensors if split_module_name(name) is None]
        self.stored_as: dict[str, torch.dtype] = {}
        """Module name -> the number format on disk, for those placed so far."""

    def claim(self, entry: TensorEntry, disk_name: str, place: tuple[int, str] | None) -> torch.Tensor | None:
        """The tensor that goes where ``entry`` is, in the number format on disk; None where nothing is replaced.

        ``disk_name`` and ``place`` (layer number, name within the layer) are those in the pruned model.

        Raises:
            LayerSwarmError: the shapes differ, or the tensor was placed before.
        """
        name = self._in_layers.get(place) if place is not None else self._named_like(disk_name)
        if name is None:
            return None
        tensor = self._tensors[name]
        if name in self.stored_as:
            raise LayerSwarmError(f"The recovered weight {name} fits two tensors of the model; nothing is exported.")
        if tuple(tensor.shape) != entry.shape:
            raise LayerSwarmError(
                f"The recovered weight {name} has shape {list(tensor.shape)}, but {list(entry.shape)} on disk."
            )
        if entry.dtype not in STORED_DTYPES:
            raise LayerSwarmError(f"The weight {name} is stored as {entry.dtype}, which cannot take recovered values.")
        self.stored_as[name] = STORED_DTYPES[entry.dtype]
        return tensor.detach().to(device="cpu", dtype=self.stored_as[name])

    def check_all_used(self) -> None:
        """Raise LayerSwarmError when a tensor found no place on disk."""
        unused = sorted(self._tensors.keys() - self.stored_as.keys())
        if unused:
            raise LayerSwarmError(
                f"{len(unused)} recovered weights have no place in the model's files, such as {unused[0]}; "
                "nothing is exported."
            )

    def _named_like(self, disk_name: str) -> str | None:
        return next((name for name in self._outside if name == disk_name or name.endswith(f".{disk_name}")), None)
