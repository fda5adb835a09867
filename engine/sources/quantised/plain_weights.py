"""Plan from names, types and shapes alone which tensors of a quantised checkpoint form each plain weight.

A quantised weight is stored as codes and scales, and sometimes zero points: ``weight = (codes - zero) * scale``. The
formats differ in how codes are packed and in how many weights share a scale. A checkpoint with any tensor that is not
recognised for certain is refused: a partial dequantisation would be a different model.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.api.message import worded
from engine.model_files.folder_content import weight_headers
from engine.model_files.safetensors_header import TensorEntry

Coding = Literal["float8", "int8", "int32", "fp4"]
"""Storage of codes: FP8 numbers, one integer per byte, several per 32 bits, or two FP4 numbers (E2M1) per byte."""

FLOAT8 = ("F8_E4M3", "F8_E5M2", "F8_E4M3FNUZ", "F8_E5M2FNUZ")
_EXPONENTS = ("F8_E8M0", "U8")
"""Types of scales that are powers of 2, stored as their exponents."""
_ONLY_IN_PACKED = ("I8", "U8", "U16", "U32", "F4", "F6_E2M3", "F6_E3M2")
"""Types that no plain weight has; masks in old checkpoints do (``_MASK``)."""
_FLOATS = ("F16", "BF16", "F32", "F64")
_MASK = re.compile(r"(^|_)(bias|mask|ids)$")
_PACKED = re.compile(
    r"^(qweight|weight_packed|W_q|w_q|codes|Qidxs|q_weight|trellis|indices|bitmask|compressed"
    r"|dense_weights|_?weight_qdata|_data)$"
)
"""Last parts of names that only quantisers write."""
_ACTIVATIONS = re.compile(
    r"(^|_)(input|activation|output|q|k|v|kv|prob|prob_output)_(scale|scale_ub|zero_point|global_scale)$"
    r"|^(qscale_act|scale_input)$"
)
"""Scales of activations; the weights do not depend on them."""
_QUANTISER = re.compile(r"scale|zero|zp$|g_idx|perm|absmax|amax|quant|smooth|codebook|hadamard|rotation|SCB")
"""Parts of names of tensors that may change the weight beside them."""

WHOLE_BITS = (1, 2, 4, 8)
"""Bits of packed codes that never straddle two words; the packing of others depends on the packer's version."""


@dataclass(frozen=True)
class Stated:
    """What a model's configs state about codes and scales: hints for shapes that are ambiguous."""

    block: tuple[int, int] | None = None
    """The rows and columns that share a scale."""
    bits: int | None = None
    """Bits of a code."""


@dataclass(frozen=True)
class Place:
    """A stored tensor and the file that holds it."""

    file: Path
    entry: TensorEntry


@dataclass(frozen=True)
class QuantisedWeight:
    """A weight stored as codes, scales and zero points, with its name in a plain checkpoint."""

    name: str
    coding: Coding
    codes: Place
    scale: Place | None = None
    """None if the codes are the weight."""
    zero: Place | None = None
    groups: Place | None = None
    """The group of each column, if the columns of a group are not adjacent (``weight_g_idx``)."""
    shape_tensor: Place | None = None
    """The stored plain shape, if it does not follow from the shape of the codes."""
    transposed: bool = False
    """Whether the plain checkpoint has the weight with its last two dimensions swapped."""

    @property
    def parts(self) -> Iterator[Place]:
        """Yield every stored tensor that the weight is computed from."""
        yield from (
            place for place in (self.codes, self.scale, self.zero, self.groups, self.shape_tensor) if place is not None
        )

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the shape before any swap; for codes packed in 32 bits, the widest one, that of 4 bits."""
        *rows, columns = self.codes.entry.shape
        if self.name + "_blocks" == self.codes.entry.name:
            return (*rows[:-1], rows[-1] * columns * 2)
        return (*rows, columns * {"float8": 1, "int8": 1, "int32": 8, "fp4": 2}[self.coding])


@dataclass(frozen=True)
class WeightPlan:
    """How to dequantise the tensors of a checkpoint; tensors that are not mentioned are copied unchanged."""

    weights: Mapping[str, QuantisedWeight]
    """Weights by the name of their codes."""
    dropped: frozenset[str]
    """Scales and other tensors that a plain checkpoint does not have."""
    problem: str | None = None
    """Why the weights cannot be dequantised; empty if their format says enough, None if they can be."""


def plan_weights(folder: Path, stated: bool, compressed_tensors: bool) -> WeightPlan | None:
    """Plan the dequantisation of the weights in ``folder``; return None if they are plain.

    Args:
        folder: A model folder.
        stated: Whether the model's configs state a quantisation. Without that, and without any scale, FP8 numbers are
            the weights themselves.
        compressed_tensors: Whether they name that library; other writers of 8-bit integers have layouts of their own.

    Raises:
        BadInput: A header cannot be read.
    """
    stored = {entry.name: Place(file, entry) for file, header in weight_headers(folder) for entry in header.tensors}
    weights: dict[str, QuantisedWeight] = {}
    for name, place in stored.items():
        if _is_quantised(name, place.entry):
            weight = _recognised(name, place, stored, compressed_tensors)
            if weight is None:
                return WeightPlan({}, frozenset(), "")
            weights[name] = weight
    if not weights:
        return None
    used = {place.entry.name for weight in weights.values() for place in weight.parts}
    beside = _beside(weights, stored, used)
    unknown = [name for name in beside if not _ACTIVATIONS.search(_last(name))]
    unknown += [weight.name for codes, weight in weights.items() if weight.name in stored and weight.name != codes]
    problem = (
        worded("what '{0}' does to its weight is not known", unknown[0]) if unknown else _lost_scale(weights, stated)
    )
    return WeightPlan(weights, frozenset(used | set(beside)), problem)


def _is_quantised(name: str, entry: TensorEntry) -> bool:
    last = _last(name)
    if _PACKED.search(last):
        return entry.dtype not in _FLOATS
    if _QUANTISER.search(last):
        return False
    if entry.dtype in FLOAT8 or _MASK.search(last):
        return entry.dtype in FLOAT8 and bool(entry.shape)
    return len(entry.shape) >= 2 and (entry.dtype in _ONLY_IN_PACKED or (last == "weight" and entry.dtype == "I32"))


def _recognised(
    name: str, place: Place, stored: Mapping[str, Place], compressed_tensors: bool
) -> QuantisedWeight | None:
    """Return the weight whose codes are ``name``, or None for an unsupported format."""
    dtype = place.entry.dtype
    stem, _, last = name.rpartition(".")
    if dtype in FLOAT8:
        return QuantisedWeight(name, "float8", place, _scale_of(name, stored))
    if last.endswith("_blocks") and dtype == "U8":
        plain = name.removesuffix("_blocks")
        scales = stored.get(f"{plain}_scales")
        if scales is None or scales.entry.shape != place.entry.shape[:-1]:
            return None
        return QuantisedWeight(plain, "fp4", place, scales, transposed=True)
    if last == "weight_packed":
        return _compressed(stem, place, stored)
    scale = _scale_of(name, stored)
    if dtype != "I8" or scale is None:
        return None
    if scale.entry.dtype == "F8_E8M0":
        return QuantisedWeight(name, "fp4", place, scale)
    if compressed_tensors and last == "weight":
        return QuantisedWeight(name, "int8", place, scale, stored.get(f"{name}_zero_point"))
    return None


def _compressed(stem: str, codes: Place, stored: Mapping[str, Place]) -> QuantisedWeight | None:
    """Return the weight of ``weight_packed`` in compressed-tensors: integers in 32 bits, or FP4 with E8M0 scales."""
    name = f"{stem}.weight"
    scale, shape = stored.get(f"{name}_scale"), stored.get(f"{name}_shape")
    if scale is None:
        return None
    if codes.entry.dtype == "I32" and shape is not None:
        zero, groups = stored.get(f"{name}_zero_point"), stored.get(f"{name}_g_idx")
        return QuantisedWeight(name, "int32", codes, scale, zero, groups, shape)
    if codes.entry.dtype == "U8" and scale.entry.dtype in _EXPONENTS and f"{name}_global_scale" not in stored:
        return QuantisedWeight(name, "fp4", codes, scale)
    return None


def _scale_of(name: str, stored: Mapping[str, Place]) -> Place | None:
    stem, _, last = name.rpartition(".")
    names = [f"{name}_scale_inv", f"{name}_scale"]
    if last == "weight":
        names += [f"{stem}.scale", f"{stem}.qscale_weight", f"{stem}.scale_weight"]
    return next((stored[each] for each in names if each in stored), None)


def _lost_scale(weights: Mapping[str, QuantisedWeight], stated: bool) -> str | None:
    """Return a problem if some FP8 weights lack scales, although others have them or the configs state quantisation."""
    lacking = [weight.name for weight in weights.values() if weight.scale is None]
    if not lacking or (not stated and len(lacking) == len(weights)):
        return None
    return worded("the scale of '{0}' is missing", lacking[0])


def _beside(weights: Mapping[str, QuantisedWeight], stored: Mapping[str, Place], used: set[str]) -> list[str]:
    """Return quantiser tensors in modules of quantised weights from which no weight is computed."""
    parameters: dict[str, list[str]] = {}  # of each module; a linear layer has only its weight
    for weight in weights.values():
        module, _, last = weight.name.rpartition(".")
        parameters.setdefault(module, []).append("" if last == "weight" else last)
    owners = parameters.keys() | {module.rpartition(".")[0] for module in parameters}
    found = []
    for name, place in stored.items():
        module, _, last = name.rpartition(".")
        if name in used or not _QUANTISER.search(last):
            continue
        of_activations = place.entry.elements == 1 and _ACTIVATIONS.search(last)
        if last.startswith(tuple(parameters.get(module, ()))) or (module in owners and of_activations):
            found.append(name)
    return found


def _last(name: str) -> str:
    return name.rpartition(".")[2]
