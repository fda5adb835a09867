"""A stand-in for a GPU without float64, such as MPS or Intel Arc: it computes on the CPU and refuses that format.

``refusing()`` registers the device type ``refusing`` once; models and tensors move there with ``to``. A tensor on it
is of another device than the CPU in every respect that torch checks, so code that mixes the two fails as on a GPU.
"""

from functools import cache
from typing import Any

import torch
from torch import Tensor
from torch.utils._pytree import tree_leaves, tree_map
from torch.utils.backend_registration import _DummyBackendModule, _setup_privateuseone_for_python_backend

NAME = "refusing"
_REFUSED = (torch.float64, torch.complex128)


class RefusingTensor(Tensor):
    """A tensor on the stand-in; ``raw`` holds its numbers."""

    raw: Tensor
    __torch_function__ = torch._C._disabled_torch_function_impl

    @staticmethod
    def __new__(cls, raw: Tensor) -> "RefusingTensor":
        if raw.dtype in _REFUSED:
            raise TypeError(f"The device does not support {raw.dtype}.")
        tensor = torch.Tensor._make_wrapper_subclass(
            cls, raw.size(), strides=raw.stride(), storage_offset=raw.storage_offset(), dtype=raw.dtype, device=NAME
        )
        tensor.raw = raw
        return tensor

    @classmethod
    def __torch_dispatch__(cls, operator: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return _computed(operator, args, kwargs or {})


def _computed(operator: Any, args: Any, kwargs: dict[str, Any]) -> Any:
    """Return what an operator computes; on the stand-in, unless it copies to the CPU."""
    place = kwargs.get("device")
    if place is not None:
        kwargs = {**kwargs, "device": torch.device("cpu")}
    given = {id(each.raw): each for each in tree_leaves((args, kwargs)) if isinstance(each, RefusingTensor)}
    found = operator(*tree_map(_raw, args), **tree_map(_raw, kwargs))
    if place is not None and torch.device(place).type == "cpu":
        return found
    # An operator that works in place returns the tensor that it was given.
    return tree_map(lambda each: given[id(each)] if id(each) in given else _placed(each), found)


def _placed(value: object) -> object:
    return RefusingTensor(value) if isinstance(value, Tensor) else value


def _raw(value: object) -> object:
    return value.raw if isinstance(value, RefusingTensor) else value


class RefusingModule(_DummyBackendModule):
    """The counterpart of ``torch.cuda``; it counts the calls."""

    def __init__(self) -> None:
        self.emptied = self.waited = 0

    def get_amp_supported_dtype(self) -> list[torch.dtype]:
        """Return the formats of autocast, which torch asks for in later tests of the process, on the CPU too."""
        return [torch.bfloat16, torch.float16]

    def empty_cache(self) -> None:
        """Count the call."""
        self.emptied += 1

    def synchronize(self, _device: object = None) -> None:
        """Count the call."""
        self.waited += 1


@cache
def _library() -> torch.library.Library:
    _setup_privateuseone_for_python_backend(NAME, backend_module=RefusingModule())
    library = torch.library.Library("_", "IMPL", "PrivateUse1")
    library.fallback(lambda operator, *args, **kwargs: _computed(operator, args, kwargs), "PrivateUse1")
    return library


def refusing() -> torch.device:
    """Return the stand-in; it stays registered until the process ends."""
    _library()
    return torch.device(NAME)
