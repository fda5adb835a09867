"""The training loop: its steps and measurements, its events, and stopping and going on again."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from engine.api.control import StopRequested
from engine.api.errors import LayerSwarmError
from engine.api.events import (
    Event,
    MessageLogged,
    RecoveryMeasured,
    RecoveryStepped,
    StageProgressed,
)
from engine.api.settings import RecoverySettings
from engine.models.causal_head import CausalHead
from engine.models.decoder_stack import DecoderStack
from engine.recovery.adapters import Adapters
from engine.recovery.checkpoints import (
    Checkpoint,
    Measurement,
    Progress,
    load_checkpoint,
    save_checkpoint,
)
from engine.recovery.loss import chunk_positions, chunked_loss, flat_head
from engine.recovery.merge import write_merged
from engine.recovery.optimisation import Optimisation
from engine.recovery.randomness import DROPOUT, batch_indices, derived_seed
from engine.recovery.student import Student
from engine.recovery.teacher import DenseTeacher
from engine.recovery.validation import TrainingWindows, Validation

Emit = Callable[[Event], object]


@dataclass(frozen=True)
class RecoveryResult:
    """What a recovery leaves. KL in nats per token to the dense model, on the validation windows."""

    helped: bool
    best_step: int
    heldout_kl_before: float
    heldout_kl_after: float
    elsewhere_kl: tuple[float, float] | None
    """Before and after, on text of another source than the training's, where there is one."""
    merged: Path | None
    """The recovered weights, or None when the pruned model is kept."""


class Training:
    """One training: its state between two steps is what a checkpoint holds."""

    def __init__(
        self,
        stack: DecoderStack,
        student: Student,
        adapters: Adapters,
        windows: TrainingWindows,
        settings: RecoverySettings,
        folder: Path,
        fingerprint: str,
        emit: Emit,
        control: Callable[[], None],
    ) -> None:
        self._student, self._adapters, self._settings = student, adapters, settings
        self._folder, self._fingerprint = folder, fingerprint
        self._emit, self._control = emit, control
        self._device, self._vocabulary = stack.device, stack.vocabulary
        self._windows = windows.learnt
        self._pass_windows = settings.pass_windows or settings.batch_windows
        self._head = flat_head(CausalHead(stack.model))
        self._optimisation = Optimisation(adapters.parameters(), settings, stack.device)
        with adapters.disabled():
            self._validation = Validation(student, self._head, windows, self._pass_windows, stack.vocabulary)
        self._teacher: DenseTeacher | None = None
        self._step = 0
        self.seconds = 0.0
        self._history: list[Measurement] = []
        self._best_adapter: dict[str, Tensor] = {}
        self._diverged = False

    def run(self) -> bool:
        """Train to the end; true when a person ended it early.

        Raises:
            StopRequested: to pause or to discard.
            LayerSwarmError: the pruned model's own figures are not finite.
        """
        self._resume()
        if not self._history:
            self._measure()
        if not self._history:
            raise LayerSwarmError(
                "The pruned model's KL is not a number before any training; set device.dtype to float32."
            )
        try:
            while self._step < self._settings.steps and not self._diverged and not self._stalled:
                self._control()
                self._train_step()
                last = self._step == self._settings.steps
                if not self._diverged and (last or self._step % self._settings.evaluate_every == 0):
                    self._measure()
            if self._stalled and self._step < self._settings.steps:
                self._say(
                    "info",
                    f"Step {self._best.step} was the best; {self._settings.patience} measurements since "
                    f"then were no better, so training ends at step {self._step}.",
                )
        except StopRequested as stop:
            if stop.mode == "pause":
                self._save()
            if stop.mode != "keep_best":
                raise
            if self._step > self._history[-1].step:
                self._measure()
            return True
        return False

    def result(self) -> RecoveryResult:
        """The best adapter so far, merged when it is better than none."""
        before, best = self._history[0], self._best
        helped = best.step > 0
        after = best if helped else min(self._history[1:], key=lambda measured: measured.score, default=before)
        elsewhere = None
        if before.elsewhere_kl is not None and after.elsewhere_kl is not None:
            elsewhere = (before.elsewhere_kl, after.elsewhere_kl)
        merged = None
        if helped:
            self._adapters.load(self._best_adapter)
            merged = write_merged(self._adapters, self._folder)
        return RecoveryResult(helped, best.step, before.kl, after.kl, elsewhere, merged)

    @property
    def _best(self) -> Measurement:
        return min(self._history, key=lambda measured: measured.score)

    @property
    def _stalled(self) -> bool:
        """Whether nothing has become better for too long."""
        patience = self._settings.patience
        return 0 < patience <= len(self._history) - 1 - self._history.index(self._best)

    def _train_step(self) -> None:
        started = time.monotonic()
        if self._teacher is None:
            self._teacher = self._read_dense_model()
            self._say("info", self._plan())
            started = time.monotonic()
        settings = self._settings
        chosen = batch_indices(settings.seed, len(self._windows), self._step, settings.batch_windows)
        loss = self._gradients(self._teacher, chosen)
        rate = self._optimisation.learning_rate
        if not self._optimisation.step(loss):
            self._stop_diverged()
            return
        self._step += 1
        tokens = len(chosen) * self._windows.shape[1]
        self._tell_step(float(loss), rate, tokens, time.monotonic() - started)

    def _gradients(self, teacher: DenseTeacher, chosen: Tensor) -> Tensor:
        """The batch's gradients, and its loss; with smaller passes when memory runs out.

        Raises:
            torch.OutOfMemoryError: not even one window fits.
        """
        while True:
            try:
                self._optimisation.clear()
                with self._adapters.training(derived_seed(self._settings.seed, DROPOUT, self._step)):
                    return self._passes(teacher, chosen)
            except torch.OutOfMemoryError:
                if self._pass_windows == 1:
                    raise
                self._pass_windows = -(-self._pass_windows // 2)
                self._say("info", f"Memory ran out; training goes on with {self._pass_windows} windows at once.")

    def _passes(self, teacher: DenseTeacher, chosen: Tensor) -> Tensor:
        """Sum the gradients of a few windows at a time; the mean loss of all of them."""
        total = torch.zeros((), device=self._device)
        chunk = chunk_positions(self._vocabulary)
        for part in chosen.split(self._pass_windows):
            lesson = teacher.lesson(part, self._device)
            hidden = self._student.forward(lesson.tokens, lesson.entry).flatten(0, 1)
            loss = chunked_loss(hidden, self._head, lesson.sum_loss, chunk) / lesson.positions
            loss = loss * (len(part) / len(chosen))
            self._optimisation.backward(loss)
            total += loss.detach()
        return total

    def _read_dense_model(self) -> DenseTeacher:
        def progress(done: int, total: int) -> None:
            self._emit(StageProgressed(stage="recover", done=done, total=total, message="Reading the dense model"))
            self._control()

        settings = self._settings
        with self._adapters.disabled():
            return DenseTeacher(
                self._student,
                self._head,
                self._windows,
                settings,
                self._vocabulary,
                progress,
            )

    def _tell_step(self, loss: float, rate: float, tokens: int, seconds: float) -> None:
        self.seconds += seconds
        step, steps = self._step, self._settings.steps
        self._emit(
            RecoveryStepped(
                step=step,
                steps=steps,
                loss=loss,
                learning_rate=rate,
                tokens=step * tokens,
                tokens_per_second=tokens / seconds,
            )
        )
        remaining = self.seconds / step * (steps - step)
        self._emit(
            StageProgressed(stage="recover", done=step, total=steps, message="Training", remaining_seconds=remaining)
        )

    def _measure(self) -> None:
        """Measure on the validation windows, tell it, and write a checkpoint."""
        measured = self._validation.measure(self._step)
        if not math.isfinite(measured.score):
            if self._history:
                self._stop_diverged()
            return
        self._history.append(measured)
        best = self._best is measured
        if best:
            self._best_adapter = self._adapters.state()
        self._emit(
            RecoveryMeasured(
                step=self._step,
                heldout_kl=measured.kl,
                heldout_perplexity=measured.perplexity,
                best=best,
                elsewhere_kl=measured.elsewhere_kl,
            )
        )
        self._save()

    def _stop_diverged(self) -> None:
        self._diverged = True
        rate = self._settings.learning_rate
        self._say(
            "warning",
            f"After {self._step} steps the recovery's loss is no longer a number and training ends here; "
            f"try a recovery.learning_rate below {rate:g}.",
        )

    def _save(self) -> None:
        progress = Progress(
            step=self._step,
            seconds=self.seconds,
            history=tuple(self._history),
            optimiser=self._optimisation.numbers(),
        )
        checkpoint = Checkpoint(progress, self._adapters.state(), self._best_adapter, self._optimisation.tensors())
        save_checkpoint(self._folder, self._fingerprint, checkpoint)

    def _resume(self) -> None:
        checkpoint = load_checkpoint(self._folder, self._fingerprint)
        if checkpoint is None:
            return
        progress = checkpoint.progress
        self._step, self.seconds, self._history = progress.step, progress.seconds, list(progress.history)
        self._adapters.load(checkpoint.adapter)
        self._best_adapter = checkpoint.best_adapter
        self._optimisation.load(checkpoint.moments, progress.optimiser)
        self._say("info", f"Recovery goes on from its checkpoint at step {self._step}.")

    def _plan(self) -> str:
        weights = sum(parameter.numel() for parameter in self._adapters.parameters().values())
        return (
            f"Recovery trains {weights:,} adapter weights from layer {self._student.first} upward; "
            "what lies below is computed once."
        )

    def _say(self, level: str, message: str) -> None:
        self._emit(MessageLogged(level=level, message=message))  # type: ignore[arg-type]
