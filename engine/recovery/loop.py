"""The training loop: its steps and measurements, its events, and stopping and going on again."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from torch import Tensor

from engine.api.control import StopRequested
from engine.api.errors import LayerSwarmError
from engine.api.events import (
    Emit,
    MessageLogged,
    RecoveryMeasured,
    RecoveryStepped,
    StageProgressed,
)
from engine.api.settings import RecoverySettings
from engine.models.causal_head import CausalHead
from engine.models.decoder_stack import DecoderStack
from engine.recovery.adapters import Adapters, Originals
from engine.recovery.checkpoints import (
    Checkpoint,
    Measurement,
    Progress,
    load_checkpoint,
    save_checkpoint,
)
from engine.recovery.gradients import BatchGradients
from engine.recovery.lesson_store import LessonStore
from engine.recovery.loss import Heads, flat_head
from engine.recovery.merge import write_merged
from engine.recovery.optimisation import Optimisation
from engine.recovery.passes import Passes
from engine.recovery.student import Student
from engine.recovery.teacher import DenseTeacher
from engine.recovery.team import Team, precision
from engine.recovery.validation import TrainingWindows, Validation
from engine.recovery.verdict import RecoveryResult, best_of


@dataclass(frozen=True)
class Course:
    """What a training is given from outside."""

    windows: TrainingWindows
    settings: RecoverySettings
    folder: Path
    """Where checkpoints and merged weights go."""
    fingerprint: str
    """Of everything that the training depends on."""
    emit: Emit
    control: Callable[[], None]
    """Called between steps; raises to stop."""
    team: Team
    originals: Originals | None = None
    """Gives the weights to merge into where those in memory are quantised."""


class Training:
    """One training: its state between two steps is what a checkpoint holds."""

    def __init__(self, stack: DecoderStack, student: Student, adapters: Adapters, course: Course) -> None:
        self._student, self._adapters, self._course = student, adapters, course
        self._settings, self._team = course.settings, course.team
        self._emit: Emit = course.emit if course.team.is_first else lambda _event: None
        self._vocabulary, self._windows = stack.vocabulary, course.windows.learnt
        self._passes = Passes(self._settings.pass_windows or self._settings.batch_windows, self._say)
        self._optimisation = Optimisation(adapters.parameters(), self._settings, self._team, adapters.dtype)
        with adapters.disabled():
            self._heads = Heads(flat_head(CausalHead(stack.model)), flat_head(CausalHead(adapters.view)))
            self._validation = Validation(
                student, self._heads, course.windows, self._passes, stack.vocabulary, self._team
            )
        self._lessons = self._store()
        self._gradients: BatchGradients | None = None
        self._step = 0
        self.seconds = 0.0
        self._history: list[Measurement] = []
        self._losses: list[float] = []
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
            self._train()
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
        before, best = self._history[0], best_of(self._history)
        helped = best.step > 0
        after = best if helped else min(self._history[1:], key=lambda measured: measured.score, default=before)
        elsewhere = None
        if before.elsewhere_kl is not None and after.elsewhere_kl is not None:
            elsewhere = (before.elsewhere_kl, after.elsewhere_kl)
        merged = None
        if helped and self._team.is_first:
            self._adapters.load(self._best_adapter)
            merged = write_merged(self._adapters, self._course.folder, self._course.originals)
        self._team.wait()
        if self._team.is_first:
            self._lessons.delete()
        return RecoveryResult(helped, best.step, before.kl, after.kl, elsewhere, merged, tuple(self._history))

    def _train(self) -> None:
        settings = self._settings
        while self._step < settings.steps and not self._diverged and not self._stalled:
            self._team.together(self._course.control)
            self._train_step()
            last = self._step == settings.steps
            if not self._diverged and (last or self._step % settings.evaluate_every == 0):
                self._measure()
        if self._stalled and self._step < settings.steps:
            self._say(
                f"Step {best_of(self._history).step} was the best; {settings.patience} measurements since then were no "
                f"better, so training ends at step {self._step}."
            )

    @property
    def _stalled(self) -> bool:
        """Whether nothing has become better for too long."""
        patience = self._settings.patience
        return 0 < patience <= len(self._history) - 1 - self._history.index(best_of(self._history))

    def _train_step(self) -> None:
        if self._gradients is None:
            self._gradients = self._prepared()
            self._say(self._plan())
        started = time.monotonic()
        loss = self._gradients.of(self._step, len(self._windows))
        rate = self._optimisation.learning_rate
        if not self._optimisation.step(loss):
            self._stop_diverged()
            return
        self._step += 1
        self._losses.append(float(loss))
        self._tell_step(float(loss), rate, time.monotonic() - started)

    def _store(self) -> LessonStore:
        """Where lessons are kept; each process of a team has its part of the memory."""
        course, memory = self._course, round(1e6 * self._settings.lesson_megabytes)
        folder = course.folder / "lessons" / course.fingerprint[:16]
        return LessonStore(folder, len(self._windows), memory // self._team.size, self._team.is_first)

    def _prepared(self) -> BatchGradients:
        """Read the dense model, each process a part of the windows, and get ready for the first step."""
        teacher = DenseTeacher(
            self._student, self._heads.dense, self._windows, self._settings, self._vocabulary, self._lessons
        )
        stop: StopRequested | None = None
        try:
            with self._adapters.disabled():
                teacher.read(self._team.share(self._lessons.shards()), self._passes, self._tell_reading)
        except StopRequested as request:
            stop = request
        self._team.together(self._course.control if stop is None else _raising(stop))
        self._lessons.recall()
        return BatchGradients(
            self._student,
            self._heads.student,
            teacher,
            self._adapters,
            self._optimisation,
            self._settings,
            self._passes,
            self._team,
            self._vocabulary,
        )

    def _tell_reading(self, done: int, total: int) -> None:
        self._emit(StageProgressed(stage="recover", done=done, total=total, message="Reading the dense model"))
        if self._team.is_first:
            self._course.control()

    def _tell_step(self, loss: float, rate: float, seconds: float) -> None:
        self.seconds += seconds
        step, steps = self._step, self._settings.steps
        tokens = self._settings.batch_windows * self._windows.shape[1]
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
        with precision(self._adapters.dtype, self._adapters.device):
            measured = self._validation.measure(self._step, self._losses)
        if not math.isfinite(measured.score):
            if self._history:
                self._stop_diverged()
            return
        self._history.append(measured)
        self._losses.clear()
        best = best_of(self._history) is measured
        if best:
            self._best_adapter = self._adapters.state()
        self._emit(
            RecoveryMeasured(
                step=self._step,
                validation_kl=measured.kl,
                validation_perplexity=measured.perplexity,
                best=best,
                elsewhere_kl=measured.elsewhere_kl,
            )
        )
        self._save()

    def _stop_diverged(self) -> None:
        self._diverged = True
        rate = self._settings.learning_rate
        self._say(
            f"After {self._step} steps the recovery's loss is no longer a number and training ends here; "
            f"try a recovery.learning_rate below {rate:g}.",
            "warning",
        )

    def _save(self) -> None:
        if not self._team.is_first:
            return
        progress = Progress(
            step=self._step,
            seconds=self.seconds,
            history=tuple(self._history),
            losses=tuple(self._losses),
            optimiser=self._optimisation.numbers(),
        )
        checkpoint = Checkpoint(progress, self._adapters.state(), self._best_adapter, self._optimisation.tensors())
        save_checkpoint(self._course.folder, self._course.fingerprint, checkpoint)

    def _resume(self) -> None:
        checkpoint = load_checkpoint(self._course.folder, self._course.fingerprint)
        self._team.wait()  # nobody may write the next one before all have read this
        if checkpoint is None:
            return
        progress = checkpoint.progress
        self._step, self.seconds, self._history = progress.step, progress.seconds, list(progress.history)
        self._losses = list(progress.losses)
        self._adapters.load(checkpoint.adapter)
        self._best_adapter = checkpoint.best_adapter
        self._optimisation.load(checkpoint.moments, progress.optimiser)
        self._say(f"Recovery goes on from its checkpoint at step {self._step}.")

    def _plan(self) -> str:
        weights = sum(parameter.numel() for parameter in self._adapters.parameters().values())
        team = f", {self._team.size} processes together" if self._team.size > 1 else ""
        return (
            f"Recovery trains {weights:,} adapter weights from layer {self._student.first} upward{team}; "
            "what lies below is computed once."
        )

    def _say(self, message: str, level: Literal["info", "warning"] = "info") -> None:
        self._emit(MessageLogged(level=level, message=message))


def _raising(stop: StopRequested) -> Callable[[], None]:
    def control() -> None:
        raise stop

    return control
