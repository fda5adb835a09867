"""Measure one model; the same code measures every variant."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.clock import seconds_awake
from engine.api.evaluation_events import (
    HELDOUT_KL,
    HELDOUT_LOG_PERPLEXITY,
    VARIANT_TITLES,
    VARIANTS,
    AnswersChecked,
    ModelEvaluated,
    SpeedMeasured,
    TaskFinished,
    TextGenerated,
    Variant,
)
from engine.api.evaluation_settings import EvaluationSettings
from engine.api.event import Event, message_logged
from engine.api.locations import given_path
from engine.api.message import Message, worded
from engine.api.run_state import RunState
from engine.evaluation.answers import checked_answers
from engine.evaluation.footprint import footprint
from engine.evaluation.heldout import HeldoutLosses, HeldoutReference
from engine.evaluation.paired import Sampled, SampledFigures
from engine.evaluation.perplexity import text_loss
from engine.evaluation.speeds import context_length, speed_events
from engine.evaluation.tasks import run_task
from engine.evaluation.writing import continuation
from engine.models.progress import Report
from engine.models.streaming.streamed_model import is_streamed_model
from engine.results.text_names import text_names

_BEFORE = {variant: VARIANTS[: min(place, 2)] for place, variant in enumerate(VARIANTS)}
"""The variants that each one is compared with."""


_STREAMED = worded(
    "its layers are fetched one after the other, so that each new token would read the whole model; speed is not timed "
    "and no text is generated. The Export page estimates its speed on other devices."
)


@dataclass(frozen=True)
class Evaluation:
    """All measurements of one model.

    Attributes:
        model: In evaluation mode, on its device.
        tokenizer: The model's.
        variant: Which variant it is.
        sizes: Its layers, parameters and bytes on disk, as counted.
        reference: The dense model on the held-out windows; without it those figures are undefined (nan).
        settings: Texts, tasks, prompts, and how speed is measured.
        known: The events so far. Apply each event to it before taking the next one.
        figures: Figures of the models measured before, for the differences.
        report: Called with the progress. It may raise to stop.
    """

    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase
    variant: Variant
    sizes: tuple[int, int, int]
    reference: HeldoutReference | None
    settings: EvaluationSettings
    known: RunState
    figures: SampledFigures
    report: Report

    def events(self) -> Iterator[Event]:
        """Yield an event for each figure that is not known yet; the last one is ``ModelEvaluated``.

        Raises:
            BadInput: A text or a task cannot be used.
            LayerSwarmError: A task fails.
            torch.OutOfMemoryError: The shortest prompt, or a single window or answer, does not fit.
        """
        if is_streamed_model(self.model):
            yield message_logged("info", worded("{0}: {1}", VARIANT_TITLES[self.variant], _STREAMED))
        else:
            yield from self._speeds()
        if self.variant not in self.known.footprints:
            yield footprint(self.model, self.variant, self.settings.cache_context)
        if not is_streamed_model(self.model):
            yield from self._written()
            yield from self._answered()
        for text in self.settings.texts:
            if (self.variant, text) not in self.known.texts:
                yield from self._text(text)
        for task in self.settings.tasks:
            if (self.variant, task) not in self.known.tasks_finished:
                yield from self._task(task)
        losses = self.reference.measure(self.model, self.report) if self.reference is not None else None
        if losses is not None:
            yield from self._compared(HELDOUT_KL, losses.divergence)
            yield from self._compared(HELDOUT_LOG_PERPLEXITY, losses.log_perplexity)
        yield self._model_evaluated(losses)

    def _model_evaluated(self, losses: HeldoutLosses | None) -> ModelEvaluated:
        layers, parameters, size = self.sizes
        speed = self._shown_speed()
        text = self.known.texts.get((self.variant, self.settings.texts[0])) if self.settings.texts else None
        return ModelEvaluated(
            variant=self.variant,
            layers=layers,
            parameters=parameters,
            bytes=size,
            heldout_perplexity=math.nan if losses is None else losses.perplexity,
            heldout_kl=math.nan if losses is None else losses.divergence.value,
            heldout_perplexity_error=None if losses is None else losses.perplexity_error,
            heldout_kl_error=None if losses is None else losses.divergence.stderr,
            text_perplexity=None if text is None else text.token_perplexity,
            prefill_tokens_per_second=math.nan if speed is None else speed.prefill.median,
            decode_tokens_per_second=math.nan if speed is None else speed.decode.median,
            peak_memory=None if speed is None else speed.peak_memory,
        )

    def _shown_speed(self) -> SpeedMeasured | None:
        """Return the speed at the first prompt length and batch size; None where no speed was measured."""
        speeds = (speed for (variant, _, _), speed in self.known.speeds.items() if variant == self.variant)
        return next(speeds, None)

    def _speeds(self) -> Iterator[Event]:
        """Measure the speeds that are not known yet."""
        known = {(length, rows) for (variant, length, rows) in self.known.speeds if variant == self.variant}
        yield from speed_events(self.model, self.variant, self.settings, self.report, known)

    @property
    def _context(self) -> int:
        return context_length(self.model)

    def _written(self) -> Iterator[Event]:
        prompts = dict.fromkeys(prompt for prompt in self.settings.prompts if prompt)
        for done, prompt in enumerate(prompts):
            if (prompt, self.variant) not in self.known.generated:
                self.report(worded("Continuing the prompts"), done, len(prompts))
                text = continuation(self.model, self.tokenizer, prompt, self.settings.written_tokens, self._context)
                yield TextGenerated(variant=self.variant, prompt=prompt, text=text)

    def _answered(self) -> Iterator[Event]:
        limit = self.settings.answer_tokens
        if not limit or self.variant in self.known.answers:
            return
        answers = checked_answers(self.model, self.tokenizer, limit, self._context, self.report)
        if answers:
            yield AnswersChecked(variant=self.variant, limit=limit, answers=answers)
        elif self.variant == "dense":
            words = worded(
                "The model's context is too short for a question and an answer, so its answers are not checked."
            )
            yield message_logged("warning", words)

    def _text(self, text: str) -> Iterator[Event]:
        path = given_path(text)
        loss = text_loss(self.model, self.tokenizer, path, self.settings, self.report)
        per_token = loss.bytes * math.log(2) / sum(loss.predicted)
        weights = tuple(count * per_token for count in loss.predicted)
        sampled = Sampled(loss.bits_per_byte, None, loss.losses, weights)
        yield from self._compared(f"bits per byte, {text_names(self.settings.texts)[text]}", sampled)
        yield loss.event(self.variant, text)

    def _task(self, task: str) -> Iterator[Event]:
        started, warnings = seconds_awake(), list[Message]()
        figures = run_task(task, self.model, self.tokenizer, self.settings, self.report, warnings.append)
        if self.variant == "dense":  # the same for all variants
            yield from (message_logged("warning", sentence) for sentence in warnings)
        for figure in figures:
            yield figure.event(self.variant)
            if self.known.tasks[self.variant, figure.task, figure.metric].part_of != figure.part_of:
                continue  # measured as a task of its own already, so its figure as part of a group is ignored
            sampled = Sampled(figure.value, figure.stderr, figure.samples)
            yield from self._compared(f"{figure.task}, {figure.metric}", sampled)
        yield TaskFinished(variant=self.variant, task=task, seconds=seconds_awake() - started)

    def _compared(self, figure: str, sampled: Sampled) -> Iterator[Event]:
        self.figures.keep(self.variant, figure, sampled)
        for against in _BEFORE[self.variant]:
            difference = self.figures.difference(self.variant, against, figure)
            if difference is not None:
                yield difference
