"""The pruned model as it is trained: from the first layer with an adapter upward."""

from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor

from engine.api.events import RemovalSet
from engine.models.decoder_stack import DecoderStack

LEAST_ADAPTED_SHARE = 1 / 3
"""Share of the kept layers that carries adapters at least, also when the first removed layer is near the end."""


def first_adapted_layer(layers: int, removed: RemovalSet) -> int:
    """The layer (in dense numbering) from which on the kept layers carry adapters.

    It is the seam: the first removed layer. Below it the pruned model computes what the dense model does, so there
    is nothing to repair and the hidden state at the seam has to be computed only once for each window.
    """
    kept = layers - len(removed)
    least = max(1, round(kept * LEAST_ADAPTED_SHARE))
    return min(removed[0], kept - least)


@dataclass(frozen=True)
class DenseStates:
    """What one pass of the dense model through a batch leaves."""

    seam: Tensor
    """[batch, length, hidden], in front of the first adapted layer."""
    final: Tensor
    """[batch, length, hidden], after the last layer, before the final norm."""


class Student:
    """The pruned model from the seam upward, differentiable in its adapters."""

    def __init__(self, stack: DecoderStack, removed: RemovalSet) -> None:
        self._stack = stack
        self.first = first_adapted_layer(len(stack), removed)
        self._layers = [layer for layer in range(self.first, len(stack)) if layer not in removed]

    @torch.no_grad()
    def dense_states(self, tokens: Tensor) -> DenseStates:
        """Walk the whole dense model over ``tokens`` [batch, length]; the adapters must be off."""
        windows = self._stack.enter(tokens)
        hidden = seam = windows.embedded
        for layer in range(len(self._stack)):
            if layer == self.first:
                seam = hidden
            hidden = self._stack.apply(layer, hidden, windows)
        return DenseStates(seam, hidden)

    def forward(self, tokens: Tensor, seam: Tensor) -> Tensor:
        """The last layer's output [batch, length, hidden] from the state at the seam of the same windows."""
        windows = self._stack.enter(tokens)
        hidden = seam.to(self._stack.device)
        for layer in self._layers:
            args, kwargs = windows.calls[layer]
            output = self._stack.layers[layer](hidden, *args, **kwargs)
            hidden = cast(Tensor, output[0] if isinstance(output, tuple) else output)
        return hidden
