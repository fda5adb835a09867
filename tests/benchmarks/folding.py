"""Fold removal sets of a subject in several ways, and measure the weights on texts that nothing was fitted on."""

import copy
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec
import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from engine.api.events import RemovalSet
from engine.api.settings import CompensationSettings
from engine.compensation.compensate import Compensation
from engine.compensation.fold import Fold
from engine.fitness.dense_walk import DenseWalk
from engine.models.architecture import find_decoder
from engine.models.decoder_stack import DecoderStack
from engine.models.gaps import gaps_of
from tests.benchmarks.subject import Subject

VALIDATION = 8
"""Windows on which the ridge is chosen; none of them is fitted on."""
DEFAULT = CompensationSettings()
ONE_MAP = msgspec.structs.replace(DEFAULT, refitted_layers=0)
"""One map before each gap."""
BEHIND = msgspec.structs.replace(ONE_MAP, widest=1)
"""A matrix [hidden, hidden] behind that map, as in ReplaceMe."""


@dataclass(frozen=True)
class Folded:
    """A fold, and how long it took."""

    fold: Fold
    seconds: float

    def weights(self, subject: Subject) -> dict[str, Tensor]:
        """Return the changed weights by their names in the pruned model."""
        return self.fold.pruned_names(find_decoder(subject.model).path, len(subject.stack))


def without(subject: Subject, removed: RemovalSet) -> Subject:
    """Return the subject with another removal set; model and texts are shared."""
    other = copy.copy(subject)
    other.removed = removed
    return other


def fold(subject: Subject, model: PreTrainedModel, windows: Tensor, settings: CompensationSettings = DEFAULT) -> Folded:
    """Fold the subject's removal set.

    Args:
        subject: The removal set.
        model: The dense model.
        windows: Windows [windows, length]; the first ``VALIDATION`` choose the ridge, the others are fitted on.
        settings: What is fitted.
    """
    started = time.perf_counter()
    compensation = Compensation(
        DecoderStack(model), windows[VALIDATION:], windows[:VALIDATION], settings, [subject.removed]
    )
    found = compensation.fold(subject.removed)
    return Folded(found, time.perf_counter() - started)


@torch.no_grad()
def gap_scales(subject: Subject, model: PreTrainedModel, windows: Tensor) -> dict[int, float]:
    """Return, for the layer before each gap, how much longer the dense hidden state is behind the gap than before it.

    One factor for each gap, as in Prune&Comp (https://arxiv.org/abs/2507.18212).
    """
    gaps = gaps_of(len(subject.stack), subject.removed)
    layers = {layer for gap in gaps for layer in (gap.first, gap.behind)}
    walk = DenseWalk(DecoderStack(model), windows, layers)
    lengths = {layer: float(walk.dense(layer)[:, 1:].float().norm(dim=-1).mean()) for layer in layers}
    return {gap.below: lengths[gap.behind] / lengths[gap.first] for gap in gaps if gap.below >= 0}


@contextmanager
def scaled(pruned: PreTrainedModel, subject: Subject, scales: Mapping[int, float]) -> Iterator[None]:
    """Multiply the hidden state behind some layers, in dense numbering, inside a ``with`` block."""
    kept = [layer for layer in range(len(subject.stack)) if layer not in subject.removed]
    layers = find_decoder(pruned).layers

    def hook(factor: float) -> Any:
        def multiplied(_module: nn.Module, _args: object, answer: Any) -> Any:
            return (answer[0] * factor, *answer[1:]) if isinstance(answer, tuple) else answer * factor

        return multiplied

    handles = [layers[kept.index(layer)].register_forward_hook(hook(factor)) for layer, factor in scales.items()]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()
