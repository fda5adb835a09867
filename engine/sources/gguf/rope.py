"""Translate the rotary positions of a GGUF file to transformers' config.

If llama.cpp reads the scaling from a tensor of factors, the parameters that produce these factors are recovered.
"""

import math
from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
from gguf import GGMLQuantizationType

from engine.api.errors import BadInput
from engine.api.message import worded
from engine.sources.gguf.fields import Fields
from engine.sources.gguf.metadata import shown

LLAMA3_FACTORS = "rope_freqs.weight"
LONG_FACTORS = ("rope_factors_short.weight", "rope_factors_long.weight")
ROPE_TENSORS = (LLAMA3_FACTORS, *LONG_FACTORS)
"""Tensors that belong to the config and not to a module of the model."""

_ORIGINAL_LENGTHS = tuple(1 << power for power in range(4, 21))
_LOW_FACTORS, _HIGH_FACTORS = (1.0,), (4.0, 2.0, 8.0)


def rope_parameters(fields: Fields, base: float, width: int) -> dict[str, Any]:
    """Return transformers' ``rope_parameters``.

    Args:
        fields: The fields of the file; those that are used are marked as read.
        base: Rotary base if the file states none.
        width: Number of rotated dimensions of a head.

    Raises:
        BadInput: transformers cannot express the file's scaling.
    """
    parameters: dict[str, Any] = {"rope_type": "default", "rope_theta": fields.real("rope.freq_base", base)}
    if parameters["rope_theta"] < 1:
        raise _unknown(fields, f"rope.freq_base = {parameters['rope_theta']:g}")
    kind = fields.text("rope.scaling.type", "none")
    if kind != "longrope":
        fields.skip("rope.scaling.original_context_length", "rope.scaling.finetuned")
    if kind == "linear" or (kind == "none" and fields.real("rope.scale_linear", 1.0) != 1.0):
        factor = fields.real("rope.scaling.factor", fields.real("rope.scale_linear", 1.0))
        parameters |= {"rope_type": "linear", "factor": factor} if factor not in (0.0, 1.0) else {}
    elif kind == "yarn":
        parameters |= _yarn(fields)
    elif kind not in ("none", "longrope", ""):
        raise _unknown(fields, f"rope.scaling.type = {shown(kind)}")
    if LLAMA3_FACTORS in fields.gguf.tensors:
        parameters |= _llama3(fields, parameters["rope_theta"], width)
    if any(name in fields.gguf.tensors for name in LONG_FACTORS):
        parameters |= _longrope(fields)
    elif kind == "longrope":
        raise _unknown(fields, worded("{0} without its factors", "rope.scaling.type = longrope"))
    return parameters


def _yarn(fields: Fields) -> dict[str, Any]:
    original = fields.count("rope.scaling.original_context_length")
    if fields.real("rope.scaling.attn_factor", 1.0) != 1.0:
        raise _unknown(fields, "rope.scaling.attn_factor")
    yarn: dict[str, Any] = {
        "rope_type": "yarn",
        "factor": fields.real("rope.scaling.factor"),
        "original_max_position_embeddings": original,
    }
    names = {"yarn_beta_fast": "beta_fast", "yarn_beta_slow": "beta_slow"}
    return yarn | {
        ours: fields.real(f"rope.scaling.{theirs}")
        for theirs, ours in names.items()
        if fields.any(f"rope.scaling.{theirs}") is not None
    }


def _llama3(fields: Fields, base: float, width: int) -> dict[str, Any]:
    """Return the parameters of Llama 3's scaling that produce the factors in the file."""
    found = _factors(fields, LLAMA3_FACTORS, width)
    factor = float(found.max())
    if np.all(found == 1.0):
        return {}
    for low, high, original in product(_LOW_FACTORS, _HIGH_FACTORS, sorted(_ORIGINAL_LENGTHS, key=_far_from_usual)):
        if np.allclose(found, llama3_factors(base, width, factor, low, high, original), rtol=1e-4):
            return {
                "rope_type": "llama3",
                "factor": factor,
                "low_freq_factor": low,
                "high_freq_factor": high,
                "original_max_position_embeddings": original,
            }
    raise _unknown(fields, worded("the factors in {0}", LLAMA3_FACTORS))


def llama3_factors(base: float, width: int, factor: float, low: float, high: float, original: int) -> Sequence[float]:
    """Return the divisor of each rotary frequency in Llama 3's scaling, as llama.cpp's converter writes it.

    Args:
        base: Rotary base.
        width: Number of rotated dimensions of a head; the result has half as many entries.
        factor: Divisor of the lowest frequencies.
        low: ``low_freq_factor``.
        high: ``high_freq_factor``.
        original: ``original_max_position_embeddings``.
    """
    factors = []
    for place in range(0, width, 2):
        length = 2 * math.pi * base ** (place / width)
        smooth = (original / length - low) / (high - low)
        if length < original / high:
            factors.append(1.0)
        elif length > original / low:
            factors.append(factor)
        else:
            factors.append(1 / ((1 - smooth) / factor + smooth))
    return factors


def _longrope(fields: Fields) -> dict[str, Any]:
    short, long = (_factors(fields, name, None).tolist() for name in LONG_FACTORS)
    return {
        "rope_type": "longrope",
        "short_factor": short,
        "long_factor": long,
        "original_max_position_embeddings": fields.count("rope.scaling.original_context_length"),
        "attention_factor": fields.real("rope.scaling.attn_factor", 1.0),
    }


def _factors(fields: Fields, name: str, width: int | None) -> np.ndarray:
    """Read the numbers of a small tensor."""
    tensor = fields.gguf.tensors.get(name)
    usable = tensor is not None and tensor.kind == GGMLQuantizationType.F32 and len(tensor.shape) == 1
    if tensor is None or not usable or (width is not None and tensor.elements != width // 2):
        raise _unknown(fields, worded("the factors in {0}", name))
    file = next(part.file for part in fields.gguf.parts if tensor in part.tensors)
    return np.fromfile(file, "<f4", tensor.elements, offset=tensor.start)


def _far_from_usual(length: int) -> float:
    """Return a sort key that puts Llama 3's own length first: with few frequencies between the bounds, several fit."""
    return abs(math.log2(length / 8192))


def _unknown(fields: Fields, what: str) -> BadInput:
    return BadInput(
        worded(
            "{0} scales its rotary positions in a way that transformers cannot express ({1}); give the Hugging Face "
            "folder of the model.",
            fields.gguf.files[0],
            what,
        )
    )
