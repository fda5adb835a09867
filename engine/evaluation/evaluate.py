"""One model, all its figures: the same code for dense, pruned and recovered."""

import math

import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.events import ModelEvaluated, TaskEvaluated
from engine.api.settings import EvaluationSettings, Variant
from engine.evaluation.heldout import HeldoutReference
from engine.evaluation.perplexity import settings_perplexity
from engine.evaluation.speed import measure_speed
from engine.evaluation.tasks import evaluate_tasks
from engine.models.progress import Report

_PROMPT_SEED = 0


def evaluate_model(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    variant: Variant,
    sizes: tuple[int, int, int],
    reference: HeldoutReference | None,
    settings: EvaluationSettings,
    report: Report,
) -> tuple[ModelEvaluated, list[TaskEvaluated]]:
    """Measure a model.

    Args:
        model: in evaluation mode, on its device.
        tokenizer: the model's.
        variant: which of the three it is.
        sizes: its layers, parameters and bytes on disk, as counted.
        reference: the dense model on the held-out windows; without it those figures are undefined (nan).
        settings: text, tasks, and how speed is measured.
        report: told how far the work is; may raise to stop.

    Raises:
        BadInput: the text or a task cannot be used.
        LayerSwarmError: a task fails.
    """
    kl, perplexity = (math.nan, math.nan) if reference is None else reference.measure(model, report)
    on_text = settings_perplexity(model, tokenizer, settings, report)
    speed = measure_speed(model, _prompt(model, settings), settings.decode_tokens, settings.repeats, report)
    tasks = evaluate_tasks(model, tokenizer, variant, settings, report)
    layers, parameters, size = sizes
    evaluated = ModelEvaluated(
        variant=variant,
        layers=layers,
        parameters=parameters,
        bytes=size,
        heldout_perplexity=perplexity,
        heldout_kl=kl,
        text_perplexity=on_text,
        prefill_tokens_per_second=speed.prefill_tokens_per_second,
        decode_tokens_per_second=speed.decode_tokens_per_second,
        peak_memory=speed.peak_memory,
    )
    return evaluated, tasks


def _prompt(model: PreTrainedModel, settings: EvaluationSettings) -> Tensor:
    """The same random tokens for every variant [length], short enough for the model's context."""
    config = model.config.get_text_config(decoder=True)
    context = getattr(config, "max_position_embeddings", None) or settings.prompt_tokens + settings.decode_tokens
    length = max(1, min(settings.prompt_tokens, context - settings.decode_tokens))
    return torch.randint(config.vocab_size, (length,), generator=torch.Generator().manual_seed(_PROMPT_SEED))
