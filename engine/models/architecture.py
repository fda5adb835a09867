"""Find the decoder layers of a causal language model, and swap one module without copying the rest."""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from engine.api.errors import BadInput
from engine.api.message import worded

M = TypeVar("M", bound=nn.Module)


@dataclass(frozen=True)
class DecoderLocation:
    """The ModuleList of decoder layers: ``owner.attribute``, and its path from the model (``model.layers``)."""

    owner: nn.Module
    attribute: str
    path: str

    @property
    def layers(self) -> nn.ModuleList:
        """Return the decoder layers."""
        return cast(nn.ModuleList, getattr(self.owner, self.attribute))


def find_decoder(model: PreTrainedModel) -> DecoderLocation:
    """Find the decoder layers of any causal language model.

    They are the only ModuleList of the text decoder that has as many entries as the config has hidden layers; lists
    within it, such as experts, do not count.

    Raises:
        BadInput: There is no such list, or more than one.
    """
    count = model.config.get_text_config(decoder=True).num_hidden_layers
    decoder = model.get_decoder()
    prefix = next((name for name, module in model.named_modules() if module is decoder), "")
    found = list(_lists_of(decoder, count)) if count > 0 else []
    if len(found) != 1:
        raise BadInput(
            worded(
                "{0} cannot be pruned: its {1} decoder layers are not one plain list of modules.",
                type(model).__name__,
                count,
            )
        )
    (name,) = found
    owner_name, _, attribute = name.rpartition(".")
    path = f"{prefix}.{name}" if prefix else name
    return DecoderLocation(decoder.get_submodule(owner_name), attribute, path)


def _lists_of(module: nn.Module, count: int, path: str = "") -> Iterator[str]:
    """Yield the paths of the outermost lists of ``count`` modules."""
    for name, child in module.named_children():
        if isinstance(child, nn.ModuleList) and len(child) == count:
            yield path + name
        else:
            yield from _lists_of(child, count, f"{path}{name}.")


class StandIn(nn.Module):
    """Replaces a decoder layer; attributes that the model looks up, such as the layer's kind, are the layer's own."""

    def __init__(self, layer: nn.Module, answer: Callable[[Tensor], Any]) -> None:
        super().__init__()
        self.__dict__["_layer"] = layer  # not a submodule: the layer is registered elsewhere
        self._answer = answer

    def __getattr__(self, name: str) -> Any:
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(self.__dict__["_layer"], name)


@torch.no_grad()
def one_token_calls(model: PreTrainedModel, modules: Mapping[str, M]) -> list[tuple[str, Any]]:
    """Run the model on a single token and record the calls of some of its modules.

    Args:
        model: A causal language model.
        modules: Modules of ``model`` by any name.

    Returns:
        The name and output of each call, in the order of the calls.
    """
    calls: list[tuple[str, Any]] = []
    hooks = [
        module.register_forward_hook(lambda _module, _args, answer, name=name: calls.append((name, answer)))
        for name, module in modules.items()
    ]
    try:
        model(input_ids=torch.zeros((1, 1), dtype=torch.long, device=model.device), use_cache=False)
    finally:
        for hook in hooks:
            hook.remove()
    return calls


class _Answered(Exception):
    """Ends a forward when the first decoder layer has answered, which is all that the caller wants to see."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.answer = answer


@torch.no_grad()
def layer_answer(model: PreTrainedModel) -> Callable[[Tensor], Any]:
    """Return a function that wraps a hidden state as this model's decoder layers return it: bare, or in a tuple.

    The form is observed in a forward of a single token, up to the first layer that it reaches. Whatever replaces a
    layer must return the same form.
    """

    def stop(_layer: nn.Module, _args: object, answer: Any) -> None:
        raise _Answered(answer)

    hooks = [layer.register_forward_hook(stop) for layer in find_decoder(model).layers]
    try:
        model(input_ids=torch.zeros((1, 1), dtype=torch.long, device=model.device), use_cache=False)
    except _Answered as seen:
        answer = seen.answer
    finally:
        for hook in hooks:
            hook.remove()
    if not isinstance(answer, tuple):
        return lambda hidden: hidden
    rest = (None,) * (len(answer) - 1)
    return lambda hidden: (hidden, *rest)


def with_module(model: M, path: str, replacement: nn.Module) -> M:
    """Return ``model`` with the submodule at ``path`` replaced, sharing every other module and weight with it.

    Only the modules on the way to ``path`` are copied, and those shallowly: no weight is duplicated and ``model``
    is not changed.
    """
    grafted = copy.copy(model)
    grafted.__dict__["_modules"] = dict(model._modules)
    name, _, rest = path.partition(".")
    child = model._modules[name]
    assert child is not None
    grafted._modules[name] = with_module(child, rest, replacement) if rest else replacement
    return grafted
