"""Choose the modules to train, by their place in the architecture instead of a list of names."""

import re
from typing import Literal

from torch import Tensor, nn
from transformers import PreTrainedModel
from transformers.pytorch_utils import Conv1D

from engine.api.errors import BadInput
from engine.api.message import Message, worded
from engine.models.architecture import DecoderLocation, find_decoder, one_token_calls
from engine.models.families import BARE_WEIGHTS, INDEX_ATTRIBUTES, STATE_SPACE_WEIGHTS

Target = Literal["attention", "mlp", "all"]
_ATTENTION_NAME = re.compile(r"attn|attention")


def adapter_targets(view: PreTrainedModel, target: Target, first: int) -> list[str]:
    """Return the names of the linear modules that get adapters, in the view's own numbering.

    A linear module belongs to the attention (or to whatever else mixes tokens) where it is inside a submodule that is
    named so or that holds the layer's number, as every owner of a part of the KV cache does; otherwise to the MLP.

    Args:
        view: The pruned model.
        target: Which linear modules.
        first: The lowest layer with adapters.

    Raises:
        BadInput: Those layers have no such linear module.
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
            worded(
                "recovery.target is '{0}', but the decoder layers of {1} hold no linear module of that kind; choose "
                "another target.",
                target,
                type(view).__name__,
            )
        )
    return found


def whole_targets(view: PreTrainedModel, norms: bool, head: bool, first: int) -> list[str]:
    """Return the names of the modules that are trained whole.

    Args:
        view: The pruned model.
        norms: Whether to train the norms of the layers from ``first`` on, and the final norm.
        head: Whether to train the LM head.
        first: The lowest layer with adapters.

    Raises:
        BadInput: The LM head is tied to the embedding.
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
    """Return the norms beside the layers that are called after them; a norm before the layers is not trained.

    The order of the modules does not show it: some families create the last norm before the layers.
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


def tied_head(what: str) -> Message:
    """Return why the LM head of a model cannot be trained."""
    return worded(
        "The LM head of {0} is tied to its embedding and cannot be trained alone; set recovery.train_head=false.", what
    )


def _is_norm(module: nn.Module) -> bool:
    """Return whether a module scales (and shifts) each number of a hidden state alone, as every kind of norm does."""
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
    """Return whether a linear module's weight may be read without calling the module: an adapter has no effect then."""
    mixer, _, attribute = name.rpartition(".")
    holds = layer.get_submodule(mixer)._parameters
    return attribute in BARE_WEIGHTS and all(weight in holds for weight in STATE_SPACE_WEIGHTS)


def _odd_answers(view: PreTrainedModel, names: list[str]) -> set[str]:
    """Return the linear modules whose output is not one product, as that of some routers.

    Only kinds of linear modules with a forward of their own can be such; most of these, such as quantised ones, are
    not.
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
