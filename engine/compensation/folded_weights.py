"""Keep the weights of a compensated model in a run's folder, by their names in the pruned model."""

from collections.abc import Mapping
from pathlib import Path

from torch import Tensor

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.models.weight_files import TensorFile, save_tensors

_FILE = "compensated.safetensors"


def folded_file(folder: Path) -> Path:
    """Return the file of the changed weights in the folder of one run's compensation."""
    return folder / _FILE


def save_folded(folder: Path, weights: dict[str, Tensor]) -> Path:
    """Write changed weights, by their names in the pruned model, and return the file.

    Args:
        folder: Folder of one run's compensation.
        weights: See ``Fold.pruned_names``.
    """
    path = folded_file(folder)
    save_tensors(path, weights, {"format": "pt"})
    return path


def load_folded(folder: Path) -> Mapping[str, Tensor]:
    """Return the changed weights by their names in the pruned model; each is read when it is used.

    Raises:
        BadInput: They are damaged, or no layer was compensated in this folder.
    """
    try:
        return TensorFile(folded_file(folder))
    except BadInput as error:
        raise BadInput(worded("{0} Running the project again folds the layers again.", error.sentence)) from None
