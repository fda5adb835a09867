"""Match changed weights with the tensors on disk, by the parameter that each tensor becomes."""

from collections.abc import Mapping

import torch

from engine.api.errors import LayerSwarmError
from engine.api.message import worded
from engine.models.inventory import Stored
from engine.models.weight_files import TensorFile, tensor_bytes

STORED_DTYPES: Mapping[str, torch.dtype] = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
}


class Replacements:
    """Tensors by parameter name in the pruned model's numbering; each must have a place on disk.

    They are read one at a time, so the mapping may hold far more than memory does (``TensorFile``).
    """

    def __init__(self, tensors: Mapping[str, torch.Tensor]) -> None:
        self._tensors = tensors
        self._placed: set[str] = set()

    def holds(self, stored: Stored, parameter: str) -> bool:
        """Return whether ``stored`` is replaced.

        Args:
            stored: The tensor on disk.
            parameter: The name that ``stored.parameter`` has in the pruned model; empty where it has none.
        """
        return not stored.converted and parameter in self._tensors

    def check(self, stored: Stored, parameter: str) -> None:
        """Check that the replacement of ``stored`` can be written, without reading it where it is in a file.

        Raises:
            LayerSwarmError: The shapes differ, or the format on disk holds no plain numbers.
        """
        tensors = self._tensors
        shape = tensors.shape_of(parameter) if isinstance(tensors, TensorFile) else tuple(tensors[parameter].shape)
        if shape != stored.entry.shape:
            raise LayerSwarmError(
                worded(
                    "The changed weight {0} has shape {1}, but {2} on disk.",
                    parameter,
                    list(shape),
                    list(stored.entry.shape),
                )
            )
        if stored.entry.dtype not in STORED_DTYPES:
            raise LayerSwarmError(
                worded(
                    "The weight {0} is stored as {1}, which cannot hold new values; export the pruned model "
                    "(export.variant=pruned).",
                    parameter,
                    stored.entry.dtype,
                )
            )
        self._placed.add(parameter)

    def claim(self, stored: Stored, parameter: str) -> torch.Tensor:
        """Return the replacement of ``stored``, which ``holds`` confirms, in the number format on disk.

        Args:
            stored: The tensor on disk.
            parameter: The name that ``stored.parameter`` has in the pruned model.

        Raises:
            LayerSwarmError: See ``check``.
        """
        self.check(stored, parameter)
        return self._tensors[parameter].detach().to(device="cpu", dtype=STORED_DTYPES[stored.entry.dtype])

    def bytes_of(self, stored: Stored, parameter: str) -> memoryview:
        """Return the bytes of a replacement as they are on disk; see ``claim``."""
        return tensor_bytes(self.claim(stored, parameter))

    def check_all_used(self) -> None:
        """Raise LayerSwarmError where a tensor was not checked or claimed, since it has no place on disk."""
        unused = sorted(self._tensors.keys() - self._placed)
        if unused:
            raise LayerSwarmError(
                worded(
                    "{0} changed weights have no place in the model's files, such as {1}; export the pruned model "
                    "(export.variant=pruned).",
                    len(unused),
                    unused[0],
                )
            )
