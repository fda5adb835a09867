"""Verify an exported folder: reload it with stock transformers and compare it with the model in memory."""

import gc
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForMultimodalLM, PreTrainedModel

from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.events import ExportVerified
from engine.api.message import joined, worded
from engine.export.changed_layers import change_weights
from engine.export.generation_check import compare_generation, rounding, tokens_to_generate
from engine.export.manifest import ExportFacts
from engine.export.sample_windows import COMPARED, sample_windows
from engine.export.verification_way import VerificationWay
from engine.model_files.folder_content import read_json, weight_headers
from engine.models.architecture import find_decoder
from engine.models.loading import load_model, load_stock
from engine.models.out_of_memory import one_memory_error
from engine.models.skeleton import build_wrapper
from engine.models.surgery import remove_layers

LOGIT_TOLERANCE = 1e-4
"""Largest absolute logit difference in float32; in fewer bits it is one rounding of the largest logit."""


@dataclass(frozen=True)
class Expectation:
    """Outputs of the model in memory, kept after the model is released."""

    windows: torch.Tensor
    """[windows, length]"""
    logits: torch.Tensor
    """[windows, length, vocabulary], float32 on the CPU"""
    way: VerificationWay


def expected_answers(facts: ExportFacts, replaced: Mapping[str, torch.Tensor], way: VerificationWay) -> Expectation:
    """Load the source, remove the layers, insert the changed weights as rounded on disk, and run the model.

    Args:
        facts: The source and the removal.
        replaced: Changed weights by parameter name in the pruned model.
        way: How to load it.

    Raises:
        BadInput: The model without these layers cannot read text alone, or generates otherwise with its KV cache.
        LayerSwarmError: A changed weight has no place in the model's files, or another shape.
    """
    model = load_model(facts.source.path, dtype=way.dtype, placement=way.placement(facts.removal.layers))
    remove_layers(model, facts.removed)
    change_weights(model, facts, replaced)
    windows = sample_windows(model)
    try:
        with one_memory_error():
            logits = logits_of(model, windows, at_once=way.by_layers)
    except torch.OutOfMemoryError:
        raise
    except Exception as error:  # a model that needs a picture, or a config whose values fail only when it runs
        reason = quoted(error, 200)
        raise BadInput(
            worded("{0} cannot read text alone ({1}); nothing was written.", type(model).__name__, reason)
        ) from error
    written = None if way.by_layers else compare_generation(model, windows)
    if written is not None and not written.passed:
        raise BadInput(
            worded("{0} without these layers cannot be exported: {1}.", type(model).__name__, written.detail_words)
        )
    return Expectation(windows, logits, way)


def verify_export(folder: Path, facts: ExportFacts, expected: Expectation) -> Iterator[ExportVerified]:
    """Reload a folder and yield one event for each check, passed or not; stop where it cannot be loaded.

    Args:
        folder: The export.
        facts: The counts that it must have.
        expected: The outputs that it must give.
    """
    gc.collect()  # the expected model has reference cycles; two models at once may not fit
    way = expected.way
    size = sum(entry.size for _, header in weight_headers(folder) for entry in header.tensors)
    yield _equal_size(size, facts.bytes)
    try:
        model = reloaded(folder, len(facts.removal.kept), way)
    except LayerSwarmError as error:
        yield ExportVerified(check="reload", passed=False, detail=error.sentence)
        return
    yield ExportVerified(check="reload", passed=True, detail=loaded_as(model, way))
    yield _equal("layers", len(find_decoder(model).layers), len(facts.removal.kept))
    yield _equal("parameters", _stored_numbers(model), facts.parameters)
    yield compare_logits(logits_of(model, expected.windows, at_once=way.by_layers), expected.logits, way.dtype)
    yield compare_generation(model, expected.windows, tokens_to_generate(way))
    wrapper = build_wrapper(read_json(folder / "config.json"))
    if wrapper is not None and not way.by_layers:
        del model
        gc.collect()
        yield _compare_wrapper(folder, expected)


def reloaded(folder: Path, layers: int, way: VerificationWay) -> PreTrainedModel:
    """Load an export: with stock transformers where the whole model is in memory, else layer by layer.

    Args:
        folder: The export.
        layers: Number of its decoder layers.
        way: How to load it.

    Raises:
        LayerSwarmError: It cannot be loaded.
    """
    if way.by_layers:
        return load_model(folder, dtype=way.dtype, placement=way.placement(layers))
    return load_stock(folder, dtype=way.dtype)


def loaded_as(model: PreTrainedModel, way: VerificationWay) -> str:
    """Return in words how an export was loaded."""
    return joined(worded("loaded as {0}", type(model).__name__), way.words(), between=", ")


def _compare_wrapper(folder: Path, expected: Expectation) -> ExportVerified:
    """Reload the whole multimodal model in its own class and compare its logits on the same text."""
    try:
        model = load_stock(folder, AutoModelForMultimodalLM, expected.way.dtype)
    except LayerSwarmError as error:
        return ExportVerified(check="whole model", passed=False, detail=error.sentence)
    found = compare_logits(logits_of(model, expected.windows), expected.logits, expected.way.dtype)
    detail = joined(loaded_as(model, expected.way), found.detail_words, between="; ")
    return ExportVerified(check="whole model", passed=found.passed, detail=detail)


def _equal_size(found: int, predicted: int) -> ExportVerified:
    detail = (
        worded("{0:,} bytes, as predicted", found)
        if found == predicted
        else worded("{0:,} bytes where {1:,} were predicted", found, predicted)
    )
    return ExportVerified(check="bytes", passed=found == predicted, detail=detail)


def _equal(check: str, found: int, predicted: int) -> ExportVerified:
    detail = (
        worded("{0:,}, as predicted", found)
        if found == predicted
        else worded("{0:,} where {1:,} were predicted", found, predicted)
    )
    return ExportVerified(check=check, passed=found == predicted, detail=detail)


def _stored_numbers(model: PreTrainedModel) -> int:
    """Return the number of parameters and of buffers that files hold, such as a router's correction bias."""
    stored = model.state_dict().keys()
    buffers = sum(buffer.numel() for name, buffer in model.named_buffers() if name in stored)
    return buffers + sum(parameter.numel() for parameter in model.parameters())


@torch.no_grad()
def logits_of(model: PreTrainedModel, windows: torch.Tensor, at_once: bool = False) -> torch.Tensor:
    """Return the last positions' logits [windows, length, vocabulary] in float32.

    Args:
        model: In evaluation mode.
        windows: Tokens [windows, length].
        at_once: Whether all windows are run together, so that weights are read once; else one by one to save memory.
    """
    given = inspect.signature(model.forward).parameters
    how: dict[str, Any] = {"logits_to_keep": COMPARED} if "logits_to_keep" in given else {}
    batches = windows[None] if at_once else windows[:, None]
    outputs = [model(input_ids=batch, use_cache=False, **how).logits[:, -COMPARED:] for batch in batches]
    return torch.cat(outputs).float()


def compare_logits(found: torch.Tensor, expected: torch.Tensor, dtype: torch.dtype = torch.float32) -> ExportVerified:
    """Check that two tensors of logits [windows, length, vocabulary] agree within ``LOGIT_TOLERANCE``.

    Args:
        found: Logits of the export.
        expected: Logits of the model that it was made from.
        dtype: Number format in which both were computed.
    """
    difference = (found - expected).abs().max().item() if found.shape == expected.shape else float("inf")
    limit = LOGIT_TOLERANCE if dtype == torch.float32 else rounding(expected, dtype)
    return ExportVerified(
        check="logits",
        passed=difference <= limit,
        detail=worded("largest difference to the model in memory {0:.2g} (allowed {1:.2g})", difference, limit),
    )
