"""How far a training gap by gap has come, and its checkpoints."""

import math
from collections.abc import Mapping
from pathlib import Path

from torch import Tensor

from engine.api.clock import seconds_awake
from engine.recovery.checkpoints import Checkpoint, Measurement, Progress, load_checkpoint, save_checkpoint
from engine.recovery.local.block_training import BlockTraining
from engine.recovery.verdict import best_of, has_stalled

_SAVING_SHARE = 0.05
"""Share of the time that checkpoints may take: they hold whole layers with their optimiser."""


class Standing:
    """Steps, measurements and the best weights so far. Gaps are numbered from below.

    Args:
        folder: Folder of the checkpoint.
        fingerprint: Digest of everything that the training depends on.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder, self._fingerprint = folder, fingerprint
        self.step = 0
        """Optimiser steps done."""
        self.gap = 0
        """Number of the gap whose layers are trained."""
        self.gap_start = 0
        """Steps done when the training of that gap began."""
        self.seconds = 0.0
        """Seconds spent on all steps."""
        self.history: list[Measurement] = []
        """Measurements so far; the first is that of the model that training started from."""
        self.losses: list[float] = []
        """Losses of the steps since the latest measurement."""
        self.best: dict[str, Tensor] = {}
        """All trained weights of the best measurement, by their names in the pruned model, on the CPU."""
        self._saved_at, self._saving_seconds = -math.inf, 0.0

    @property
    def gap_step(self) -> int:
        """Steps done for the present gap."""
        return self.step - self.gap_start

    @property
    def of_this_gap(self) -> list[Measurement]:
        """The measurements of the present gap, behind that of the weights which its training started from."""
        earlier = [measured for measured in self.history if measured.gap < self.gap]
        own = [measured for measured in self.history if measured.gap == self.gap]
        return [best_of(earlier), *own] if earlier else own

    def measured(self, measurement: Measurement, weights: Mapping[str, Tensor]) -> bool:
        """Add a measurement of these trained weights; return whether it is the best, and then keep a copy of them."""
        self.history.append(measurement)
        self.losses.clear()
        if best_of(self.history) is not measurement:
            return False
        self.best |= {name: tensor.to("cpu", copy=True) for name, tensor in weights.items()}
        return True

    def stalled(self, patience: int) -> bool:
        """Return whether the score of this gap has not improved for ``patience`` measurements; 0 means never."""
        return has_stalled(self.of_this_gap, patience)

    def next_gap(self) -> None:
        """Go on to the next gap, and write a checkpoint."""
        self.gap, self.gap_start = self.gap + 1, self.step
        self.losses.clear()
        self.save(None)

    def save_now_and_then(self, training: BlockTraining) -> None:
        """Write a checkpoint where the latest one is old enough for the time that it took."""
        if seconds_awake() - self._saved_at >= self._saving_seconds / _SAVING_SHARE:
            self.save(training)

    def save(self, training: BlockTraining | None) -> None:
        """Write a checkpoint; ``training`` is that of the present gap, where it has begun."""
        started = seconds_awake()
        progress = Progress(
            step=self.step,
            seconds=self.seconds,
            history=tuple(self.history),
            losses=tuple(self.losses),
            optimiser=training.optimisation.numbers() if training else {},
            gap=self.gap,
            gap_start=self.gap_start,
        )
        state, moments = (training.state(), training.optimisation.tensors()) if training else ({}, {})
        save_checkpoint(self._folder, self._fingerprint, Checkpoint(progress, state, self.best, moments))
        self._saved_at = seconds_awake()
        self._saving_seconds = self._saved_at - started

    def resume(self) -> Checkpoint | None:
        """Take up the checkpoint of an earlier session and return it; None where there is none."""
        checkpoint = load_checkpoint(self._folder, self._fingerprint)
        if checkpoint is not None:
            progress = checkpoint.progress
            self.step, self.seconds, self.history = progress.step, progress.seconds, list(progress.history)
            self.gap, self.gap_start = progress.gap, progress.gap_start
            self.losses, self.best = list(progress.losses), dict(checkpoint.best_adapter)
        return checkpoint
