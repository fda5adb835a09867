"""Compute the gradients of one optimiser step: a batch of windows, a few at a time, through the student."""

import torch
from torch import Tensor

from engine.api.settings import RecoverySettings
from engine.recovery.adapters import Adapters
from engine.recovery.loss import Head, chunk_positions, chunked_loss
from engine.recovery.optimisation import Optimisation
from engine.recovery.passes import Passes
from engine.recovery.randomness import DROPOUT, batch_indices, derived_seed
from engine.recovery.seams import seam_loss
from engine.recovery.student import Student
from engine.recovery.teacher import DenseTeacher, Lesson
from engine.recovery.team import Team, precision


class BatchGradients:
    """Sums the gradients of a step's batch over the windows and over the processes of the team.

    Args:
        student: The pruned model with its adapters on.
        head: The student's hidden states to logits.
        teacher: Provides the lessons.
        adapters: What is trained.
        optimisation: Receives the gradients.
        settings: Seed, batch size, objective.
        passes: How many windows are run at once.
        team: The processes that share the batch.
        vocabulary: Size of the vocabulary.
    """

    def __init__(
        self,
        student: Student,
        head: Head,
        teacher: DenseTeacher,
        adapters: Adapters,
        optimisation: Optimisation,
        settings: RecoverySettings,
        passes: Passes,
        team: Team,
        vocabulary: int,
    ) -> None:
        self._student, self._head, self._teacher, self._adapters = student, head, teacher, adapters
        self._optimisation, self._settings, self._passes, self._team = optimisation, settings, passes, team
        self._chunk = chunk_positions(vocabulary)

    def of(self, step: int, windows: int) -> Tensor:
        """Compute the gradients of a step and return its mean loss.

        Args:
            step: Number of the step, from 0.
            windows: Number of training windows.

        Raises:
            torch.OutOfMemoryError: Not even one window fits.
        """
        settings, team = self._settings, self._team
        chosen = batch_indices(settings.seed, windows, step, settings.batch_windows)
        seed = derived_seed(settings.seed, DROPOUT, step) + team.accelerator.process_index

        def summed(size: int) -> Tensor:
            self._optimisation.clear()
            with self._adapters.training(seed):
                return self._sum(team.share(chosen), len(chosen), size)

        loss = self._passes.fitting(summed)
        team.add_up([loss, *self._optimisation.gradients()])
        return loss

    def _sum(self, chosen: Tensor, batch: int, size: int) -> Tensor:
        """Sum the gradients of this process's windows, ``size`` at a time; return their part of the mean loss.

        Args:
            chosen: Numbers of the windows [windows].
            batch: Number of windows in the whole batch.
            size: Windows that are run at once.
        """
        device = self._adapters.device
        total = torch.zeros((), device=device)
        for part in chosen.split(size) if len(chosen) else ():
            loss = self._loss(self._teacher.lesson(part, device)) * (len(part) / batch)
            self._optimisation.backward(loss)
            total += loss.detach()
        return total

    def _loss(self, lesson: Lesson) -> Tensor:
        with precision(self._adapters.dtype, self._adapters.device):
            states = self._student.forward(lesson.tokens, lesson.entry)
            final, trained = states.final.flatten(0, 1), self._adapters.head_parameters()
            loss = chunked_loss(final, self._head, lesson.sum_loss, self._chunk, trained) / lesson.positions
        if states.seams:
            loss = loss + self._settings.seam_weight * seam_loss(states.seams, lesson.seams)
        return loss
