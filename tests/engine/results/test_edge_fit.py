"""Which devices a model fits on: memory adds up, pruning only ever helps, and a person's own devices count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.edge_devices import EDGE_DEVICES, edge_devices, parse_device
from engine.api.editing import with_values
from engine.api.errors import BadInput
from engine.api.events import ModelPrepared
from engine.api.settings import Settings
from engine.results.edge_fit import BITS_PER_WEIGHT, ModelShape, dense_shape, fit_device, fit_devices, pruned_shape

LLAMA_8B = ModelPrepared(
    source="org/llama",
    name="llama",
    folder="",
    digest="",
    model_type="llama",
    architecture="",
    licence="",
    layers=32,
    hidden_size=4096,
    vocabulary=128_256,
    context_length=8192,
    dtype="bfloat16",
    parameters=8_030_261_248,
    bytes=16_060_522_496,
    layer_parameters=(218_112_000,) * 32,
    layer_bytes=(436_224_000,) * 32,
    kv_elements=2 * 8 * 128 * 32,
)


def device(name: str, gib: float) -> str:
    return f"{name}:{gib}:20:0"


def test_weights_cache_and_working_space_add_up() -> None:
    board = parse_device("Board:8:17.1:1")
    found = fit_device(dense_shape(LLAMA_8B), board, context=4096, precision="q4_0")
    assert found.weights == pytest.approx(8_030_261_248 * 4.5 / 8, abs=1)
    assert found.kv_cache == 65_536 * 4096 * 2, "keys and values in 16 bits"
    assert found.needed == found.weights + found.kv_cache + found.working_space
    assert board.usable == 7 * 2**30
    assert found.fits
    assert not fit_device(dense_shape(LLAMA_8B), board, context=4096, precision="f16").fits


def test_what_no_device_of_a_kind_could_hold_fits_after_pruning() -> None:
    removed = tuple(range(20, 28))
    shape = pruned_shape(LLAMA_8B, removed)
    assert shape.parameters == LLAMA_8B.parameters - 8 * 218_112_000
    assert shape.kv_elements == LLAMA_8B.kv_elements * 24 // 32
    board = parse_device(device("Board", 4.9))
    assert not fit_device(dense_shape(LLAMA_8B), board, 4096, "q4_0").fits
    assert fit_device(shape, board, 4096, "q4_0").fits


@given(
    removed=st.sets(st.integers(0, 31), max_size=31).map(sorted).map(tuple),
    context=st.integers(1, 200_000),
    precision=st.sampled_from(sorted(BITS_PER_WEIGHT)),
)
def test_pruning_never_needs_more_and_is_never_slower(removed: tuple[int, ...], context: int, precision: str) -> None:
    before = fit_devices(dense_shape(LLAMA_8B), EDGE_DEVICES, context, precision)
    after = fit_devices(pruned_shape(LLAMA_8B, removed), EDGE_DEVICES, context, precision)
    for dense, pruned in zip(before, after, strict=True):
        assert pruned.needed <= dense.needed
        assert pruned.tokens_per_second >= dense.tokens_per_second
        assert pruned.fits or not dense.fits


def test_pace_is_bandwidth_over_what_is_read() -> None:
    slow, fast = parse_device("a:8:10"), parse_device("b:8:40")
    shape = ModelShape(parameters=10**9, kv_elements=1000)
    paces = [fit_device(shape, each, 100, "q8_0").tokens_per_second for each in (slow, fast)]
    assert paces[1] == pytest.approx(4 * paces[0])
    assert paces[0] < 10e9 / (10**9 * 8.5 / 8), "never more than the bandwidth allows"


def test_own_devices_stand_behind_the_table_or_replace_one_of_its_rows() -> None:
    devices = edge_devices(["My board:4:17", "Phone, 8 GB:8:60:2"])
    assert len(devices) == len(EDGE_DEVICES) + 1
    assert devices[-1].name == "My board"
    replaced = next(each for each in devices if each.name == "Phone, 8 GB")
    assert (replaced.bandwidth, replaced.reserved) == (60.0, 2 * 2**30)


@pytest.mark.parametrize(
    "text", ["board", "board:4", "board:four:17", ":4:17", "board:0:17", "board:4:17:5", "b:1:2:0:9"]
)
def test_a_device_that_cannot_be_read_is_told_when_it_is_set(text: str) -> None:
    with pytest.raises(BadInput, match="is not a device; write one as 'My board:4:17'"):
        with_values(Settings(), {"edge.devices": text})
