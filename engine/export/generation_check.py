"""Check that a model generates text, and the same with its KV cache as without it."""

import torch
from transformers import GenerationConfig, PreTrainedModel

from engine.api.errors import BadInput, quoted
from engine.api.events import ExportVerified
from engine.api.message import worded
from engine.export.sample_windows import sample_windows
from engine.export.verification_way import VerificationWay
from engine.models.out_of_memory import one_memory_error
from engine.models.quiet import quiet_transformers

_PROMPT_LENGTH = 16
_NEW_TOKENS = 8
_STREAMED_TOKENS = 2
"""Tokens to generate where each of them reads all weights from disk; the second one needs the KV cache."""


def tokens_to_generate(way: VerificationWay) -> int:
    """Return the number of tokens to generate in a check."""
    return _STREAMED_TOKENS if way.by_layers else _NEW_TOKENS


def rounding(logits: torch.Tensor, dtype: torch.dtype) -> float:
    """Return the difference between the largest logit and its neighbour in a number format."""
    return torch.finfo(dtype).eps * logits.abs().max().item()


@torch.no_grad()
def _is_greedy(model: PreTrainedModel, tokens: torch.Tensor, given: int) -> bool:
    """Return whether each token after the first ``given`` is the most likely one, without the KV cache.

    All are read in one forward, since tokens attend to earlier ones only: where every token is the most likely one
    after those before it, generating without the cache gives the same. In fewer than 32 bits rounding may decide
    between two.

    Args:
        model: In evaluation mode.
        tokens: A prompt and its continuation [1, length].
        given: Length of the prompt.
    """
    logits = model(input_ids=tokens[:, :-1], use_cache=False).logits[:, given - 1 :].float()
    own = logits.gather(-1, tokens[:, given:, None]).squeeze(-1)
    allowed = 0.0 if model.dtype == torch.float32 else 4 * rounding(logits, model.dtype)
    best = logits.amax(-1)
    return bool(((own >= best - allowed) | best.isnan()).all())  # what computes no numbers is refused in other words


@torch.no_grad()
def compare_generation(model: PreTrainedModel, windows: torch.Tensor, new_tokens: int = _NEW_TOKENS) -> ExportVerified:
    """Check that greedy tokens are the same with the KV cache, whose slots follow layer numbers, and without it.

    Args:
        model: In evaluation mode.
        windows: Tokens [windows, length], of which the first begin the text.
        new_tokens: Tokens to generate.
    """
    prompt = windows[:1, :_PROMPT_LENGTH]
    try:
        with one_memory_error():
            tokens = greedy(model, prompt, new_tokens)
            same = _is_greedy(model, tokens, prompt.shape[1])
    except torch.OutOfMemoryError:
        raise
    except Exception as error:  # a wrong layer number can raise any error within generate()
        reason = quoted(error, 200)
        return ExportVerified(
            check="generation", passed=False, detail=worded("generating with the KV cache failed: {0}", reason)
        )
    detail = (
        worded("{0} greedy tokens with the KV cache equal those without it", new_tokens)
        if same
        else worded("{0} greedy tokens with the KV cache differ from those without it", new_tokens)
    )
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
        reason = quoted(error, 200)
        raise BadInput(
            worded(
                "{0} cannot generate with a KV cache in this version of transformers ({1}), so no export of it could "
                "be verified; it is not supported.",
                type(model).__name__,
                reason,
            )
        ) from error
    if not same:
        raise BadInput(
            worded(
                "{0} generates otherwise with its KV cache than without, before any layer is removed, so no export "
                "of it could be verified; it is not supported.",
                type(model).__name__,
            )
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
