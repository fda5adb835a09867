"""Write and read the recovered weights as plain tensors, which need no adapter library."""

from collections.abc import Mapping
from pathlib import Path

from torch import Tensor

from engine.models.weight_files import PlannedTensor, TensorFile, save_in_turn

MERGED = "merged.safetensors"


def merged_file(folder: Path) -> Path:
    """Return the file of the recovered weights in the folder of one run's recovery."""
    return folder / MERGED


def write_merged(folder: Path, folded: Mapping[str, Tensor], trained: Mapping[str, PlannedTensor]) -> Path:
    """Write all weights in which the recovered model differs from the dense one, and return the file.

    They are computed and written one after the other. The names are those of the pruned model's modules, in its own
    numbering (``model.layers.5.mlp.up_proj.weight``).

    Args:
        folder: An existing folder.
        folded: The weights of the compensation that training started from.
        trained: What was trained, such as ``Adapters.merged_weights``.
    """
    path = merged_file(folder)
    unchanged = {name: PlannedTensor.of(tensor) for name, tensor in folded.items()}
    save_in_turn(path, {**unchanged, **trained}, {"format": "pt"})
    return path


def load_merged(folder: Path) -> Mapping[str, Tensor]:
    """Return the changed weights of a recovered model, by their names in the pruned model; each is read when used.

    Raises:
        BadInput: They are damaged, or no recovery that helped has ended in this folder.
    """
    return TensorFile(merged_file(folder))
