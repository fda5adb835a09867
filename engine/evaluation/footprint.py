"""Count the bytes that a model takes in use: weights at several precisions, and the KV cache."""

import math
from typing import Any

import torch
from torch import Tensor, nn
from transformers import DynamicCache, PreTrainedModel

from engine.api.evaluation_events import FootprintMeasured, Variant
from engine.models.architecture import find_decoder
from engine.models.cached_reading import CachedReading

GROUP = 32
"""Consecutive numbers of a row that share a scale."""
_SCALE_BYTES = 2


def footprint(model: PreTrainedModel, variant: Variant, context: int) -> FootprintMeasured:
    """Count the weights at 16, 8 and 4 bits, and the KV cache of one sequence.

    Args:
        model: In evaluation mode.
        variant: Which of the three it is.
        context: Tokens of the sequence.
    """
    cache = _cached(model, context)
    return FootprintMeasured(
        variant=variant,
        context=context,
        cache_bytes=sum(part.nbytes for part in cache),
        cache_elements=sum(part.numel() for part in cache),
        bytes_16bit=sum(2 * parameter.numel() for parameter in model.parameters()),
        bytes_8bit=quantised_bytes(model, 8),
        bytes_4bit=quantised_bytes(model, 4),
    )


def quantised_bytes(model: PreTrainedModel, bits: int) -> int:
    """Return the bytes with the decoder layers' matrices at ``bits`` and a 16-bit scale for each group of a row.

    Everything else (embeddings, head, norms, biases) stays in 16 bits. Tied weights count once.
    """
    in_layers = {id(parameter) for layer in find_decoder(model).layers for parameter in layer.parameters()}
    return sum(
        _group_bytes(parameter, bits) if id(parameter) in in_layers and parameter.ndim >= 2 else 2 * parameter.numel()
        for parameter in model.parameters()
    )


def _group_bytes(matrix: nn.Parameter, bits: int) -> int:
    rows = matrix.numel() // matrix.shape[-1]
    row = math.ceil(matrix.shape[-1] * bits / 8) + _SCALE_BYTES * math.ceil(matrix.shape[-1] / GROUP)
    return rows * row


@torch.no_grad()
def _cached(model: PreTrainedModel, context: int) -> list[Tensor]:
    """Return the tensors of the KV cache of one sequence of ``context`` tokens, without memory behind the long ones.

    Two tokens show which tensors each layer keeps. The model's own kind of cache is then filled on the meta device with
    as many as the context has: a sliding window keeps only its own length, and a layer with a state instead of keys
    counts that state.
    """
    reading = CachedReading(model)
    reading.next_logits(torch.zeros((1, 2), dtype=torch.long))
    filled = DynamicCache(config=model.config)
    found: list[Tensor] = []
    for index, layer in enumerate(reading.cache.layers):
        keys, values = getattr(layer, "keys", None), getattr(layer, "values", None)
        kept = [part for part in vars(layer).values() if isinstance(part, Tensor) and part.ndim > 0]
        if isinstance(keys, Tensor) and isinstance(values, Tensor) and keys.ndim == values.ndim == 4:
            filled.update(_stretched(keys, context), _stretched(values, context), index)
            full: Any = filled.layers[index]
            kept = [part for part in kept if part is not keys and part is not values] + [full.keys, full.values]
        found += kept
    return found


def _stretched(states: Tensor, context: int) -> Tensor:
    """Return an empty tensor [1, heads, context, width] for ``states`` [1, heads, tokens, width]."""
    _, heads, _, width = states.shape
    return torch.empty((1, heads, context, width), dtype=states.dtype, device="meta")
