"""Find out whether a model can be computed in float16, whose largest number is 65,504.

Most newer models are trained in bfloat16, which has the range of float32. Some of them (Gemma, models with a few very
large states) compute numbers in between that float16 cannot hold.
"""

import copy
from typing import Any

import torch
from torch import Tensor
from torch.utils._pytree import tree_map

from engine.models.decoder_stack import DecoderStack, Windows

_FARTHEST = 0.1
"""Largest distance of a state from that in float32, as a share of its length; rounding alone reaches about 0.01."""


@torch.no_grad()
def layer_beyond_float16(stack: DecoderStack, tokens: Tensor) -> int | None:
    """Return the first layer after which the states in float16 are not those in float32; None where all are.

    The layers run in both formats, one after the other, so that only one of them is held in float32.

    Args:
        stack: The model in float16.
        tokens: A few windows of text [windows, length].
    """
    windows = stack.enter(tokens)
    short, exact = windows.embedded, windows.embedded.float()
    for layer in range(len(stack)):
        if windows.calls[layer] is None:
            continue
        with stack.held(layer):
            short, exact = stack.apply(layer, short, windows), _in_float32(stack, layer, exact, windows)
        if not _agree(short.float(), exact):
            return layer
    return None


def _agree(short: Tensor, exact: Tensor) -> bool:
    """Return whether most states [windows, length, hidden] are the same but for rounding, and all are numbers."""
    distance = (short - exact).norm(dim=-1) / exact.norm(dim=-1).clamp(min=1e-6)
    return bool(short.isfinite().all()) and float(distance.median()) <= _FARTHEST


def _in_float32(stack: DecoderStack, layer: int, hidden: Tensor, windows: Windows) -> Tensor:
    """Apply a layer to states in float32 [windows, length, hidden], with a copy of it in float32."""
    args, kwargs = tree_map(_exact, windows.calls[layer])
    output: Any = copy.deepcopy(stack.layers[layer]).float()(hidden, *args, **kwargs)
    states: Tensor = output[0] if isinstance(output, tuple) else output
    return states


def _exact(value: object) -> object:
    return value.float() if isinstance(value, Tensor) and value.dtype == torch.float16 else value
