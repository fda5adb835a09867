"""Compute plain weights from codes, zero points and scales, a few rows at a time."""

import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import torch
from safetensors import safe_open
from torch import Tensor

from engine.api.message import worded
from engine.sources.quantised.plain_weights import WHOLE_BITS, Place, QuantisedWeight, Stated

_AT_ONCE = 1 << 22
"""Weights computed at a time."""
_USUAL_BLOCK = 128
_FP4 = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
_WORD = 32


class StoredTensors:
    """Reads tensors, whole or in part, from weight files that stay open until its ``with`` block ends."""

    def __init__(self) -> None:
        self._open: dict[Path, Any] = {}
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.__exit__(kind, error, at)

    def whole(self, place: Place) -> Tensor:
        """Read a whole tensor."""
        tensor: Tensor = self._file(place).get_tensor(place.entry.name)
        return tensor

    def rows(self, place: Place, matrix: int, rows: range) -> Tensor:
        """Read rows of a tensor: of matrix ``matrix`` in a stack [matrices, rows, columns], or of [rows, columns]."""
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
    """Return the shape of the plain weight in its checkpoint."""
    if weight.shape_tensor is not None:
        return tuple(int(extent) for extent in stored.whole(weight.shape_tensor))
    shape = weight.shape
    return (*shape[:-2], shape[-1], shape[-2]) if weight.transposed else shape


def plain_rows(weight: QuantisedWeight, stated: Stated, stored: StoredTensors) -> Iterator[Tensor]:
    """Compute the weight in bfloat16, in the order of its bytes.

    Args:
        weight: The weight to compute.
        stated: Hints from the model's configs.
        stored: The files to read from.

    Yields:
        Tensors [rows, columns] that give the weight when flattened and concatenated.

    Raises:
        ValueError: The shape of the scales or codes does not match the weight's shape.
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
    """Return the weight's shape as [matrices, rows, columns]; without two or three dimensions it is a single row."""
    shape = weight.shape if weight.shape_tensor is None else plain_shape(weight, stored)
    if len(shape) == 2:
        return 1, shape[0], shape[1]
    if len(shape) == 3:
        return shape[0], shape[1], shape[2]
    return 1, 1, math.prod(shape)


def _codes(weight: QuantisedWeight, stored: StoredTensors, matrix: int, rows: range, columns: int, bits: int) -> Tensor:
    """Return the codes of some rows as a new float32 tensor [rows, columns]."""
    flat = len(weight.shape) not in (2, 3)
    raw = stored.whole(weight.codes).reshape(1, -1) if flat else stored.rows(weight.codes, matrix, rows)
    if weight.coding == "int32":
        return _unpacked(raw, columns, bits)
    if weight.coding == "int8":
        return raw.float()
    values = _fp4_pairs() if weight.coding == "fp4" else _float8_values(raw.dtype)
    # A table lookup is several times as fast as torch's conversion from FP8.
    return values.index_select(0, raw.view(torch.uint8).flatten().int()).reshape(raw.shape[0], -1)


def _float8_values(dtype: torch.dtype) -> Tensor:
    """Return the number that each byte encodes, [256, 1]."""
    return torch.arange(256, dtype=torch.uint8).view(dtype).float().unsqueeze(1)


def _fp4_pairs() -> Tensor:
    """Return the two E2M1 numbers that each byte encodes, [256, 2], the low half first."""
    numbers = torch.tensor([*_FP4, *(-value for value in _FP4)])
    byte = torch.arange(256)
    return torch.stack([numbers[byte & 15], numbers[byte >> 4]], dim=1)


def _width(words: int, codes: int, stated: int | None) -> int:
    """Return the bits of a code if ``words`` words hold ``codes`` codes."""
    fitting = [bits for bits in WHOLE_BITS if -(-codes * bits // _WORD) == words]
    if stated in fitting or len(fitting) == 1:
        return stated if stated in fitting else fitting[0]
    raise ValueError(
        worded("{0} words do not hold {1} codes of {2} bits", words, codes, ", ".join(map(str, WHOLE_BITS)))
    )


def _unpacked(raw: Tensor, columns: int, bits: int) -> Tensor:
    """Unpack signed integers from words [rows, words], lowest bits first, to float32 [rows, columns]."""
    places = torch.arange(0, _WORD, bits, dtype=torch.int32)
    values = (raw.unsqueeze(-1) >> places) & ((1 << bits) - 1)
    return values.reshape(raw.shape[0], -1)[:, :columns].float() - (1 << (bits - 1))


def _scale_values(place: Place, stored: StoredTensors) -> Tensor:
    raw = stored.whole(place).float()
    return torch.exp2(raw - 127.0) if place.entry.dtype == "U8" else raw  # bytes are exponents of 2


def _zero_points(place: Place, scale: Tensor, shape: tuple[int, ...], bits: int, stored: StoredTensors) -> Tensor:
    """Return the zero points as a grid like that of the scales; if packed in words, they are packed along the rows."""
    raw = stored.whole(place)
    if place.entry.dtype != "I32":
        return _grid(raw.float(), shape)
    if raw.ndim != 2 or len(scale) != 1:
        raise ValueError(worded("its zero points have the shape {0}", list(raw.shape)))
    return _unpacked(raw.T.contiguous(), scale.shape[1], bits).T.unsqueeze(0)


def _grid(scale: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Return the scales of a weight of ``shape`` as [matrices or 1, rows of blocks, columns of blocks]."""
    if scale.numel() == 1:
        return scale.reshape(1, 1, 1)
    if scale.ndim == 4 and scale.shape[1] == scale.shape[3] == 1:  # ModelOpt stores 1 for the extents of a block
        scale = scale[:, 0, :, 0]
    if scale.shape == shape[:-1]:  # one for each output
        return scale.unsqueeze(-1) if len(shape) == 3 else scale.reshape(1, -1, 1)
    if len(shape) == 3 and scale.shape[0] == scale.numel() == shape[0]:  # one for each expert
        return scale.reshape(-1, 1, 1)
    if scale.ndim != len(shape) or (len(shape) == 3 and scale.shape[0] != shape[0]):
        raise ValueError(worded("its scales have the shape {0}", list(scale.shape)))
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
    """Combine some rows of a matrix with the values of a grid, in place.

    Args:
        part: The rows [some rows, columns].
        apply: The in-place operation.
        grid: The values [rows of blocks, columns of blocks].
        rows: Number of rows of the whole matrix.
        block: The stated extents of a block.
        at: Which rows ``part`` holds.
        groups: The group of each column, if columns of a group are not adjacent.
    """
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
    """Return how many of ``extent`` rows or columns share one of ``count`` scales; the last group may be smaller."""
    if count in (1, extent):
        return extent // count
    even = extent // count if count and extent % count == 0 else None
    for size in (stated, _USUAL_BLOCK, even):
        if size and -(-extent // size) == count:
            return size
    raise ValueError(worded("it has {0} scales for {1} rows or columns", count, extent))
