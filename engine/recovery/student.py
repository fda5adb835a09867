"""The pruned model as it is trained: from the first layer with an adapter upward."""

from dataclasses import dataclass
from typing import Literal, cast

import torch
from torch import Tensor
from torch.utils.checkpoint import checkpoint

from engine.api.events import RemovalSet
from engine.models.decoder_stack import DecoderStack
from engine.recovery.seams import seam_layers

Start = Literal["embedding", "half_way", "seam"]


def first_adapted_layer(layers: int, removed: RemovalSet, start: Start) -> int:
    """The layer (in dense numbering, and in pruned numbering too) from which on the kept layers carry adapters.

    Below it the pruned model computes what the dense model does, so the hidden state in front of it, the student's
    entry, is computed only once for each window. Starting right at the gap, the seam, is the fastest, but layers in
    front of it that may prepare for it recover clearly more, and starting at the embedding recovers no more than half
    way up to the gap does (recovery_texts in docs/benchmarks). Where the last layers of all are removed, nothing lies
    behind the gap; the one right in front of it is the seam's then.
    """
    behind = layers - removed[0] - len(removed)
    seam = removed[0] if behind else removed[0] - 1
    return {"embedding": 0, "half_way": removed[0] // 2, "seam": seam}[start]


@dataclass(frozen=True)
class DenseStates:
    """What one pass of the dense model through a batch leaves."""

    entry: Tensor
    """[batch, length, hidden], in front of the first adapted layer."""
    final: Tensor
    """[batch, length, hidden], after the last layer, before the final norm."""
    seams: tuple[Tensor, ...]
    """[batch, length, hidden] each: what is handed on behind each gap; see ``seam_layers``."""


@dataclass(frozen=True)
class StudentStates:
    """What one pass of the student through a batch leaves."""

    final: Tensor
    """[batch, length, hidden], after the last layer, before the final norm."""
    seams: tuple[Tensor, ...]
    """As in ``DenseStates``."""


class Student:
    """The pruned model from its entry upward, differentiable in its adapters.

    Args:
        stack: the dense model.
        removed: the layers that the student lacks.
        start: where its adapters begin; see ``first_adapted_layer``.
        checkpointing: compute each layer again in the backward pass instead of keeping what it needs there
            (Chen et al. 2016, arXiv:1604.06174).
        seams: whether the states behind the gaps are wanted too.
    """

    def __init__(
        self,
        stack: DecoderStack,
        removed: RemovalSet,
        start: Start = "half_way",
        checkpointing: bool = False,
        seams: bool = False,
    ) -> None:
        self._stack = stack
        self._checkpointing = checkpointing
        self.first = first_adapted_layer(len(stack), removed, start)
        self._layers = [layer for layer in range(self.first, len(stack)) if layer not in removed]
        self._seams = seam_layers(removed, self.first) if seams else ()
        self._last_before = {max(layer for layer in self._layers if layer < seam): seam for seam in self._seams}

    @torch.no_grad()
    def dense_states(self, tokens: Tensor) -> DenseStates:
        """Walk the whole dense model over ``tokens`` [batch, length]; the adapters must be off."""
        windows = self._stack.enter(tokens)
        hidden = windows.embedded
        wanted: dict[int, Tensor] = {}
        for layer in range(len(self._stack)):
            if layer == self.first or layer in self._seams:
                wanted[layer] = hidden
            hidden = self._stack.apply(layer, hidden, windows)
        wanted[len(self._stack)] = hidden
        return DenseStates(wanted[self.first], hidden, tuple(wanted[seam] for seam in self._seams))

    def forward(self, tokens: Tensor, entry: Tensor) -> StudentStates:
        """Go up from the state at the entry [batch, length, hidden] of the windows ``tokens`` [batch, length]."""
        windows = self._stack.enter(tokens)
        hidden = entry.to(self._stack.device)
        in_front: dict[int, Tensor] = {}
        for layer in self._layers:
            call = windows.calls[layer]
            if call is None:  # text passes this layer by
                continue
            args, kwargs = call
            module = self._stack.layers[layer]
            if self._checkpointing and torch.is_grad_enabled():
                output = checkpoint(module, hidden, *args, use_reentrant=False, **kwargs)
            else:
                output = module(hidden, *args, **kwargs)
            hidden = cast(Tensor, output[0] if isinstance(output, tuple) else output)
            if layer in self._last_before:
                in_front[self._last_before[layer]] = hidden
        return StudentStates(hidden, tuple(in_front[seam] for seam in self._seams))
