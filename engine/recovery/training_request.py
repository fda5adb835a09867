"""Describe a recovery: what is trained, on which windows, and where its files are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor

from engine.api.events import RemovalSet
from engine.api.settings import RecoverySettings, Variant


class Originals(Protocol):
    """The weights as they were before they were quantised, by their names in the pruned model."""

    def __call__(self, name: str, /) -> Tensor:
        """Return a weight."""

    def kind(self, name: str, /) -> tuple[torch.dtype, tuple[int, ...]]:
        """Return the number format and the shape of a weight, without reading it."""


@dataclass(frozen=True)
class TrainingWindows:
    """Token windows of a training, without a window in common."""

    learnt: Tensor
    """[windows, length], what the student is trained on."""
    validation: Tensor
    """[windows, length], of the same text, kept back from training; they choose the best step."""
    elsewhere: Tensor
    """[windows, length], of another text; they show when only the training's own text is learnt. May be empty."""


@dataclass(frozen=True)
class TrainingRequest:
    """Everything that a training depends on, except the dense model.

    Attributes:
        removed: Sorted decoder layers that the pruned model lacks.
        windows: What is learnt, and what chooses the best step.
        settings: See ``RecoverySettings``.
        folder: Folder for checkpoints and merged weights; it belongs to one run.
        folded: Weights in which the pruned model differs from the dense one, by their names in the pruned model: those
            of a compensation. Training starts from them.
        originals: The weights to merge into where those in memory are quantised, or not in memory.
    """

    removed: RemovalSet
    windows: TrainingWindows
    settings: RecoverySettings
    folder: Path
    folded: Mapping[str, Tensor] = field(default_factory=dict)
    originals: Originals | None = None

    @property
    def start_variant(self) -> Variant:
        """The variant that training starts from."""
        return "compensated" if self.folded else "pruned"
