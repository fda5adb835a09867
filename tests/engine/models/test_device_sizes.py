"""Sizes of the work that a device does at once follow from its memory, and never from what is free of it now."""

from collections.abc import Callable, Iterator

import pytest
import torch

from engine.models import devices
from engine.models.device_sizes import PASSING, batch_tokens, head_chunk_bytes, joined_tokens, piece_tokens

GB = 10**9
GPU, CPU = torch.device("cuda:0"), torch.device("cpu")
GpuWith = Callable[[int, int], None]


@pytest.fixture
def gpu_with(monkeypatch: pytest.MonkeyPatch) -> Iterator[GpuWith]:
    """Give the computer a GPU with so many bytes in total, of which so many are free."""

    def give(total: int, free: int) -> None:
        monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _name: (free, total))
        devices.total_memory.cache_clear()

    yield give
    devices.total_memory.cache_clear()


@pytest.mark.parametrize("state_bytes", [2 * 576, 2 * 4096, 2 * 8192, 4 * 16384])
@pytest.mark.parametrize("memory", [4 * GB, 24 * GB, 141 * GB])
def test_the_states_of_joined_candidates_take_a_small_part_of_a_gpu(
    memory: int, state_bytes: int, gpu_with: GpuWith
) -> None:
    gpu_with(memory, memory)
    tokens = joined_tokens(GPU, state_bytes)
    assert tokens & (tokens - 1) == 0
    assert tokens == 512 or PASSING * tokens * state_bytes <= memory / 16
    # And no less than that part allows, up to a number that keeps any GPU busy.
    assert tokens == 16384 or PASSING * 2 * tokens * state_bytes > memory / 16


@pytest.mark.parametrize(("memory", "chunk"), [(2 * GB, 64 * 2**20), (16 * GB, 250_000_000), (80 * GB, 512 * 2**20)])
def test_logits_take_a_small_part_of_a_gpu(memory: int, chunk: int, gpu_with: GpuWith) -> None:
    gpu_with(memory, memory)
    assert head_chunk_bytes(GPU) == chunk


def test_what_is_free_changes_no_size(gpu_with: GpuWith) -> None:
    """Another size might change the last bit of a score, and with it what a resumed run finds."""
    found = []
    for free in (16 * GB, GB):
        gpu_with(16 * GB, free)
        found.append((joined_tokens(GPU, 2 * 4096), head_chunk_bytes(GPU)))
    assert found[0] == found[1]


def test_a_cpu_is_given_what_stays_in_its_cache() -> None:
    assert {joined_tokens(CPU, state) for state in (64, 2**16)} == {512}


def test_wide_models_are_walked_in_smaller_batches_which_more_devices_can_share() -> None:
    widths = (576, 2048, 4096, 16384)
    assert [batch_tokens(GPU, 2 * width) for width in widths] == [2048, 1024, 512, 512]
    assert [piece_tokens(GPU, 2 * width) for width in widths] == [4096, 4096, 2048, 512]
    assert {batch_tokens(CPU, 2 * width) for width in widths} == {512}
