"""A decoder layer whose weights are in memory only while it is applied."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from engine.models.streaming.layer_stream import Weights

_ATTRIBUTE = "_streamed_layer"


class StreamedLayer:
    """Gives a layer its weights before its forward and takes them away after it.

    A parameter that somebody has replaced meanwhile is left as it is.

    Args:
        layer: The layer; its parameters are on the meta device.
        path: The layer's path in the model.
        take: Returns its weights on the device, by their names in the model.
    """

    def __init__(self, layer: nn.Module, path: str, take: Callable[[], Weights]) -> None:
        self._take = take
        self._places = {
            f"{path}.{inner}.{name}" if inner else f"{path}.{name}": (module, name, empty)
            for inner, module in layer.named_modules()
            for name, empty in [*module._parameters.items(), *module._buffers.items()]
            if empty is not None and empty.is_meta
        }
        self._users = 0
        self._others: dict[str, Callable[[], Tensor]] = {}
        layer.__dict__[_ATTRIBUTE] = self
        layer.register_forward_pre_hook(lambda *_: self._enter())
        layer.register_forward_hook(lambda *_: self._leave(), always_call=True)

    @property
    def is_held(self) -> bool:
        """Return whether the weights are in memory now."""
        return self._users > 0

    def replace(self, module: nn.Module, name: str, value: Callable[[], Tensor] | None) -> None:
        """Give a parameter another value, which is on the device only while the layer is applied; not while it is held.

        Args:
            module: A module of the layer.
            name: The parameter's name in it.
            value: Returns the value, on any device and in any number format; None gives the layer its own one back.
        """
        assert not self.is_held
        (full_name,) = (key for key, (owner, part, _) in self._places.items() if owner is module and part == name)
        if value is None:
            self._others.pop(full_name, None)
        else:
            self._others[full_name] = value

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the weights in memory inside a ``with`` block, whatever is applied in it."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def with_shapes(self, device: torch.device) -> Iterator[None]:
        """Give the layer weights of the right shape, format and device that take no memory, inside a ``with`` block."""
        for module, name, empty in self._places.values():
            shape = torch.zeros((), dtype=empty.dtype, device=device).expand(empty.shape)
            _holder(module, name)[name] = _like(empty, shape)
        try:
            yield
        finally:
            self._empty()

    def _enter(self) -> None:
        self._users += 1
        if self._users == 1:
            weights = self._take()
            for full_name, (module, name, empty) in self._places.items():
                if _holder(module, name)[name] is empty:
                    _holder(module, name)[name] = _like(empty, self._value(full_name, weights[full_name]))

    def _value(self, full_name: str, own: Tensor) -> Tensor:
        other = self._others.get(full_name)
        return own if other is None else other().to(own)

    def _leave(self) -> None:
        self._users -= 1
        if self._users == 0:
            self._empty()

    def _empty(self) -> None:
        for module, name, empty in self._places.values():
            if getattr(_holder(module, name)[name], _ATTRIBUTE, False):
                _holder(module, name)[name] = empty


@contextmanager
def layer_held(layer: nn.Module) -> Iterator[None]:
    """Keep the weights of a layer in memory inside a ``with`` block; nothing to do where they always are."""
    streamed = layer.__dict__.get(_ATTRIBUTE)
    if streamed is None:
        yield
        return
    with streamed.held():
        yield


@contextmanager
def with_shapes(layers: Iterable[nn.Module], device: torch.device) -> Iterator[None]:
    """Give streamed layers weights of the right shape that take no memory inside a ``with`` block.

    For code that asks for the shapes, formats and devices of weights, such as peft when it adds adapters.
    """
    with ExitStack() as stack:
        for layer in filter(is_streamed, layers):
            stack.enter_context(layer.__dict__[_ATTRIBUTE].with_shapes(device))
        yield


def streamed_layer_around(model: nn.Module, path: str) -> StreamedLayer | None:
    """Return the streamed layer that holds the module at ``path`` in a model; None where its weights stay in memory."""
    parts = path.split(".")
    around = (model.get_submodule(".".join(parts[:length])) for length in range(len(parts), 0, -1))
    return next((layer.__dict__[_ATTRIBUTE] for layer in around if is_streamed(layer)), None)


def is_streamed(layer: nn.Module) -> bool:
    """Return whether the weights of a layer are in memory only while it is applied."""
    return _ATTRIBUTE in layer.__dict__


def _holder(module: nn.Module, name: str) -> dict[str, Any]:
    return module._parameters if name in module._parameters else module._buffers


def _like(empty: Tensor, weight: Tensor) -> Tensor:
    found = nn.Parameter(weight, requires_grad=False) if isinstance(empty, nn.Parameter) else weight
    setattr(found, _ATTRIBUTE, True)
    return found
