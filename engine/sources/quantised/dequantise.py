"""The arithmetic of quantised weights: codes, zero points and scales become numbers, a few rows at a time."""

import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import torch
from safetensors import safe_open
from torch import Tensor

from engine.sources.quantised.plain_weights import WHOLE_BITS, Place, QuantisedWeight, Stated

_AT_ONCE = 1 << 22
"""Weights computed at a time."""
_USUAL_BLOCK = 128
_FP4 = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
_WORD = 32


class StoredTensors:
    """Open weight files, of which tensors are read whole or in part. Close it by leaving its ``with``."""

    def __init__(self) -> None:
        self._open: dict[Path, Any] = {}
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.__exit__(kind, error, at)

    def whole(self, place: Place) -> Tensor:
        """All of a tensor."""
        tensor: Tensor = self._file(place).get_tensor(place.entry.name)
        return tensor

    def rows(self, place: Place, matrix: int, rows: range) -> Tensor:
        """Some rows of one matrix of a stack, or of the one that the tensor is."""
        whole = self._file(place).get_slice(place.entry.name)
        if len(place.entry.shape) == 2:
            part: Tensor = whole[rows.start : rows.stop]
            return part
        stacked: Tensor = whole[matrix : matrix + 1, rows.start : rows.stop]
        return stacked[0]

    def _file(self, place: Place) -> Any:
        if place.file not in self._open:
            self._open[place.file] = self._closing.enter_context(safe_open(place.file, framework="pt"))
        return self._open[place.file]


def plain_shape(weight: QuantisedWeight, stored: StoredTensors) -> tuple[int, ...]:
    """The shape of the plain weight, as its checkpoint will have it."""
    if weight.shape_tensor is not None:
        return tuple(int(extent) for extent in stored.whole(weight.shape_tensor))
    shape = weight.shape
    return (*shape[:-2], shape[-1], shape[-2]) if weight.transposed else shape


def plain_rows(weight: QuantisedWeight, stated: Stated, stored: StoredTensors) -> Iterator[Tensor]:
    """Compute the weight in bfloat16, in the order of its bytes.

    Args:
        weight: what to compute.
        stated: what the model's configs state.
        stored: where to read from.

    Yields:
        Tensors that follow each other when flattened.

    Raises:
        ValueError: the scales or codes do not have the shape that the weight's shape asks for.
    """
    shape = stack, rows, columns = _as_stack(weight, stored)
    whole = (rows, columns) if len(weight.shape) == 2 else shape
    scale = None if weight.scale is None else _grid(_scale_values(weight.scale, stored), whole)
    bits = _width(weight.codes.entry.shape[-1], columns, stated.bits) if weight.coding == "int32" else 0
    zero = None if weight.zero is None or scale is None else _zero_points(weight.zero, scale, whole, bits, stored)
    groups = None if weight.groups is None else stored.whole(weight.groups).long()
    at_once = rows if weight.transposed else max(1, _AT_ONCE // max(columns, 1))
    for matrix in range(stack):
        for begin in range(0, rows, at_once):
            at = range(begin, min(begin + at_once, rows))
            part = _codes(weight, stored, matrix, at, columns, bits)
            for grid, apply in ((zero, Tensor.sub_), (scale, Tensor.mul_)):
                if grid is not None:
                    _combine(part, apply, grid[matrix % len(grid)], rows, stated.block, at, groups)
            plain = part.to(torch.bfloat16)
            yield plain.T.contiguous() if weight.transposed else plain


def _as_stack(weight: QuantisedWeight, stored: StoredTensors) -> tuple[int, int, int]:
    """The extents of the weight as a stack of matrices; what has neither two nor three dimensions is one row."""
    shape = weight.shape if weight.shape_tensor is None else plain_shape(weight, stored)
    if len(shape) == 2:
        return 1, shape[0], shape[1]
    if len(shape) == 3:
        return shape[0], shape[1], shape[2]
    return 1, 1, math.prod(shape)


def _codes(weight: QuantisedWeight, stored: StoredTensors, matrix: int, rows: range, columns: int, bits: int) -> Tensor:
    """The codes as numbers in 32 bits, a tensor of their own."""
    flat = len(weight.shape) not in (2, 3)
    raw = stored.whole(weight.codes).reshape(1, -1) if flat else stored.rows(weight.codes, matrix, rows)
    if weight.coding == "int32":
        return _unpacked(raw, columns, bits)
    if weight.coding == "int8":
        return raw.float()
    values = _fp4_pairs() if weight.coding == "fp4" else _float8_values(raw.dtype)
    # Looking a byte up is several times as fast as torch's conversion from FP8.
    return values.index_select(0, raw.view(torch.uint8).flatten().int()).reshape(raw.shape[0], -1)


def _float8_values(dtype: torch.dtype) -> Tensor:
    """The number that each byte is."""
    return torch.arange(256, dtype=torch.uint8).view(dtype).float().unsqueeze(1)


def _fp4_pairs() -> Tensor:
    """The two E2M1 numbers that each byte is, the low half first."""
    numbers = torch.tensor([*_FP4, *(-value for value in _FP4)])
    byte = torch.arange(256)
    return torch.stack([numbers[byte & 15], numbers[byte >> 4]], dim=1)


def _width(words: int, codes: int, stated: int | None) -> int:
    """How many bits a code has, when so many words hold so many codes."""
    fitting = [bits for bits in WHOLE_BITS if -(-codes * bits // _WORD) == words]
    if stated in fitting or len(fitting) == 1:
        return stated if stated in fitting else fitting[0]
    raise ValueError(f"{words} words do not hold {codes} codes of {', '.join(map(str, WHOLE_BITS))} bits")


def _unpacked(raw: Tensor, columns: int, bits: int) -> Tensor:
    """Integers around zero, packed in words from the lowest bits on."""
    places = torch.arange(0, _WORD, bits, dtype=torch.int32)
    values = (raw.unsqueeze(-1) >> places) & ((1 << bits) - 1)
    return values.reshape(raw.shape[0], -1)[:, :columns].float() - (1 << (bits - 1))


def _scale_values(place: Place, stored: StoredTensors) -> Tensor:
    raw = stored.whole(place).float()
    return torch.exp2(raw - 127.0) if place.entry.dtype == "U8" else raw  # bytes are exponents of two


def _zero_points(place: Place, scale: Tensor, shape: tuple[int, ...], bits: int, stored: StoredTensors) -> Tensor:
    """As a grid like the scales'. Where they are packed in words, they are packed along the rows."""
    raw = stored.whole(place)
    if place.entry.dtype != "I32":
        return _grid(raw.float(), shape)
    if raw.ndim != 2 or len(scale) != 1:
        raise ValueError(f"its zero points have the shape {list(raw.shape)}")
    return _unpacked(raw.T.contiguous(), scale.shape[1], bits).T.unsqueeze(0)


def _grid(scale: Tensor, shape: tuple[int, ...]) -> Tensor:
    """The scales of a weight of ``shape``, as [matrices or 1, rows of blocks, columns of blocks]."""
    if scale.numel() == 1:
        return scale.reshape(1, 1, 1)
    if scale.ndim == 4 and scale.shape[1] == scale.shape[3] == 1:  # ModelOpt keeps a 1 for the extents of a block
        scale = scale[:, 0, :, 0]
    if scale.shape == shape[:-1]:  # one for each output
        return scale.unsqueeze(-1) if len(shape) == 3 else scale.reshape(1, -1, 1)
    if len(shape) == 3 and scale.shape[0] == scale.numel() == shape[0]:  # one for each expert
        return scale.reshape(-1, 1, 1)
    if scale.ndim != len(shape) or (len(shape) == 3 and scale.shape[0] != shape[0]):
        raise ValueError(f"its scales have the shape {list(scale.shape)}")
    return scale if scale.ndim == 3 else scale.unsqueeze(0)


def _combine(
    part: Tensor,
    apply: Callable[[Tensor, Tensor], Tensor],
    grid: Tensor,
    rows: int,
    block: tuple[int, int] | None,
    at: range,
    groups: Tensor | None,
) -> None:
    """Apply the values of a grid to some of a matrix's ``rows``, in place."""
    count, columns = grid.shape[1], part.shape[1]
    height = _extent(rows, grid.shape[0], block[0] if block else None)
    width = _extent(columns, count, block[1] if block else None)
    values = grid[torch.arange(at.start, at.stop) // height]
    if groups is not None and bool((groups >= 0).all()):
        apply(part, values[:, groups])
    elif count * width == columns:
        apply(part.unflatten(1, (count, width)), values.unsqueeze(-1))
    else:
        apply(part, values[:, torch.arange(columns) // width])


def _extent(extent: int, count: int, stated: int | None) -> int:
    """How many of ``extent`` rows or columns share a scale, when there are ``count`` scales; the last may be fewer."""
    if count in (1, extent):
        return extent // count
    even = extent // count if count and extent % count == 0 else None
    for size in (stated, _USUAL_BLOCK, even):
        if size and -(-extent // size) == count:
            return size
    raise ValueError(f"it has {count} scales for {extent} rows or columns")
