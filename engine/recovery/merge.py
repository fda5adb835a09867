"""Write and read the recovered weights as plain tensors, which need no adapter library."""

from collections.abc import Mapping
from pathlib import Path

from torch import Tensor

from engine.models.weight_files import load_tensors, save_tensors
from engine.recovery.adapters import Adapters
from engine.recovery.training_request import Originals

MERGED = "merged.safetensors"


def merged_file(folder: Path) -> Path:
    """Return the file of the recovered weights in the folder of one run's recovery."""
    return folder / MERGED


def write_merged(
    adapters: Adapters, folder: Path, folded: Mapping[str, Tensor], originals: Originals | None = None
) -> Path:
    """Write all weights in which the recovered model differs from the dense one, adapters merged, and return the file.

    The names are those of the pruned model's modules, in its own numbering (``model.layers.5.mlp.up_proj.weight``).

    Args:
        adapters: What was trained.
        folder: An existing folder.
        folded: The weights of the compensation that training started from.
        originals: Returns the weights to merge into where those in memory are quantised.
    """
    path = merged_file(folder)
    save_tensors(path, {**folded, **dict(adapters.merged_weights(originals))}, {"format": "pt"})
    return path


def load_merged(folder: Path) -> dict[str, Tensor]:
    """Return the changed weights of a recovered model, by their names in the pruned model.

    Raises:
        BadInput: They are damaged, or no recovery that helped has ended in this folder.
    """
    return load_tensors(merged_file(folder))
