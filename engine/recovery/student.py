"""The pruned model as it is trained: from the first layer with an adapter upward."""

from dataclasses import dataclass
from typing import Literal, cast

import torch
from torch import Tensor
from torch.utils.checkpoint import checkpoint

from engine.api.events import RemovalSet
from engine.models.decoder_stack import DecoderStack

Start = Literal["embedding", "half_way", "seam"]


def first_adapted_layer(removed: RemovalSet, start: Start) -> int:
    """The layer (in dense numbering, and in pruned numbering too) from which on the kept layers carry adapters.

    Below it the pruned model computes what the dense model does, so the hidden state in front of it, the student's
    entry, is computed only once for each window. Starting right at the gap, the seam, is the fastest, but layers in
    front of it that may prepare for it recover clearly more, and starting at the embedding recovers no more than half
    way up to the gap does (``tests/benchmarks/recovery.py``).
    """
    return {"embedding": 0, "half_way": removed[0] // 2, "seam": removed[0]}[start]


@dataclass(frozen=True)
class DenseStates:
    """What one pass of the dense model through a batch leaves."""

    entry: Tensor
    """[batch, length, hidden], in front of the first adapted layer."""
    final: Tensor
    """[batch, length, hidden], after the last layer, before the final norm."""


class Student:
    """The pruned model from its entry upward, differentiable in its adapters.

    Args:
        stack: the dense model.
        removed: the layers that the student lacks.
        start: where its adapters begin; see ``first_adapted_layer``.
        checkpointing: compute each layer again in the backward pass instead of keeping what it needs there
            (Chen et al. 2016, arXiv:1604.06174).
    """

    def __init__(
        self, stack: DecoderStack, removed: RemovalSet, start: Start = "half_way", checkpointing: bool = False
    ) -> None:
        self._stack = stack
        self._checkpointing = checkpointing
        self.first = first_adapted_layer(removed, start)
        self._layers = [layer for layer in range(self.first, len(stack)) if layer not in removed]

    @torch.no_grad()
    def dense_states(self, tokens: Tensor) -> DenseStates:
        """Walk the whole dense model over ``tokens`` [batch, length]; the adapters must be off."""
        windows = self._stack.enter(tokens)
        hidden = entry = windows.embedded
        for layer in range(len(self._stack)):
            if layer == self.first:
                entry = hidden
            hidden = self._stack.apply(layer, hidden, windows)
        return DenseStates(entry, hidden)

    def forward(self, tokens: Tensor, entry: Tensor) -> Tensor:
        """The last layer's output [batch, length, hidden] from the state at the entry of the same windows."""
        windows = self._stack.enter(tokens)
        hidden = entry.to(self._stack.device)
        for layer in self._layers:
            args, kwargs = windows.calls[layer]
            module = self._stack.layers[layer]
            if self._checkpointing and torch.is_grad_enabled():
                output = checkpoint(module, hidden, *args, use_reentrant=False, **kwargs)
            else:
                output = module(hidden, *args, **kwargs)
            hidden = cast(Tensor, output[0] if isinstance(output, tuple) else output)
        return hidden
