"""Verify an exported folder: reload it with stock transformers and compare it with the model in memory."""

import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import AutoModelForMultimodalLM, GenerationConfig, PreTrainedModel

from engine.api.errors import BadInput, LayerSwarmError, in_one_line
from engine.api.events import ExportVerified
from engine.export.manifest import ExportFacts
from engine.export.replacements import Replacements
from engine.export.rewrite import kept_tensors
from engine.models.architecture import find_decoder
from engine.models.folder import read_json, weight_headers
from engine.models.inventory import take_inventory
from engine.models.loading import load_model, load_stock
from engine.models.out_of_memory import one_memory_error
from engine.models.quiet import quiet_transformers
from engine.models.skeleton import build_wrapper
from engine.models.surgery import remove_layers

LOGIT_TOLERANCE = 1e-4
"""Largest absolute logit difference in float32."""
_WINDOWS = 2
_WINDOW_LENGTH = 48
_LONGEST_WINDOW = 2048
_PROMPT_LENGTH = 16
_NEW_TOKENS = 16
_SEED = 20


@dataclass(frozen=True)
class Expectation:
    """Outputs of the model in memory, kept after the model is released."""

    windows: torch.Tensor
    """[windows, length]"""
    logits: torch.Tensor
    """[windows, length, vocabulary], float32 on the CPU"""


def expected_answers(facts: ExportFacts, replaced: Mapping[str, torch.Tensor]) -> Expectation:
    """Load the source, remove the layers, insert the changed weights as rounded on disk, and run the model.

    Args:
        facts: The source and the removal.
        replaced: Changed weights by parameter name in the pruned model.

    Raises:
        BadInput: The model without these layers cannot read text alone, or generates otherwise with its KV cache.
        LayerSwarmError: A changed weight has no place in the model's files, or another shape.
    """
    rounded = _as_on_disk(facts, replaced)
    model = load_model(facts.source.path)
    remove_layers(model, facts.removed)
    parameters = dict(model.named_parameters())
    for name, tensor in rounded.items():
        parameters[name].data.copy_(tensor)
    windows = sample_windows(model)
    try:
        with one_memory_error():
            logits = logits_of(model, windows)
    except torch.OutOfMemoryError:
        raise
    except Exception as error:  # a model that needs a picture, or a config whose values fail only when it runs
        reason = in_one_line(error, 200)
        raise BadInput(f"{type(model).__name__} cannot read text alone ({reason}); nothing was written.") from error
    written = compare_generation(model, windows)
    if not written.passed:
        raise BadInput(f"{type(model).__name__} without these layers cannot be exported: {written.detail}.")
    return Expectation(windows, logits)


def _as_on_disk(facts: ExportFacts, replaced: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the changed weights rounded to the number formats of the files."""
    replacements = Replacements(replaced)
    kept = kept_tensors(take_inventory(facts.source.path), facts.removal) if replaced else ()
    rounded = {each.parameter: replacements.claim(each.stored, each.parameter) for each in kept if each.parameter}
    replacements.check_all_used()
    return {name: tensor for name, tensor in rounded.items() if tensor is not None}


def verify_export(folder: Path, facts: ExportFacts, expected: Expectation) -> Iterator[ExportVerified]:
    """Reload a folder and yield one event for each check, passed or not; stop where it cannot be loaded.

    Args:
        folder: The export.
        facts: The counts that it must have.
        expected: The outputs that it must give.
    """
    gc.collect()  # the expected model has reference cycles; two models at once may not fit
    size = sum(entry.size for _, header in weight_headers(folder) for entry in header.tensors)
    yield _equal("bytes", size, facts.bytes)
    try:
        model = load_stock(folder)
    except LayerSwarmError as error:
        yield ExportVerified(check="reload", passed=False, detail=str(error))
        return
    yield ExportVerified(check="reload", passed=True, detail=f"loaded as {type(model).__name__}")
    yield _equal("layers", len(find_decoder(model).layers), len(facts.removal.kept))
    yield _equal("parameters", _stored_numbers(model), facts.parameters)
    yield compare_logits(logits_of(model, expected.windows), expected.logits)
    yield compare_generation(model, expected.windows)
    wrapper = build_wrapper(read_json(folder / "config.json"))
    if wrapper is not None:
        del model
        gc.collect()
        yield _compare_wrapper(folder, expected)


def _compare_wrapper(folder: Path, expected: Expectation) -> ExportVerified:
    """Reload the whole multimodal model in its own class and compare its logits on the same text."""
    try:
        model = load_stock(folder, AutoModelForMultimodalLM)
    except LayerSwarmError as error:
        return ExportVerified(check="whole model", passed=False, detail=str(error))
    found = compare_logits(logits_of(model, expected.windows), expected.logits)
    detail = f"loaded as {type(model).__name__}; {found.detail}"
    return ExportVerified(check="whole model", passed=found.passed, detail=detail)


def _equal(check: str, found: int, predicted: int) -> ExportVerified:
    detail = f"{found:,}, as predicted" if found == predicted else f"{found:,} where {predicted:,} were predicted"
    return ExportVerified(check=check, passed=found == predicted, detail=detail)


def _stored_numbers(model: PreTrainedModel) -> int:
    """Return the number of parameters and of buffers that files hold, such as a router's correction bias."""
    stored = model.state_dict().keys()
    buffers = sum(buffer.numel() for name, buffer in model.named_buffers() if name in stored)
    return buffers + sum(parameter.numel() for parameter in model.parameters())


def sample_windows(model: PreTrainedModel) -> torch.Tensor:
    """Return random tokens [windows, length], longer than a sliding window where the model has a short one.

    They are from the middle of the vocabulary, away from the special tokens at its ends.
    """
    config = model.config.get_text_config(decoder=True)
    longest = min(getattr(config, "max_position_embeddings", None) or _LONGEST_WINDOW, _LONGEST_WINDOW)
    sliding = getattr(config, "sliding_window", None) or 0
    length = min(max(_WINDOW_LENGTH, sliding + _WINDOW_LENGTH), longest)
    generator = torch.Generator().manual_seed(_SEED)
    low, high = config.vocab_size // 8, config.vocab_size // 2
    return torch.randint(low, high, (_WINDOWS, length), generator=generator)


@torch.no_grad()
def logits_of(model: PreTrainedModel, windows: torch.Tensor) -> torch.Tensor:
    """Return the last positions' logits [windows, length, vocabulary]; run one window at a time to save memory."""
    outputs = [model(input_ids=window[None], use_cache=False).logits[:, -_WINDOW_LENGTH:] for window in windows]
    return torch.cat(outputs).float()


def compare_logits(found: torch.Tensor, expected: torch.Tensor) -> ExportVerified:
    """Check that two tensors of logits [windows, length, vocabulary] agree within ``LOGIT_TOLERANCE``."""
    difference = (found - expected).abs().max().item() if found.shape == expected.shape else float("inf")
    detail = f"largest difference to the model in memory {difference:.2g} (allowed {LOGIT_TOLERANCE:g})"
    return ExportVerified(check="logits", passed=difference <= LOGIT_TOLERANCE, detail=detail)


@torch.no_grad()
def _is_greedy(model: PreTrainedModel, tokens: torch.Tensor, given: int) -> bool:
    """Return whether each token after the first ``given`` is the most likely one, without the KV cache.

    All are read in one forward, since tokens attend to earlier ones only: where every token is the most likely one
    after those before it, generating without the cache gives the same.

    Args:
        model: In evaluation mode.
        tokens: A prompt and its continuation [1, length].
        given: Length of the prompt.
    """
    logits = model(input_ids=tokens[:, :-1], use_cache=False).logits[:, given - 1 :]
    return torch.equal(logits.argmax(-1), tokens[:, given:])


@torch.no_grad()
def compare_generation(model: PreTrainedModel, windows: torch.Tensor) -> ExportVerified:
    """Check that greedy tokens are the same with the KV cache, whose slots follow layer numbers, and without it."""
    prompt = windows[:1, :_PROMPT_LENGTH]
    try:
        with one_memory_error():
            tokens = greedy(model, prompt, _NEW_TOKENS)
            same = _is_greedy(model, tokens, prompt.shape[1])
    except torch.OutOfMemoryError:
        raise
    except Exception as error:  # a wrong layer number can raise any error within generate()
        reason = in_one_line(error, 200)
        return ExportVerified(check="generation", passed=False, detail=f"generating with the KV cache failed: {reason}")
    detail = f"{_NEW_TOKENS} greedy tokens with the KV cache {'equal' if same else 'differ from'} those without it"
    return ExportVerified(check="generation", passed=same, detail=detail)


def check_writing(model: PreTrainedModel) -> None:
    """Check before the search that the dense model generates with its KV cache, as every export must.

    In 32 bits it must generate the same tokens without the cache; in fewer bits rounding may decide between two.

    Raises:
        BadInput: Transformers cannot generate with it.
        torch.OutOfMemoryError: The model does not fit.
    """
    prompt = sample_windows(model)[:1, :_PROMPT_LENGTH].to(model.device)
    exact = model.dtype == torch.float32
    try:
        with one_memory_error():
            tokens = greedy(model, prompt, _NEW_TOKENS if exact else 2)
            same = not exact or _is_greedy(model, tokens, prompt.shape[1])
    except torch.OutOfMemoryError:
        raise
    except Exception as error:  # a family's cache can raise any error
        reason = in_one_line(error, 200)
        raise BadInput(
            f"{type(model).__name__} cannot generate with a KV cache in this version of transformers ({reason}), so no "
            "export of it could be verified; it is not supported."
        ) from error
    if not same:
        raise BadInput(
            f"{type(model).__name__} generates otherwise with its KV cache than without, before any layer is removed, "
            "so no export of it could be verified; it is not supported."
        )


def greedy(model: PreTrainedModel, prompt: torch.Tensor, new_tokens: int) -> torch.Tensor:
    """Return ``prompt`` [1, length] and its greedy continuation with the KV cache, past the end token too.

    The model's own generation config is ignored, since it may set sampling, beams or code from the Hub.

    Args:
        model: In evaluation mode.
        prompt: Tokens [1, length].
        new_tokens: Tokens to generate.
    """
    own = model.generation_config
    model.generation_config = GenerationConfig()
    how = GenerationConfig(
        do_sample=False,
        num_beams=1,
        max_new_tokens=new_tokens,
        min_new_tokens=new_tokens,
        use_cache=True,
        pad_token_id=0,
    )
    try:
        with quiet_transformers():
            tokens: torch.Tensor = model.generate(  # type: ignore[operator]  # the mixin's method is typed as a Tensor
                prompt, attention_mask=torch.ones_like(prompt), generation_config=how
            )
    finally:
        model.generation_config = own
    return tokens
