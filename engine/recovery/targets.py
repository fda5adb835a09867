"""Which linear layers get adapters: found by their place in the architecture, not by a list of names."""

import re
from typing import Literal

from torch import nn
from transformers import PreTrainedModel
from transformers.pytorch_utils import Conv1D

from engine.api.errors import BadInput
from engine.models.architecture import find_decoder
from engine.models.families import INDEX_ATTRIBUTES

Target = Literal["attention", "mlp", "all"]
_ATTENTION_NAME = re.compile(r"attn|attention")


def adapter_targets(view: PreTrainedModel, target: Target, first: int) -> list[str]:
    """Names of the linear modules of the decoder layers from ``first`` on, in ``view``'s own numbering.

    A linear module belongs to the attention (or whatever else mixes tokens) when it sits in a submodule that is named
    so or that carries the layer's number, as everything that owns a part of the KV cache does; to the MLP otherwise.

    Raises:
        BadInput: those layers have no such linear module.
    """
    location = find_decoder(view)
    found = [
        f"{location.path}.{index}.{name}"
        for index, layer in enumerate(location.layers)
        if index >= first
        for name in _linear_names(layer, target)
    ]
    if not found:
        raise BadInput(
            f"recovery.target is '{target}', but the decoder layers of {type(view).__name__} hold no linear module of "
            "that kind; choose another target."
        )
    return found


def whole_targets(view: PreTrainedModel, norms: bool, head: bool, first: int) -> list[str]:
    """Names of the modules that are trained as they are: norms of the layers from ``first`` on and the last one, head.

    Raises:
        BadInput: the LM head is the embedding too.
    """
    location = find_decoder(view)
    found = []
    if norms:
        places = [(f"{location.path}.{index}", layer) for index, layer in enumerate(location.layers) if index >= first]
        owner = location.path.rpartition(".")[0]
        found = [f"{path}.{name}" for path, layer in places for name, part in layer.named_modules() if _is_norm(part)]
        found += [f"{owner}.{name}" for name, part in location.owner.named_children() if _is_norm(part)]
    if head:
        found.append(_head_name(view))
    return found


def _head_name(view: PreTrainedModel) -> str:
    head = view.get_output_embeddings()
    name = next((name for name, module in view.named_modules() if module is head), "")
    if not name or head.weight is view.get_input_embeddings().weight:
        raise BadInput(tied_head(type(view).__name__))
    return name


def tied_head(what: str) -> str:
    """Why the LM head of a model cannot be trained."""
    return (
        f"The LM head of {what} is its embedding too, so it cannot be trained by itself; set recovery.train_head=false."
    )


def _is_norm(module: nn.Module) -> bool:
    """Whether a module scales (and shifts) each number of a hidden state by itself, as every kind of norm does."""
    weights = list(module.parameters(recurse=False))
    return "norm" in type(module).__name__.lower() and bool(weights) and all(each.ndim == 1 for each in weights)


def _linear_names(layer: nn.Module, target: Target) -> list[str]:
    linear = [name for name, module in layer.named_modules() if isinstance(module, nn.Linear | Conv1D)]
    if target == "all":
        return linear
    return [name for name in linear if _in_attention(layer, name) == (target == "attention")]


def _in_attention(layer: nn.Module, name: str) -> bool:
    parts = name.split(".")
    return any(
        _ATTENTION_NAME.search(part) is not None or _is_numbered(layer.get_submodule(".".join(parts[: depth + 1])))
        for depth, part in enumerate(parts)
    )


def _is_numbered(module: nn.Module) -> bool:
    return any(isinstance(getattr(module, attribute, None), int) for attribute in INDEX_ATTRIBUTES)
