"""Replace some weights of a model for a while."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from engine.models.streaming.streamed_layer import streamed_layer_around


class WeightPatch:
    """Other values of some parameters of a model, which has them inside ``applied()`` only.

    Those of a streamed layer stay where they are, and are fetched with the layer; those of one that is held are put
    into it at once.

    Args:
        model: The model.
        tensors: The other values, by the names of the parameters in ``model``. Where a parameter is in 4 bits, its
            other value is quantised alike.
    """

    def __init__(self, model: nn.Module, tensors: Mapping[str, Tensor]) -> None:
        device = _device(model)
        self._changes = [_change(model, name, tensor, device) for name, tensor in tensors.items()]

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Give the model the other values inside a ``with`` block, which may not be nested."""
        self._put(True)
        try:
            yield
        finally:
            self._put(False)

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Give the model its own values back inside a ``with`` block within that of ``applied``."""
        self._put(False)
        try:
            yield
        finally:
            self._put(True)

    def _put(self, changed: bool) -> None:
        for change in self._changes:
            change(changed)


def _change(model: nn.Module, name: str, tensor: Tensor, device: torch.device) -> Callable[[bool], None]:
    """Return a function that gives a parameter its other value, or its own one where it is called with False."""
    path, _, part = name.rpartition(".")
    owner, streamed = model.get_submodule(path), streamed_layer_around(model, path)
    own = _parameter(owner, part)
    if streamed is not None and not streamed.is_held:
        return lambda changed: streamed.replace(owner, part, (lambda: tensor) if changed else None)
    other = _like(own, tensor, device)
    return lambda changed: owner._parameters.__setitem__(part, other if changed else own)


def _parameter(owner: nn.Module, part: str) -> nn.Parameter:
    found = owner._parameters[part]
    assert found is not None
    return found


def replace_weights(model: nn.Module, tensors: Mapping[str, Tensor]) -> None:
    """Give parameters of a model other values for good.

    Those of a streamed layer are looked up in ``tensors`` each time that the layer is applied: all of them together may
    be as large as the model.

    Args:
        model: The model.
        tensors: The values, by the names of the parameters in ``model``.
    """
    device = _device(model)
    for name in tensors:
        path, _, part = name.rpartition(".")
        owner, streamed = model.get_submodule(path), streamed_layer_around(model, path)
        if streamed is None:
            owner._parameters[part] = _like(_parameter(owner, part), tensors[name], device)
        else:
            streamed.replace(owner, part, partial(tensors.__getitem__, name))


def _device(model: nn.Module) -> torch.device:
    """Return the device of the parameters; those of streamed layers are on the meta device while nobody needs them."""
    return next(each.device for each in model.parameters() if not each.is_meta)


def _like(own: nn.Parameter, tensor: Tensor, device: torch.device) -> nn.Parameter:
    """Return ``tensor`` on ``device`` as a parameter of the number format and the kind of ``own``."""
    state = getattr(own, "quant_state", None)
    if state is None:
        return nn.Parameter(tensor.to(device=device, dtype=own.dtype), requires_grad=False)
    kind: Any = type(own)  # of bitsandbytes, which quantises when a parameter is moved to its device
    quantised: nn.Parameter = kind(
        tensor.to("cpu", state.dtype),
        requires_grad=False,
        quant_type=state.quant_type,
        blocksize=state.blocksize,
        compress_statistics=state.nested,
    ).to(device)
    return quantised
