"""Choose the number format of the weights in memory: one that is fast and safe on the device."""

import time
from typing import Literal

import torch
from torch import nn

DtypeSetting = Literal["auto", "float32", "bfloat16", "float16"]

_FEWEST_PARAMETERS = 50_000_000
"""Smaller models take seconds either way, so they keep float32."""
_WORTHWHILE = 1.25
"""Least speed-up of bfloat16 on a CPU for which its eight bits of precision are accepted."""
_WIDTH, _HEADS, _WINDOWS, _LENGTH = 768, 12, 2, 128
_ROUNDS = 3


def choose_dtype(device: str, setting: DtypeSetting, parameters: int) -> torch.dtype:
    """Turn the setting ``device.dtype`` into a number format for a model with ``parameters`` parameters.

    ``auto`` is bfloat16 or float16 on a GPU, whichever the hardware supports. CPUs differ: some compute bfloat16
    several times as fast as float32, others emulate it and are slower, so a short measurement decides.
    """
    if setting != "auto":
        named: torch.dtype = getattr(torch, setting)
        return named
    kind = torch.device(device).type
    if kind == "cpu":
        worthwhile = parameters >= _FEWEST_PARAMETERS and bfloat16_speedup() >= _WORTHWHILE
        return torch.bfloat16 if worthwhile else torch.float32
    if kind == "mps":
        return torch.float16
    if kind == "cuda":
        return torch.bfloat16 if _computes_bfloat16(device) else torch.float16
    return torch.bfloat16


def dtype_name(dtype: torch.dtype) -> str:
    """Return the format's name as in settings and journals, such as ``bfloat16``."""
    return str(dtype).removeprefix("torch.")


def bfloat16_speedup() -> float:
    """Measure how many times as fast the CPU runs a transformer layer in bfloat16 as in float32."""
    return _layer_seconds(torch.float32) / _layer_seconds(torch.bfloat16)


@torch.no_grad()
def _layer_seconds(dtype: torch.dtype) -> float:
    """Return the shortest of a few passes through attention, norms and MLP, each of which a CPU may be slow at."""
    # In training mode, so that it computes like a decoder layer instead of taking the fused path.
    layer = nn.TransformerEncoderLayer(_WIDTH, _HEADS, 4 * _WIDTH, dropout=0.0, batch_first=True, dtype=dtype).train()
    hidden = torch.ones(_WINDOWS, _LENGTH, _WIDTH, dtype=dtype)
    layer(hidden)  # the first pass initialises the libraries
    seconds = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        layer(hidden)
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def _computes_bfloat16(device: str) -> bool:
    """Return whether a GPU supports bfloat16 in hardware: NVIDIA since Ampere, and AMD GPUs that torch supports."""
    return torch.version.hip is not None or torch.cuda.get_device_capability(device) >= (8, 0)
