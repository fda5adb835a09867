"""Run the pruned model as it is trained: from the first layer with an adapter upward."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

import torch
from torch import Tensor
from torch.utils.checkpoint import checkpoint
from transformers import PreTrainedModel

from engine.api.events import RemovalSet
from engine.models.architecture import find_decoder
from engine.models.decoder_stack import DecoderStack
from engine.models.removal import Removal
from engine.recovery.seams import seam_layers

Start = Literal["embedding", "half_way", "seam"]


def first_adapted_layer(layers: int, removed: RemovalSet, start: Start, lowest_changed: int | None = None) -> int:
    """Return the lowest layer with adapters; its number is the same in the dense and in the pruned model.

    Below it the pruned model computes what the dense model does, so its input, the student's entry, is computed once
    for each window. Starting at the gap (the seam) is fastest, but layers below it that can prepare for it recover
    clearly more, and starting at the embedding recovers no more than starting half way up to the gap
    (recovery_texts in docs/benchmarks). Where the last layers of all are removed, the seam is the layer below the gap.
    A compensation changes the layer below the gap, so that training starts there at the latest.

    Args:
        layers: Number of layers of the dense model.
        removed: Sorted removal set.
        start: Where the adapters begin.
        lowest_changed: The lowest layer that a compensation has changed.
    """
    behind = layers - removed[0] - len(removed)
    seam = removed[0] if behind else removed[0] - 1
    first = {"embedding": 0, "half_way": removed[0] // 2, "seam": seam}[start]
    return first if lowest_changed is None else min(first, lowest_changed)


def lowest_changed(view: PreTrainedModel, removed: RemovalSet, changed: Iterable[str]) -> int | None:
    """Return the lowest layer that holds one of the changed weights, in dense numbering; None where there is none.

    Args:
        view: The pruned model.
        removed: The layers that it lacks.
        changed: Names of weights in it.
    """
    location = find_decoder(view)
    kept = Removal(len(location.layers) + len(removed), removed).kept
    inside = (name.removeprefix(f"{location.path}.") for name in changed)
    return min((kept[int(name.partition(".")[0])] for name in inside), default=None)


@dataclass(frozen=True)
class DenseStates:
    """States of the dense model on a batch."""

    entry: Tensor
    """[batch, length, hidden], input of the lowest layer with adapters."""
    final: Tensor
    """[batch, length, hidden], after the last layer, before the final norm."""
    seams: tuple[Tensor, ...]
    """[batch, length, hidden] each: input of the layer after each gap; see ``seam_layers``."""


@dataclass(frozen=True)
class StudentStates:
    """States of the student on a batch."""

    final: Tensor
    """[batch, length, hidden], after the last layer, before the final norm."""
    seams: tuple[Tensor, ...]
    """[batch, length, hidden] each, as in ``DenseStates``."""


class Student:
    """The pruned model from its entry upward, differentiable in its adapters.

    Args:
        stack: The dense model.
        removed: The layers that the student lacks.
        start: Where its adapters begin; see ``first_adapted_layer``.
        checkpointing: Compute each layer again in the backward pass instead of keeping its activations (Chen et al.
            2016, https://arxiv.org/abs/1604.06174).
        seams: Whether to return the states behind the gaps too.
        lowest_changed: See ``first_adapted_layer``.
    """

    def __init__(
        self,
        stack: DecoderStack,
        removed: RemovalSet,
        start: Start = "half_way",
        checkpointing: bool = False,
        seams: bool = False,
        lowest_changed: int | None = None,
    ) -> None:
        self._stack = stack
        self._checkpointing = checkpointing
        self.first = first_adapted_layer(len(stack), removed, start, lowest_changed)
        self._layers = [layer for layer in range(self.first, len(stack)) if layer not in removed]
        self._seams = seam_layers(removed, self.first) if seams else ()
        self._last_before = {max(layer for layer in self._layers if layer < seam): seam for seam in self._seams}

    @torch.no_grad()
    def dense_states(self, tokens: Tensor) -> DenseStates:
        """Run the whole dense model on ``tokens`` [batch, length]; adapters and compensation must be off."""
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
        """Run the student from its entry upward.

        Args:
            tokens: The windows [batch, length].
            entry: Their states at the entry [batch, length, hidden].
        """
        windows = self._stack.enter(tokens)
        hidden = entry.to(self._stack.device)
        in_front: dict[int, Tensor] = {}
        for layer in self._layers:
            call = windows.calls[layer]
            if call is None:  # this layer is skipped for text
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
