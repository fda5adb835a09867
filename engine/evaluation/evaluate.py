"""One model, all its figures: the same code for dense, pruned and recovered."""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.evaluation_events import (
    HELDOUT_KL,
    HELDOUT_LOG_PERPLEXITY,
    ModelEvaluated,
    SpeedMeasured,
    TaskFinished,
    TextGenerated,
    Variant,
)
from engine.api.evaluation_settings import EvaluationSettings
from engine.api.event import Event, MessageLogged
from engine.api.locations import given_path
from engine.api.run_state import RunState
from engine.evaluation.footprint import footprint
from engine.evaluation.heldout import HeldoutLosses, HeldoutReference
from engine.evaluation.paired import Sampled, SampledFigures
from engine.evaluation.perplexity import text_loss
from engine.evaluation.speed import measure_speed
from engine.evaluation.tasks import run_task
from engine.evaluation.writing import continuation
from engine.models.progress import Report
from engine.results.text_names import text_names

_PROMPT_SEED = 0
_BEFORE: dict[Variant, tuple[Variant, ...]] = {"dense": (), "pruned": ("dense",), "recovered": ("dense", "pruned")}
"""What each variant is compared with."""


@dataclass(frozen=True)
class Evaluation:
    """Everything that is measured of one model.

    Attributes:
        model: in evaluation mode, on its device.
        tokenizer: the model's.
        variant: which of the three it is.
        sizes: its layers, parameters and bytes on disk, as counted.
        reference: the dense model on the held-out windows; without it those figures are undefined (nan).
        settings: texts, tasks, prompts, and how speed is measured.
        known: what has been said so far; it must take in every event before the next one is asked for.
        figures: those of the models before, for the differences.
        report: told how far the work is; may raise to stop.
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
        """Measure what is not known yet, and say it; ``ModelEvaluated`` comes last.

        Raises:
            BadInput: a text or a task cannot be used.
            LayerSwarmError: a task fails.
        """
        yield from self._speeds()
        if self.variant not in self.known.footprints:
            yield footprint(self.model, self.variant, self.settings.cache_context)
        yield from self._written()
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
            prefill_tokens_per_second=speed.prefill.median,
            decode_tokens_per_second=speed.decode.median,
            peak_memory=speed.peak_memory,
        )

    def _shown_speed(self) -> SpeedMeasured:
        """That of the first prompt length and batch size."""
        return next(speed for (variant, _, _), speed in self.known.speeds.items() if variant == self.variant)

    def _speeds(self) -> Iterator[Event]:
        """Every prompt length with every batch size; what does not fit is left out, but for the first."""
        lengths = dict.fromkeys(map(self._fitting, self.settings.prompt_tokens))
        pairs = [(length, rows) for length in lengths for rows in dict.fromkeys(self.settings.batch_sizes)]
        for length, rows in pairs:
            if (self.variant, length, rows) in self.known.speeds:
                continue
            decode, repeats = self.settings.decode_tokens, self.settings.repeats
            try:
                yield measure_speed(self.model, self.variant, self._prompts(length, rows), decode, repeats, self.report)
            except torch.OutOfMemoryError:
                if (length, rows) == pairs[0]:
                    raise
                words = f"{rows} prompts of {length} tokens do not fit into the device's memory; not timed."
                yield MessageLogged(level="warning", message=f"{self.variant.capitalize()}: {words}")

    def _fitting(self, length: int) -> int:
        """A prompt length that leaves room for the answer in the model's context."""
        return max(1, min(length, self._context - self.settings.decode_tokens)) if self._context else length

    @property
    def _context(self) -> int:
        """Tokens that the model takes at most; 0 where it does not say."""
        return getattr(self.model.config.get_text_config(decoder=True), "max_position_embeddings", None) or 0

    def _prompts(self, length: int, rows: int) -> Tensor:
        """The same random tokens for every variant [rows, length]."""
        vocabulary = self.model.config.get_text_config(decoder=True).vocab_size
        return torch.randint(vocabulary, (rows, length), generator=torch.Generator().manual_seed(_PROMPT_SEED))

    def _written(self) -> Iterator[Event]:
        prompts = dict.fromkeys(prompt for prompt in self.settings.prompts if prompt)
        for done, prompt in enumerate(prompts):
            if (prompt, self.variant) not in self.known.generated:
                self.report("Writing after the prompts", done, len(prompts))
                text = continuation(self.model, self.tokenizer, prompt, self.settings.written_tokens, self._context)
                yield TextGenerated(variant=self.variant, prompt=prompt, text=text)

    def _text(self, text: str) -> Iterator[Event]:
        path = given_path(text)
        loss = text_loss(self.model, self.tokenizer, path, self.settings, self.report)
        per_token = loss.bytes * math.log(2) / sum(loss.predicted)
        weights = tuple(count * per_token for count in loss.predicted)
        sampled = Sampled(loss.bits_per_byte, None, loss.losses, weights)
        yield from self._compared(f"bits per byte, {text_names(self.settings.texts)[text]}", sampled)
        yield loss.event(self.variant, text)

    def _task(self, task: str) -> Iterator[Event]:
        started = time.monotonic()
        for figure in run_task(task, self.model, self.tokenizer, self.settings, self.report):
            yield figure.event(self.variant)
            if self.known.tasks[self.variant, figure.task, figure.metric].part_of != figure.part_of:
                continue  # known by itself already: this part of a group does not count
            sampled = Sampled(figure.value, figure.stderr, figure.samples)
            yield from self._compared(f"{figure.task}, {figure.metric}", sampled)
        yield TaskFinished(variant=self.variant, task=task, seconds=time.monotonic() - started)

    def _compared(self, figure: str, sampled: Sampled) -> Iterator[Event]:
        self.figures.keep(self.variant, figure, sampled)
        for against in _BEFORE[self.variant]:
            difference = self.figures.difference(self.variant, against, figure)
            if difference is not None:
                yield difference
