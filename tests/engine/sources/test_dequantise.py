"""The arithmetic of dequantisation, for any shapes."""

from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file
from torch import Tensor

from engine.model_files.folder_content import weight_headers
from engine.sources.quantised import dequantise
from engine.sources.quantised.dequantise import StoredTensors, plain_rows, plain_shape
from engine.sources.quantised.plain_weights import Place, QuantisedWeight, Stated
from tests.engine.quantised import pack

EXTENTS = st.integers(1, 40)
SHARED = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def stored_in(folder: Path, **tensors: Tensor) -> dict[str, Place]:
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, folder / "model.safetensors")
    return {entry.name: Place(file, entry) for file, header in weight_headers(folder) for entry in header.tensors}


def computed(weight: QuantisedWeight, stated: Stated = Stated()) -> Tensor:  # noqa: B008  (frozen)
    with StoredTensors() as stored:
        rows = [part.flatten() for part in plain_rows(weight, stated, stored)]
        return torch.cat(rows).reshape(plain_shape(weight, stored))


def numbers(*shape: int) -> Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(sum(shape)))


@SHARED
@given(
    stack=st.integers(1, 3), rows=EXTENTS, columns=EXTENTS, height=EXTENTS, width=EXTENTS, at_once=st.integers(1, 99)
)
def test_every_weight_is_multiplied_with_the_scale_of_its_block(
    stack: int, rows: int, columns: int, height: int, width: int, at_once: int, tmp_path: Path
) -> None:
    codes = numbers(stack, rows, columns).to(torch.float8_e4m3fn)
    scale = numbers(stack, -(-rows // height), -(-columns // width))
    expected = codes.float()
    for row in range(rows):
        for column in range(columns):
            expected[:, row, column] *= scale[:, row // height, column // width]
    places = stored_in(tmp_path, codes=codes, scale=scale)
    weight = QuantisedWeight("codes", "float8", places["codes"], places["scale"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dequantise, "_AT_ONCE", at_once)
        assert torch.equal(computed(weight, Stated((height, width))), expected.bfloat16())


@SHARED
@given(bits=st.sampled_from([1, 2, 4, 8]), rows=EXTENTS, columns=EXTENTS, zero_points=st.booleans())
def test_packed_codes_are_taken_apart(bits: int, rows: int, columns: int, zero_points: bool, tmp_path: Path) -> None:
    half = 1 << (bits - 1)
    generator = torch.Generator().manual_seed(rows * columns)
    codes = torch.randint(0, 2 * half, (rows, columns), generator=generator)
    zero = torch.randint(0, 2 * half, (rows, 1), generator=generator)
    scale = numbers(rows, 1)
    tensors = {"codes": pack(codes, bits), "scale": scale, "shape": torch.tensor([rows, columns])}
    places = stored_in(tmp_path, **tensors, zero=pack(zero.T, bits).T)
    weight = QuantisedWeight(
        "plain",
        "int32",
        places["codes"],
        places["scale"],
        places["zero"] if zero_points else None,
        shape_tensor=places["shape"],
    )
    expected = (codes - (zero if zero_points else half)).float() * scale
    assert torch.equal(computed(weight, Stated(bits=bits)), expected.bfloat16())


@pytest.mark.parametrize("shape", [(4,), (4, 1), (4, 1, 1), (4, 6), (4, 6, 1), (1,), ()])
def test_experts_share_scales_in_each_way_that_is_written(shape: tuple[int, ...], tmp_path: Path) -> None:
    codes, scale = numbers(4, 6, 10).to(torch.float8_e4m3fn), numbers(*shape)
    places = stored_in(tmp_path, codes=codes, scale=scale)
    spread = scale.reshape(*shape, *[1] * (3 - len(shape))) if len(shape) and shape[0] == 4 else scale
    found = computed(QuantisedWeight("codes", "float8", places["codes"], places["scale"]))
    assert torch.equal(found, (codes.float() * spread).bfloat16())


@pytest.mark.parametrize("shape", [(6,), (5,), (10,), (2, 6), (4, 6, 10, 1), (3, 1, 1)])
def test_scales_of_any_other_shape_are_refused(shape: tuple[int, ...], tmp_path: Path) -> None:
    places = stored_in(tmp_path, codes=numbers(4, 6, 10).to(torch.float8_e4m3fn), scale=numbers(*shape))
    with pytest.raises(ValueError, match="its scales have the shape"):
        computed(QuantisedWeight("codes", "float8", places["codes"], places["scale"]))


@pytest.mark.parametrize("rows", [576, 64, 300])
def test_blocks_of_128_are_the_usual_ones(rows: int, tmp_path: Path) -> None:
    """DeepSeek's latent projection has 576 rows: four blocks and a half."""
    codes, scale = numbers(rows, 130).to(torch.float8_e4m3fn), numbers(-(-rows // 128), 2)
    places = stored_in(tmp_path, codes=codes, scale=scale)
    spread = scale.repeat_interleave(128, 0)[:rows].repeat_interleave(128, 1)[:, :130]
    found = computed(QuantisedWeight("codes", "float8", places["codes"], places["scale"]))
    assert torch.equal(found, (codes.float() * spread).bfloat16())


@pytest.mark.parametrize("shape", [(7,), (2, 3, 2, 2)])
def test_what_is_no_matrix_has_one_scale(shape: tuple[int, ...], tmp_path: Path) -> None:
    codes = numbers(*shape).to(torch.float8_e5m2)
    places = stored_in(tmp_path, codes=codes, scale=torch.tensor([0.5]))
    found = computed(QuantisedWeight("codes", "float8", places["codes"], places["scale"]))
    assert torch.equal(found, (codes.float() / 2).bfloat16())
