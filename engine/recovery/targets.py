"""Which linear layers get adapters: found by their place in the architecture, not by a list of names."""

import re
from typing import Literal

from torch import Tensor, nn
from transformers import PreTrainedModel
from transformers.pytorch_utils import Conv1D

from engine.api.errors import BadInput
from engine.models.architecture import DecoderLocation, find_decoder, one_token_calls
from engine.models.families import BARE_WEIGHTS, INDEX_ATTRIBUTES, STATE_SPACE_WEIGHTS

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
    odd = _odd_answers(view, found)
    found = [name for name in found if name not in odd]
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
        found = [f"{path}.{name}" for path, layer in places for name, part in layer.named_modules() if _is_norm(part)]
        found += _last_norms(view, location)
    if head:
        found.append(_head_name(view))
    return found


def _last_norms(view: PreTrainedModel, location: DecoderLocation) -> list[str]:
    """Norms beside the layers that are called after them; one in front of them is no part of what is trained.

    The order of the modules does not tell: some families make the last norm before the layers.
    """
    owner = location.path.rpartition(".")[0]
    norms = {f"{owner}.{name}": part for name, part in location.owner.named_children() if _is_norm(part)}
    called = [name for name, _ in one_token_calls(view, {**norms, location.path: location.layers[-1]})]
    return called[called.index(location.path) + 1 :]


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
    linear = [
        name
        for name, module in layer.named_modules()
        if isinstance(module, nn.Linear | Conv1D) and not _is_read_bare(layer, name)
    ]
    if target == "all":
        return linear
    return [name for name in linear if _in_attention(layer, name) == (target == "attention")]


def _is_read_bare(layer: nn.Module, name: str) -> bool:
    """Whether a linear module's weight may be read without a call of the module, so that an adapter has no effect."""
    mixer, _, attribute = name.rpartition(".")
    holds = layer.get_submodule(mixer)._parameters
    return attribute in BARE_WEIGHTS and all(weight in holds for weight in STATE_SPACE_WEIGHTS)


def _odd_answers(view: PreTrainedModel, names: list[str]) -> set[str]:
    """Those of some linear modules that answer something else than one product, as some routers do.

    Only a kind of linear module with a forward of its own can; most of those, such as quantised ones, do not.
    """
    modules = {name: view.get_submodule(name) for name in names}
    own = {
        name: module
        for name, module in modules.items()
        if isinstance(module, nn.Linear) and type(module).forward is not nn.Linear.forward
    }
    calls = one_token_calls(view, own) if own else []
    return {
        name for name, answer in calls if not isinstance(answer, Tensor) or answer.shape[-1] != own[name].out_features
    }


def _in_attention(layer: nn.Module, name: str) -> bool:
    parts = name.split(".")
    return any(
        _ATTENTION_NAME.search(part) is not None or _is_numbered(layer.get_submodule(".".join(parts[: depth + 1])))
        for depth, part in enumerate(parts)
    )


def _is_numbered(module: nn.Module) -> bool:
    return any(isinstance(getattr(module, attribute, None), int) for attribute in INDEX_ATTRIBUTES)
