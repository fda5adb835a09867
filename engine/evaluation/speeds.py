"""Measure a model at every prompt length and batch size of the settings."""

from collections.abc import Collection, Iterator

import torch
from torch import Tensor
from transformers import PreTrainedModel

from engine.api.evaluation_events import VARIANT_TITLES, Variant
from engine.api.evaluation_settings import EvaluationSettings
from engine.api.event import Event, message_logged
from engine.api.message import worded
from engine.evaluation.speed import measure_speed
from engine.models.out_of_memory import one_memory_error
from engine.models.progress import Report

_PROMPT_SEED = 0


def speed_events(
    model: PreTrainedModel,
    variant: Variant,
    settings: EvaluationSettings,
    report: Report,
    known: Collection[tuple[int, int]] = (),
) -> Iterator[Event]:
    """Yield a ``SpeedMeasured`` for each pair of prompt length and batch size; a warning for those that do not fit.

    Args:
        model: In evaluation mode.
        variant: Which variant it is.
        settings: Lengths, batch sizes, tokens to generate, and repeats.
        report: Called with the progress. It may raise to stop.
        known: Pairs that are left out.

    Raises:
        torch.OutOfMemoryError: The first pair does not fit.
    """
    lengths = dict.fromkeys(_fitting(model, length, settings) for length in settings.prompt_tokens)
    pairs = [(length, rows) for length in lengths for rows in dict.fromkeys(settings.batch_sizes)]
    for length, rows in pairs:
        if (length, rows) in known:
            continue
        prompts = _prompts(model, length, rows)
        try:
            with one_memory_error():
                measured = measure_speed(model, variant, prompts, settings.decode_tokens, settings.repeats, report)
            yield measured
        except torch.OutOfMemoryError:
            if (length, rows) == pairs[0]:
                raise
            words = worded(
                "{0} prompts of {1} tokens do not fit into the device's memory and are not timed.", rows, length
            )
            yield message_logged("warning", worded("{0}: {1}", VARIANT_TITLES[variant], words))


def context_length(model: PreTrainedModel) -> int:
    """Return the context length of a model; 0 where its config states none."""
    return getattr(model.config.get_text_config(decoder=True), "max_position_embeddings", None) or 0


def _fitting(model: PreTrainedModel, length: int, settings: EvaluationSettings) -> int:
    """Return a prompt length that leaves room for the answer in the model's context."""
    context = context_length(model)
    return max(1, min(length, context - settings.decode_tokens)) if context else length


def _prompts(model: PreTrainedModel, length: int, rows: int) -> Tensor:
    """Return random tokens [rows, length], the same for every variant."""
    vocabulary = model.config.get_text_config(decoder=True).vocab_size
    return torch.randint(vocabulary, (rows, length), generator=torch.Generator().manual_seed(_PROMPT_SEED))
