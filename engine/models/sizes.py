"""Sizes, counted from the tensors in the safetensors headers: no weight is read, nothing is estimated."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.api.events import RemovalSet
from engine.models.folder import read_json, weight_headers
from engine.models.layer_names import find_layer_names
from engine.models.pruned_config import complete_config
from engine.models.removal import Removal
from engine.models.safetensors_header import TensorEntry


@dataclass(frozen=True)
class ModelSizes:
    """What the dense model holds; extra prediction layers (MTP), which no causal LM loads, do not count."""

    layers: int
    parameters: int
    bytes: int
    """Bytes of all tensors on disk, without the files' headers."""
    layer_parameters: tuple[int, ...]
    layer_bytes: tuple[int, ...]

    def after(self, removed: RemovalSet) -> tuple[int, int]:
        """(parameters, bytes) when the layers ``removed`` are gone; exact."""
        gone = Removal(self.layers, removed).removed
        parameters = self.parameters - sum(self.layer_parameters[layer] for layer in gone)
        return parameters, self.bytes - sum(self.layer_bytes[layer] for layer in gone)


def measure_sizes(folder: Path) -> ModelSizes:
    """Count parameters and bytes, in total and layer by layer.

    Raises:
        BadInput: the folder's weights cannot be read, or their decoder layers are not found.
    """
    config = read_json(folder / "config.json")
    tensors = [tensor for _, header in weight_headers(folder) for tensor in header.tensors]
    layers = complete_config(config).get_text_config(decoder=True).num_hidden_layers
    names = find_layer_names((tensor.name for tensor in tensors), layers)
    tied_head = _tied_head(config, tensors)
    layer_parameters, layer_bytes = [0] * names.layers, [0] * names.layers
    parameters = total = 0
    for tensor in tensors:
        layer = names.layer_of(tensor.name)
        if layer is not None and layer >= names.layers:
            continue
        counted = 0 if _is_buffer(tensor) or tensor.name == tied_head else tensor.elements
        parameters += counted
        total += tensor.size
        if layer is not None:
            layer_parameters[layer] += counted
            layer_bytes[layer] += tensor.size
    return ModelSizes(names.layers, parameters, total, tuple(layer_parameters), tuple(layer_bytes))


def _is_buffer(tensor: TensorEntry) -> bool:
    """Old checkpoints store causal masks and rotary frequencies beside the weights; no model counts them."""
    stored_mask = tensor.name.endswith(".bias") and len(tensor.shape) == 4
    return stored_mask or tensor.name.endswith((".masked_bias", ".inv_freq"))


def _tied_head(config: Mapping[str, Any], tensors: list[TensorEntry]) -> str:
    """The head's name where it is stored beside an input embedding of the same shape that it is tied to, or ''."""
    heads = [tensor for tensor in tensors if tensor.name in ("lm_head.weight", "embed_out.weight")]
    text = config.get("text_config")
    tied = config.get("tie_word_embeddings", text.get("tie_word_embeddings") if isinstance(text, Mapping) else None)
    if not heads or tied is not True:
        return ""
    twins = [tensor for tensor in tensors if tensor.shape == heads[0].shape and tensor.name != heads[0].name]
    return heads[0].name if twins else ""
