"""Run the training loop: steps, measurements, events, stopping and resuming."""

import math
from typing import Literal

from torch import Tensor

from engine.api.clock import seconds_awake
from engine.api.control import StopRequested
from engine.api.errors import LayerSwarmError
from engine.api.event import message_logged, progressed
from engine.api.events import (
    Emit,
    RecoveryStepped,
)
from engine.api.message import Message, worded
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
from engine.recovery.context import TrainingContext
from engine.recovery.gradients import BatchGradients
from engine.recovery.lesson_store import LESSONS, LessonStore
from engine.recovery.log_words import diverged_words, plan_words, resumed_words, slower_words, stalled_words
from engine.recovery.loss import Heads, flat_head
from engine.recovery.merge import write_merged
from engine.recovery.optimisation import SLOWER, Optimisation
from engine.recovery.passes import Passes
from engine.recovery.student import Student
from engine.recovery.teacher import DenseTeacher
from engine.recovery.team import precision, raising
from engine.recovery.training_events import emit_measured, emit_step, pace
from engine.recovery.validation import Validation
from engine.recovery.verdict import NOT_FINITE, RecoveryResult, best_of, has_stalled, learns_too_fast, outcome_of


class Training:
    """One training. A checkpoint holds its state between two steps.

    Args:
        stack: The dense model.
        student: The pruned model.
        adapters: What is trained.
        context: The request, the events and the team.
    """

    def __init__(self, stack: DecoderStack, student: Student, adapters: Adapters, context: TrainingContext) -> None:
        self._student, self._adapters, self._context = student, adapters, context
        self._settings, self._team = context.request.settings, context.team
        self._emit: Emit = context.emit if context.team.is_first else lambda _event: None
        self._vocabulary, self._windows = stack.vocabulary, context.request.windows.learnt
        self._passes = Passes(self._settings.pass_windows or self._settings.batch_windows, self._log)
        self._optimisation = Optimisation(adapters.parameters(), self._settings, self._team, adapters.dtype)
        with adapters.disabled(), context.patch.lifted():
            self._heads = Heads(*(flat_head(CausalHead(each, stack.answer)) for each in (stack.model, adapters.view)))
            self._validation = Validation(
                student, self._heads, context.request.windows, self._passes, stack.vocabulary, self._team
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
        """Train to the end; return whether a person ended it early to keep the best.

        Raises:
            StopRequested: To pause or to discard.
            LayerSwarmError: The pruned model's own figures are not finite, or there is no room for the lessons.
        """
        self._resume()
        if not self._history:
            self._measure()
        if not self._history:
            raise LayerSwarmError(NOT_FINITE)
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
        """Return the result so far; merge the best adapter where it is better than none."""
        merged = None
        if best_of(self._history).step > 0 and self._team.is_first:
            self._adapters.load(self._best_adapter)
            request = self._context.request
            trained = dict(self._adapters.merged_weights(request.originals))
            merged = write_merged(request.folder, request.folded, trained)
        self._team.wait()
        if self._team.is_first:
            self._lessons.delete()
        return outcome_of(self._history, merged, self._context.request.start_variant)

    def _train(self) -> None:
        settings = self._settings
        while self._step < settings.steps and not self._diverged and not self._stalled:
            self._team.together(self._context.control)
            self._train_step()
            last = self._step == settings.steps
            if not self._diverged and (last or self._step % settings.evaluate_every == 0):
                self._measure()
        if self._stalled and self._step < settings.steps:
            self._log(stalled_words(best_of(self._history).step, settings.patience, self._step))

    @property
    def _stalled(self) -> bool:
        """Whether the score has not improved for ``patience`` measurements."""
        return has_stalled(self._history, self._settings.patience)

    def _train_step(self) -> None:
        if self._gradients is None:
            self._gradients = self._prepared()
            self._log(self._plan())
        started = seconds_awake()
        loss = self._gradients.of(self._step, len(self._windows))
        rate = self._optimisation.learning_rate
        if not self._optimisation.step(loss):
            self._stop_diverged()
            return
        self._step += 1
        self._losses.append(float(loss))
        self._emit_step(float(loss), rate, seconds_awake() - started)

    def _store(self) -> LessonStore:
        """Return the store of the lessons, with this process's part of the memory."""
        context, team, memory = self._context, self._team, round(1e6 * self._settings.lesson_megabytes)
        folder = context.request.folder / LESSONS / context.fingerprint[:16]
        return LessonStore(folder, len(self._windows), memory // team.folder_size, team.is_first_of_folder)

    def _prepared(self) -> BatchGradients:
        """Run the dense model on the windows, each process on its part, and prepare the first step."""
        teacher = DenseTeacher(
            self._student, self._heads.dense, self._windows, self._settings, self._vocabulary, self._lessons
        )
        stop: StopRequested | None = None
        try:
            with self._adapters.disabled(), self._context.patch.lifted():
                teacher.read(self._team.share_of_folder(self._lessons.shards()), self._passes, self._report_reading)
        except StopRequested as request:
            stop = request
        self._team.together(self._context.control if stop is None else raising(stop))
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

    def _report_reading(self, done: int, total: int) -> None:
        self._emit(progressed("recover", worded("Reading the dense model"), done, total))
        if self._team.is_first:
            self._context.control()

    def _emit_step(self, loss: float, rate: float, seconds: float) -> None:
        self.seconds += seconds
        step, steps = self._step, self._settings.steps
        tokens = self._settings.batch_windows * self._windows.shape[1]
        stepped = RecoveryStepped(
            step=step,
            steps=steps,
            loss=loss,
            learning_rate=rate,
            tokens=step * tokens,
            tokens_per_second=pace(tokens, seconds),
        )
        emit_step(self._emit, stepped, self.seconds)

    def _measure(self) -> None:
        """Measure on the validation windows, emit the figures, and write a checkpoint."""
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
        emit_measured(self._emit, measured, best)
        if self._step < self._settings.steps and learns_too_fast(self._history):
            self._slow_down()
        self._save()

    def _slow_down(self) -> None:
        """Go back to the start with a lower learning rate, which suits each model and start in its own way."""
        self._adapters.load(self._best_adapter)
        self._optimisation.restart(SLOWER)
        self._log(slower_words(self._step, self._optimisation.peak_rate))

    def _stop_diverged(self) -> None:
        self._diverged = True
        self._log(diverged_words(self._step, self._settings.learning_rate), "warning")

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
        save_checkpoint(self._context.request.folder, self._context.fingerprint, checkpoint)

    def _resume(self) -> None:
        checkpoint = load_checkpoint(self._context.request.folder, self._context.fingerprint)
        self._team.wait()  # no process may write the next checkpoint before all have read this one
        if checkpoint is None:
            return
        progress = checkpoint.progress
        self._step, self.seconds, self._history = progress.step, progress.seconds, list(progress.history)
        self._losses = list(progress.losses)
        self._adapters.load(checkpoint.adapter)
        self._best_adapter = checkpoint.best_adapter
        self._optimisation.load(checkpoint.moments, progress.optimiser)
        self._log(resumed_words(self._step))

    def _plan(self) -> Message:
        weights = sum(parameter.numel() for parameter in self._adapters.parameters().values())
        return plan_words(weights, self._student.first, self._team.size)

    def _log(self, message: Message, level: Literal["info", "warning"] = "info") -> None:
        self._emit(message_logged(level, message))
