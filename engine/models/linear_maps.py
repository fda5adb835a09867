"""Read and change the linear modules of a model, whatever the layout of their weight."""

from collections.abc import Callable
from typing import Any

from torch import Tensor, nn
from transformers.pytorch_utils import Conv1D

LINEAR = (nn.Linear, Conv1D)
"""Kinds of linear modules; quantised ones are subclasses of the first."""


_ORIGINAL = "_original_weight"


def matrix(module: nn.Module) -> Tensor:
    """Return the weight of a linear module as [outputs, inputs]; that of a module in 4 bits as it computes with it."""
    weight = module.weight
    assert isinstance(weight, Tensor)
    state = _quantised(module)
    if state is not None:
        from bitsandbytes.functional import dequantize_4bit

        return dequantize_4bit(weight.detach(), state)
    return weight.T if isinstance(module, Conv1D) else weight


def original_matrix(module: nn.Module) -> Tensor:
    """Return the weight of a linear module as [outputs, inputs] in full precision, though it computes in 4 bits.

    Where the module has another weight meanwhile, such as a folded one, that weight is returned.
    """
    own, read = module.__dict__.get(_ORIGINAL, (None, None))
    weight = module.weight
    assert isinstance(weight, Tensor)
    original: Tensor = matrix(module) if weight is not own else read().to(weight.device)
    return original


def remember_original(module: nn.Module, read: Callable[[], Tensor]) -> None:
    """Let ``original_matrix`` return what ``read`` does [outputs, inputs] while the module has its present weight."""
    module.__dict__[_ORIGINAL] = module.weight, read


def _quantised(module: nn.Module) -> Any:
    """Return how bitsandbytes has quantised the weight of a module; None where it is as it was."""
    return getattr(module.weight, "quant_state", None)


def as_stored(module: nn.Module, weights: Tensor) -> Tensor:
    """Return ``weights`` [outputs, inputs] in the layout and number format in which ``module`` stores its own."""
    weight, state = module.weight, _quantised(module)
    assert isinstance(weight, Tensor)
    dtype = weight.dtype if state is None else state.dtype
    return (weights.T if isinstance(module, Conv1D) else weights).to(dtype).contiguous()


def bias_of(module: nn.Module) -> Tensor | None:
    """Return the bias of a linear module [outputs]; None where it has none."""
    bias = module.bias
    assert bias is None or isinstance(bias, Tensor)
    return bias
