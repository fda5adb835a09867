"""Write changed weights into tensors of the GGUF file that a model came from."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, ReaderTensor
from gguf.quants import dequantize, quantize
from torch import Tensor

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.models.folder import ModelFolder
from engine.models.inventory import take_inventory
from engine.models.original_weights import OriginalWeights
from engine.models.pruned_config import complete_config
from engine.models.removal import Removal
from engine.sources.gguf.parts import read_gguf
from engine.sources.gguf.weights import tensor_places

_PLAIN = (GGMLQuantizationType.F32, GGMLQuantizationType.F16, GGMLQuantizationType.BF16)
_QUANTISED = GGMLQuantizationType.Q8_0
"""The most exact quantised format that gguf writes itself; it writes no K-quants."""
_TOLERANCE = 0.01
"""Largest difference between a tensor of the file and the weight that was read from it, as a share of its largest."""


def changed_tensors(
    source: ModelFolder,
    gguf: Path,
    removal: Removal,
    replaced: Mapping[str, Tensor],
    tensors: Mapping[str, ReaderTensor],
) -> dict[str, ReaderTensor]:
    """Return tensors of a pruned GGUF file with changed weights, by their names in it.

    A tensor in plain numbers keeps its format; a quantised one is written as Q8_0. How a tensor's numbers follow from
    the weight, as they are or plus one, is seen from the tensor as it was.

    Args:
        source: The dense model's folder, which was made from the file.
        gguf: The file.
        removal: The layers removed.
        replaced: Changed weights by parameter name in the pruned model.
        tensors: The file's tensors by their names in the pruned file.

    Raises:
        BadInput: A changed weight has no tensor of its own in the file, or one that is computed otherwise.
        LayerSwarmError: The model's files hold no such weight.
    """
    if not replaced:
        return {}
    originals = OriginalWeights(source.path, removal, {})
    named = _names(source, gguf, removal, tensors)
    changed = {}
    for parameter, weight in replaced.items():
        name = named.get(parameter)
        if name is None:
            raise BadInput(
                worded(
                    "The changed weight {0} has no tensor of its own in {1}; export the pruned model "
                    "(export.variant=pruned), or choose gguf:q8_0.",
                    parameter,
                    gguf,
                )
            )
        own = originals(parameter).float()
        changed[name] = _changed(tensors[name], name, own, weight.float())
    return changed


def _names(source: ModelFolder, gguf: Path, removal: Removal, tensors: Mapping[str, ReaderTensor]) -> dict[str, str]:
    """Return parameter name in the pruned model -> tensor name in the pruned file."""
    places = tensor_places(read_gguf(gguf), complete_config(source.config()))
    layers = take_inventory(source.path).names
    by_old_name = {tensor.name: name for name, tensor in tensors.items()}
    numbered = {place: by_old_name[old] for old, place in places.items() if old in by_old_name}
    return {
        renamed: name
        for place, name in numbered.items()
        if (renamed := layers.renamed_parameter(place, removal)) is not None
    }


def _changed(tensor: ReaderTensor, name: str, own: Tensor, weight: Tensor) -> ReaderTensor:
    plain = dequantize(tensor.data, tensor.tensor_type).reshape(own.shape)
    stored = torch.from_numpy(np.array(plain)).float()  # a copy: the file is read-only, of which torch warns
    scale = max(float(own.abs().max()), 1e-12)
    offset = next((each for each in (0.0, 1.0) if float((stored - own - each).abs().max()) <= _TOLERANCE * scale), None)
    if offset is None:
        raise BadInput(
            worded(
                "The tensor {0} is not stored as the weight that it is read as, so it cannot be changed in place; "
                "export the pruned model (export.variant=pruned), or choose gguf:q8_0.",
                name,
            )
        )
    kind = tensor.tensor_type if tensor.tensor_type in _PLAIN else _QUANTISED
    if weight.shape[-1] % GGML_QUANT_SIZES[kind][0]:
        kind = GGMLQuantizationType.F16
    data = quantize(np.ascontiguousarray((weight + offset).numpy()), kind)
    return tensor._replace(data=data, tensor_type=kind, n_bytes=data.nbytes)
