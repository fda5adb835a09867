"""What a training learns from, and the measurements that decide which of its steps is best."""

from collections.abc import Sequence
from dataclasses import dataclass

from torch import Tensor

from engine.recovery.checkpoints import Measurement
from engine.recovery.loss import Heads
from engine.recovery.passes import Passes
from engine.recovery.student import Student
from engine.recovery.team import Team
from engine.recovery.validation_windows import ValidationWindows


@dataclass(frozen=True)
class TrainingWindows:
    """Token windows of a training, without a window in common."""

    learnt: Tensor
    """[windows, length]"""
    validation: Tensor
    """[windows, length]: of the same text."""
    elsewhere: Tensor
    """[windows, length]: of another text, which shows when only the training's own is learnt; may be empty."""


class Validation:
    """Measures the student on the text that it learns from and, where there is one, on another.

    Args:
        student: the pruned model; its adapters must be off while this object is made.
        heads: hidden states to logits.
        windows: see ``TrainingWindows``.
        passes: how many windows go through at once.
        vocabulary: width of the logits.
        team: the processes that share the work.
    """

    def __init__(
        self, student: Student, heads: Heads, windows: TrainingWindows, passes: Passes, vocabulary: int, team: Team
    ) -> None:
        self._own = ValidationWindows(student, heads, windows.validation, passes, vocabulary, team)
        self._elsewhere = ValidationWindows(student, heads, windows.elsewhere, passes, vocabulary, team)

    def measure(self, step: int, losses: Sequence[float]) -> Measurement:
        """The figures after ``step`` optimiser steps, of which the latest had these ``losses``."""
        kl, perplexity = self._own.measure()
        elsewhere = self._elsewhere.measure()[0] if self._elsewhere else None
        return Measurement(step, kl, perplexity, elsewhere, sum(losses) / len(losses) if losses else None)
