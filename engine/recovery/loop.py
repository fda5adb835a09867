"""The training loop: its steps and measurements, its events, and stopping and going on again."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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
from engine.recovery.heldout import HeldOut
from engine.recovery.loss import chunk_positions, chunked_loss, flat_head
from engine.recovery.merge import write_merged
from engine.recovery.optimisation import Optimisation
from engine.recovery.randomness import DROPOUT, batch_indices, derived_seed, seeded
from engine.recovery.student import Student
from engine.recovery.teacher import DenseTeacher

Emit = Callable[[Event], object]


@dataclass(frozen=True)
class RecoveryResult:
    """What a recovery leaves. KL in nats per token to the dense model, on the held-out windows."""

    helped: bool
    best_step: int
    heldout_kl_before: float
    heldout_kl_after: float
    merged: Path | None
    """The recovered weights, or None when the pruned model is kept."""


class Training:
    """One training: its state between two steps is what a checkpoint holds."""

    def __init__(
        self,
        stack: DecoderStack,
        student: Student,
        adapters: Adapters,
        windows: Tensor,
        heldout: Tensor,
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
        self._windows = windows
        self._head = flat_head(CausalHead(stack.model))
        self._optimisation = Optimisation(adapters.parameters(), settings, stack.device)
        with adapters.disabled():
            self._heldout = HeldOut(student, self._head, heldout, settings.batch_windows, stack.vocabulary)
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
                "The pruned model's held-out KL is not a number before any training; set device.dtype to float32."
            )
        try:
            while self._step < self._settings.steps and not self._diverged:
                self._control()
                self._train_step()
                last = self._step == self._settings.steps
                if not self._diverged and (last or self._step % self._settings.evaluate_every == 0):
                    self._measure()
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
        before, best = self._history[0].kl, self._best
        if best.step == 0:
            after = min((measured.kl for measured in self._history[1:]), default=before)
            return RecoveryResult(False, 0, before, after, None)
        self._adapters.load(self._best_adapter)
        return RecoveryResult(True, best.step, before, best.kl, write_merged(self._adapters, self._folder))

    @property
    def _best(self) -> Measurement:
        return min(self._history, key=lambda measured: measured.kl)

    def _train_step(self) -> None:
        started = time.monotonic()
        if self._teacher is None:
            self._teacher = self._read_dense_model()
            self._say("info", self._plan())
            started = time.monotonic()
        settings = self._settings
        chosen = batch_indices(settings.seed, len(self._windows), self._step, settings.batch_windows)
        lesson = self._teacher.lesson(chosen, self._device)
        self._adapters.set_training(True)
        with seeded(derived_seed(settings.seed, DROPOUT, self._step)):
            hidden = self._student.forward(lesson.tokens, lesson.entry).flatten(0, 1)
        self._adapters.set_training(False)
        chunk = chunk_positions(self._vocabulary)
        loss = chunked_loss(hidden, self._head, lesson.sum_loss, chunk) / lesson.positions
        rate = self._optimisation.learning_rate
        if not self._optimisation.step(loss):
            self._stop_diverged()
            return
        self._step += 1
        self._tell_step(float(loss.detach()), rate, lesson.tokens.numel(), time.monotonic() - started)

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
                settings.objective,
                settings.batch_windows,
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
        """Measure on the held-out windows, tell it, and write a checkpoint."""
        kl, perplexity = self._heldout.measure()
        if not math.isfinite(kl):
            if self._history:
                self._stop_diverged()
            return
        measured = Measurement(self._step, kl, perplexity)
        self._history.append(measured)
        best = self._best is measured
        if best:
            self._best_adapter = self._adapters.state()
        self._emit(RecoveryMeasured(step=self._step, heldout_kl=kl, heldout_perplexity=perplexity, best=best))
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
