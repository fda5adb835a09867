"""Match changed weights with the tensors on disk, by the parameter that each tensor becomes."""

from collections.abc import Mapping

import torch

from engine.api.errors import LayerSwarmError
from engine.models.inventory import Stored

STORED_DTYPES: Mapping[str, torch.dtype] = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
}


class Replacements:
    """Tensors by parameter name in the pruned model's numbering; each must have a place on disk."""

    def __init__(self, tensors: Mapping[str, torch.Tensor]) -> None:
        self._tensors = tensors
        self.stored_as: dict[str, torch.dtype] = {}
        """Parameter name -> number format on disk, for the tensors that were claimed so far."""

    def claim(self, stored: Stored, parameter: str) -> torch.Tensor | None:
        """Return the replacement of ``stored`` in the number format on disk; None where there is none.

        Args:
            stored: The tensor on disk.
            parameter: The name that ``stored.parameter`` has in the pruned model.

        Raises:
            LayerSwarmError: The shapes differ, or the format on disk holds no plain numbers.
        """
        tensor = None if stored.converted else self._tensors.get(parameter)
        if tensor is None:
            return None
        if tuple(tensor.shape) != stored.entry.shape:
            raise LayerSwarmError(
                f"The changed weight {parameter} has shape {list(tensor.shape)}, but {list(stored.entry.shape)} on "
                "disk."
            )
        if stored.entry.dtype not in STORED_DTYPES:
            raise LayerSwarmError(
                f"The weight {parameter} is stored as {stored.entry.dtype}, which cannot hold new values; export "
                "the pruned model (export.variant=pruned)."
            )
        self.stored_as[parameter] = STORED_DTYPES[stored.entry.dtype]
        return tensor.detach().to(device="cpu", dtype=self.stored_as[parameter])

    def check_all_used(self) -> None:
        """Raise LayerSwarmError where a tensor has no place on disk."""
        unused = sorted(self._tensors.keys() - self.stored_as.keys())
        if unused:
            raise LayerSwarmError(
                f"{len(unused)} changed weights have no place in the model's files, such as {unused[0]}; export the "
                "pruned model (export.variant=pruned)."
            )
