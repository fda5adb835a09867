"""Quantise checkpoints of tiny models in the formats of common quantisers.

Every writer also returns the plain weights that the checkpoint stands for, computed in the obvious way.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

Quantise = Callable[[str, Tensor], tuple[dict[str, Tensor], Tensor]]
"""(name, values) of a weight -> the stored tensors by name, and the values that they stand for."""

FP8_LARGEST = 448.0
FP4_VALUES = torch.tensor([0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0])


def tensors_of(folder: Path) -> dict[str, Tensor]:
    """Return all tensors of a model folder."""
    return {
        name: tensor for file in sorted(folder.glob("model*.safetensors")) for name, tensor in load_file(file).items()
    }


def linear_weights(names: Iterable[str]) -> list[str]:
    """Return the weights that quantisers quantise: those of the layers' projections."""
    return [name for name in names if "layers." in name and name.endswith(("_proj", "_proj.weight"))]


def quantise(folder: Path, how: Quantise, **config: object) -> dict[str, Tensor]:
    """Quantise the single weight file of ``folder``, and return the plain weights that it then stands for."""
    stored = load_file(folder / "model.safetensors")
    plain: dict[str, Tensor] = {}
    for name in linear_weights(list(stored)):
        pieces, plain[name] = how(name, stored.pop(name))
        stored |= pieces
    save_file(
        {name: tensor.contiguous() for name, tensor in stored.items()}, folder / "model.safetensors", {"format": "pt"}
    )
    edit_config(folder, **config)
    return plain


def edit_config(folder: Path, **fields: object) -> None:
    """Set fields of config.json."""
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | fields))


def fp8_blocks(height: int, width: int, suffix: str = "_scale_inv") -> Quantise:
    """Return a writer of FP8 with a scale per block of rows and columns; blocks at the edges may be smaller."""

    def how(name: str, weight: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        rows, columns = weight.shape[-2:]
        grid = (-(-rows // height), -(-columns // width))
        scale, codes, plain = torch.zeros(*weight.shape[:-2], *grid), weight.float().clone(), weight.float().clone()
        for row in range(grid[0]):
            for column in range(grid[1]):
                place = (..., slice(row * height, (row + 1) * height), slice(column * width, (column + 1) * width))
                scale[..., row, column] = weight[place].float().abs().amax((-2, -1)) / FP8_LARGEST
                factor = scale[..., row, column, None, None]
                codes[place] = (weight[place].float() / factor).to(torch.float8_e4m3fn).float()
                plain[place] = codes[place] * factor
        return {name: codes.to(torch.float8_e4m3fn), f"{name}{suffix}": scale}, plain.bfloat16()

    return how


def fp8_rows(name: str, weight: Tensor) -> tuple[dict[str, Tensor], Tensor]:
    """Write FP8 with a scale per output, as compressed-tensors and FBGEMM do."""
    scale = weight.float().abs().amax(1, keepdim=True) / FP8_LARGEST
    codes = (weight.float() / scale).to(torch.float8_e4m3fn)
    return {name: codes, f"{name}_scale": scale}, (codes.float() * scale).bfloat16()


def fp8_tensor(name: str, weight: Tensor) -> tuple[dict[str, Tensor], Tensor]:
    """Write FP8 with one scale, and scales of activations, as ModelOpt does."""
    stem = name.removesuffix(".weight")
    scale = weight.float().abs().max() / FP8_LARGEST
    codes = (weight.float() / scale).to(torch.float8_e4m3fn)
    pieces = {name: codes, f"{name}_scale": scale, f"{stem}.input_scale": torch.tensor(0.01)}
    if stem.endswith(("k_proj", "v_proj")):
        pieces[f"{stem}.{stem[-6]}_scale"] = torch.tensor(0.5)
    return pieces, (codes.float() * scale).bfloat16()


def int8_rows(name: str, weight: Tensor) -> tuple[dict[str, Tensor], Tensor]:
    """Write one byte per weight, with a scale and a zero point per output (compressed-tensors, asymmetric)."""
    low, high = weight.float().amin(1, keepdim=True), weight.float().amax(1, keepdim=True)
    scale = (high - low) / 255
    zero = (-128 - low / scale).round().to(torch.int8)
    codes = (weight.float() / scale + zero).round().clamp(-128, 127).to(torch.int8)
    pieces = {name: codes, f"{name}_scale": scale, f"{name}_zero_point": zero}
    return pieces, ((codes.float() - zero.float()) * scale).bfloat16()


def packed_groups(bits: int, group: int, zero_points: bool, shuffled: bool = False) -> Quantise:
    """Return a writer of codes of ``bits`` in 32-bit words, with a scale per group of columns (compressed-tensors)."""

    def how(name: str, weight: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        rows, columns = weight.shape
        groups = torch.arange(columns) // group
        if shuffled:
            groups = groups[torch.randperm(columns, generator=torch.Generator().manual_seed(columns))]
        half = 1 << (bits - 1)
        scale, zero = torch.zeros(rows, columns // group), torch.zeros(rows, columns // group, dtype=torch.int32)
        for number in range(columns // group):
            part = weight.float()[:, groups == number]
            scale[:, number] = (part.amax(1) - part.amin(1)).clamp(min=1e-6) / (2 * half - 1)
            if zero_points:
                zero[:, number] = (-half - part.amin(1) / scale[:, number]).round().clamp(-half, half - 1).int()
        scale = scale.bfloat16().float()
        codes = (weight.float() / scale[:, groups] + zero[:, groups]).round().clamp(-half, half - 1).int()
        pieces = {
            f"{name}_packed": pack(codes + half, bits),
            f"{name}_scale": scale.bfloat16(),
            f"{name}_shape": torch.tensor([rows, columns]),
        }
        if zero_points:
            pieces[f"{name}_zero_point"] = pack((zero + half).T, bits).T
        if shuffled:
            pieces[f"{name}_g_idx"] = groups.int()
        return pieces, ((codes - zero[:, groups]).float() * scale[:, groups]).bfloat16()

    return how


def pack(codes: Tensor, bits: int) -> Tensor:
    """Pack non-negative integers along the last dimension into 32-bit words, the first in the lowest bits."""
    rows, columns = codes.shape
    words = torch.zeros(rows, -(-columns * bits // 32), dtype=torch.int64)
    for column in range(columns):
        at = column * bits
        words[:, at // 32] |= codes[:, column].long() << (at % 32)
    return torch.where(words >= 1 << 31, words - (1 << 32), words).int()


def mxfp4(values: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return (bytes, exponents, values) of the last dimension in groups of 32, each scaled by a power of 2."""
    grouped = values.float().unflatten(-1, (-1, 32))
    exponent = torch.floor(torch.log2(grouped.abs().amax(-1).clamp(min=2.0**-100))) - 2
    factor = torch.exp2(exponent).unsqueeze(-1)
    nearest = (grouped / factor).abs().unsqueeze(-1).sub(FP4_VALUES).abs().argmin(-1)
    negative = grouped < 0
    plain = FP4_VALUES[nearest] * torch.where(negative, -1.0, 1.0) * factor
    halves = (nearest + 8 * negative).to(torch.uint8)
    return halves[..., 0::2] | (halves[..., 1::2] << 4), (exponent + 127).to(torch.uint8), plain.flatten(-2)
