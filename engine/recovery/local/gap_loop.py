"""Train the layers around one gap after the other, from below: steps, measurements, events, stopping and resuming."""

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import Literal

from transformers import PreTrainedModel

from engine.api.clock import seconds_awake
from engine.api.control import StopRequested
from engine.api.errors import LayerSwarmError
from engine.api.event import message_logged, progressed
from engine.api.events import Emit, RecoveryStepped
from engine.api.message import Message, worded
from engine.models.causal_head import CausalHead
from engine.models.decoder_stack import DecoderStack
from engine.models.device_sizes import BATCH_TOKENS
from engine.models.weight_files import PlannedTensor
from engine.models.weight_patch import WeightPatch
from engine.recovery.checkpoints import Checkpoint
from engine.recovery.local.block_training import BlockTraining
from engine.recovery.local.blocks import Block
from engine.recovery.local.lessons import LocalLessons
from engine.recovery.local.standing import Standing
from engine.recovery.log_words import block_words, diverged_words, resumed_words, slower_words, stalled_words
from engine.recovery.loss import Heads, flat_head
from engine.recovery.merge import write_merged
from engine.recovery.passes import Passes
from engine.recovery.student import Student, lowest_changed
from engine.recovery.team import Team
from engine.recovery.training_events import emit_measured, emit_step, pace
from engine.recovery.training_request import TrainingRequest
from engine.recovery.validation import Validation
from engine.recovery.verdict import NOT_FINITE, RecoveryResult, best_of, learns_too_fast, outcome_of


class LocalTraining:
    """One training. A checkpoint holds its state between two steps.

    Args:
        stack: The dense model.
        view: The pruned model, which shares its layers.
        blocks: The layers around the gaps, from below.
        names: The weights to train in each layer; see ``trained_weights``.
        request: Windows, settings and folder.
        fingerprint: Digest of everything that the training depends on.
        emit: Receives each event.
        control: Called between steps; raises to stop.
    """

    def __init__(
        self,
        stack: DecoderStack,
        view: PreTrainedModel,
        blocks: Sequence[Block],
        names: Mapping[int, Mapping[str, str]],
        request: TrainingRequest,
        fingerprint: str,
        emit: Emit,
        control: Callable[[], None],
    ) -> None:
        self._stack, self._view, self._blocks, self._names = stack, view, blocks, names
        self._request, self._settings = request, request.settings
        self._emit, self._control = emit, control
        self._team = Team(cpu=stack.device.type == "cpu")
        self._standing = Standing(request.folder, fingerprint)
        self._validation = self._prepared_validation()
        self._lessons: LocalLessons | None = None
        self._diverged = False

    @property
    def seconds(self) -> float:
        """Seconds spent on the steps, over all sessions."""
        return self._standing.seconds

    def run(self) -> bool:
        """Train to the end; return whether a person ended it early to keep the best.

        Raises:
            StopRequested: To pause or to discard.
            LayerSwarmError: The pruned model's own figures are not finite, or there is no room for the states.
            torch.OutOfMemoryError: The layers around a gap and their optimiser do not fit.
        """
        standing = self._standing
        begun = standing.resume()
        if begun is not None:
            self._log(resumed_words(standing.step))
        else:
            with self._repaired():
                self._measure(None)
        if not standing.history:
            raise LayerSwarmError(NOT_FINITE)
        try:
            while standing.gap < len(self._blocks):
                self._train_block(begun)
                begun = None
        except StopRequested as stop:
            if stop.mode != "keep_best":
                raise
            return True
        return False

    def result(self) -> RecoveryResult:
        """Return the result so far; write the best weights where they are better than none."""
        history, merged = self._standing.history, None
        if best_of(history).step > 0:
            trained = {name: PlannedTensor.of(tensor) for name, tensor in self._standing.best.items()}
            merged = write_merged(self._request.folder, self._request.folded, trained)
        return outcome_of(history, merged, self._request.start_variant)

    def _prepared_validation(self) -> Validation:
        """Return what measures the repaired model, from the lowest layer upward that differs from the dense one."""
        windows, removed, first = self._request.windows, self._request.removed, self._blocks[0].first
        folded = lowest_changed(self._view, removed, self._request.folded)
        student = Student(self._stack, removed, "seam", lowest_changed=first if folded is None else min(first, folded))
        head = flat_head(CausalHead(self._stack.model, self._stack.answer))
        passes = Passes(max(1, BATCH_TOKENS // windows.learnt.shape[1]), self._log)
        return Validation(student, Heads(head, head), windows, passes, self._stack.vocabulary, self._team)

    def _repaired(self) -> AbstractContextManager[None]:
        """Give the layers the best weights so far inside a ``with`` block: folded ones, and those of gaps below."""
        return WeightPatch(self._view, {**self._request.folded, **self._standing.best}).applied()

    def _train_block(self, begun: Checkpoint | None) -> None:
        """Train the layers around the present gap.

        Args:
            begun: The checkpoint of its training, where that began in an earlier session.

        Raises:
            StopRequested: A person stopped the training.
        """
        block, lessons = self._blocks[self._standing.gap], self._read()
        self._team.accelerator.free_memory()  # it keeps each optimiser that it has prepared
        with self._repaired(), ExitStack() as held:
            lessons.move_to(block.first, self._request.removed, self._control)
            for layer in block.layers:
                held.enter_context(self._stack.held(layer))
            training = BlockTraining(block, self._view, self._names, self._settings, self._team)
            if begun is not None and begun.adapter:
                training.load(begun.adapter, begun.moments, begun.progress.optimiser)
            self._log(block_words(training.numbers, block.layers, block.gap, self._standing.gap + 1, len(self._blocks)))
            try:
                self._take_steps(training, lessons)
            except StopRequested as stop:
                self._stop(training, stop)
        self._diverged = False
        self._standing.next_gap()

    def _stop(self, training: BlockTraining, stop: StopRequested) -> None:
        if stop.mode == "pause":
            self._standing.save(training)
        elif stop.mode == "keep_best" and self._standing.step > self._standing.history[-1].step:
            self._measure(training)
        raise stop

    def _take_steps(self, training: BlockTraining, lessons: LocalLessons) -> None:
        standing, settings = self._standing, self._settings
        while standing.gap_step < settings.steps and not self._diverged and not standing.stalled(settings.patience):
            self._control()
            self._take_step(training, lessons)
            due = standing.gap_step % settings.evaluate_every == 0 or standing.gap_step == settings.steps
            if due and not self._diverged:
                self._measure(training)
                self._standing.save_now_and_then(training)
        if standing.gap_step < settings.steps and not self._diverged:
            self._log(stalled_words(best_of(standing.of_this_gap).step, settings.patience, standing.step))

    def _take_step(self, training: BlockTraining, lessons: LocalLessons) -> None:
        started = seconds_awake()
        loss = training.gradients(lessons.batch(self._standing.gap_step))
        rate = training.optimisation.learning_rate
        if not training.optimisation.step(loss):
            self._stop_diverged()
            return
        self._standing.step += 1
        self._standing.losses.append(float(loss))
        self._emit_step(float(loss), rate, seconds_awake() - started)

    def _read(self) -> LocalLessons:
        """Return the lessons; run the dense model for them at their first use."""
        if self._lessons is None:
            self._lessons = LocalLessons(self._stack, self._request.windows.learnt, self._blocks, self._settings)
            self._lessons.read(self._report_reading)
        return self._lessons

    def _report_reading(self, done: int, total: int) -> None:
        self._control()
        self._emit(progressed("recover", worded("Reading the dense model"), done, total))

    def _emit_step(self, loss: float, rate: float, seconds: float) -> None:
        standing = self._standing
        standing.seconds += seconds
        steps = standing.gap_start + (len(self._blocks) - standing.gap) * self._settings.steps
        tokens = self._settings.batch_windows * self._request.windows.learnt.shape[1]
        stepped = RecoveryStepped(
            step=standing.step,
            steps=steps,
            loss=loss,
            learning_rate=rate,
            tokens=standing.step * tokens,
            tokens_per_second=pace(tokens, seconds),
            local=True,
        )
        emit_step(self._emit, stepped, standing.seconds)

    def _measure(self, training: BlockTraining | None) -> None:
        """Measure on the validation windows, and keep the weights if they are the best.

        Args:
            training: What is trained; None for the model that training starts from.
        """
        standing, weights = self._standing, training.weights() if training is not None else {}
        with WeightPatch(self._view, weights).applied():
            measured = self._validation.measure(standing.step, standing.losses, standing.gap)
        if not math.isfinite(measured.score):
            if standing.history:
                self._stop_diverged()
            return
        best = standing.measured(measured, weights)
        emit_measured(self._emit, measured, best)
        if training is not None and standing.gap_step < self._settings.steps and learns_too_fast(standing.of_this_gap):
            training.start_again()
            self._log(slower_words(standing.gap_step, training.optimisation.peak_rate))

    def _stop_diverged(self) -> None:
        self._diverged = True
        self._log(diverged_words(self._standing.step, self._settings.learning_rate), "warning")

    def _log(self, message: Message, level: Literal["info", "warning"] = "info") -> None:
        self._emit(message_logged(level, message))
