"""Read and change the linear modules of a model, whatever the layout of their weight."""

from torch import Tensor, nn
from transformers.pytorch_utils import Conv1D

LINEAR = (nn.Linear, Conv1D)
"""Kinds of linear modules; quantised ones are subclasses of the first."""


def matrix(module: nn.Module) -> Tensor:
    """Return the weight of a linear module as [outputs, inputs]."""
    weight = module.weight
    assert isinstance(weight, Tensor)
    return weight.T if isinstance(module, Conv1D) else weight


def as_stored(module: nn.Module, weights: Tensor) -> Tensor:
    """Return ``weights`` [outputs, inputs] in the layout and number format in which ``module`` stores its own."""
    weight = module.weight
    assert isinstance(weight, Tensor)
    return (weights.T if isinstance(module, Conv1D) else weights).to(weight.dtype).contiguous()


def bias_of(module: nn.Module) -> Tensor | None:
    """Return the bias of a linear module [outputs]; None where it has none."""
    bias = module.bias
    assert bias is None or isinstance(bias, Tensor)
    return bias
