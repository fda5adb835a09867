"""Measure the validation windows, which choose the best step of a training."""

from collections.abc import Sequence

from engine.recovery.checkpoints import Measurement
from engine.recovery.loss import Heads
from engine.recovery.passes import Passes
from engine.recovery.student import Student
from engine.recovery.team import Team
from engine.recovery.training_request import TrainingWindows
from engine.recovery.validation_windows import ValidationWindows


class Validation:
    """Measures the student on the text that it learns from and, where there is one, on another.

    Args:
        student: The pruned model; its adapters must be off while this object is made.
        heads: Hidden states to logits, of the dense model and of the student.
        windows: See ``TrainingWindows``.
        passes: How many windows are run at once.
        vocabulary: Size of the vocabulary.
        team: The processes that share the work.
    """

    def __init__(
        self, student: Student, heads: Heads, windows: TrainingWindows, passes: Passes, vocabulary: int, team: Team
    ) -> None:
        self._own = ValidationWindows(student, heads, windows.validation, passes, vocabulary, team)
        self._elsewhere = ValidationWindows(student, heads, windows.elsewhere, passes, vocabulary, team)

    def measure(self, step: int, losses: Sequence[float], gap: int = 0) -> Measurement:
        """Return the figures at present.

        Args:
            step: Optimiser steps done.
            losses: The losses of those since the previous measurement.
            gap: See ``Measurement``.
        """
        kl, perplexity = self._own.measure()
        elsewhere = self._elsewhere.measure()[0] if self._elsewhere else None
        return Measurement(step, kl, perplexity, elsewhere, sum(losses) / len(losses) if losses else None, gap)
