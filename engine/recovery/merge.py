"""Write and read the recovered weights as plain tensors, which need no adapter library."""

from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from engine.api.errors import unusable_file
from engine.recovery.adapters import Adapters
from engine.recovery.checkpoints import save_tensors
from engine.recovery.training_request import Originals

MERGED = "merged.safetensors"


def write_merged(adapters: Adapters, folder: Path, originals: Originals | None = None) -> Path:
    """Write the weights that the adapters change, merged, and return the file.

    The names are those of the pruned model's modules, in its own numbering (``model.layers.5.mlp.up_proj.weight``).

    Args:
        adapters: What was trained.
        folder: An existing folder.
        originals: Returns the weights to merge into where those in memory are quantised.
    """
    path = folder / MERGED
    save_tensors(path, dict(adapters.merged_weights(originals)), {"format": "pt"})
    return path


def load_merged(folder: Path) -> dict[str, Tensor]:
    """Return the changed weights of a recovered model, by their names in the pruned model.

    Raises:
        BadInput: They are damaged, or no recovery that helped has ended in this folder.
    """
    path = folder / MERGED
    try:
        return load_file(path)
    except (SafetensorError, FileNotFoundError):
        raise unusable_file(path) from None
