"""Hidden states wait in memory up to a limit, and beyond it in files that vanish with them."""

import gc
from pathlib import Path

import pytest
import torch

from engine.api.errors import LayerSwarmError
from engine.models.state_parking import StateParking


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def is_mapped(hidden: torch.Tensor) -> bool:
    """Whether a file backs the tensor's storage, as the kernel sees it."""
    address = hidden.data_ptr()
    for line in Path("/proc/self/maps").read_text().splitlines():
        low, _, rest = line.partition("-")
        if int(low, 16) <= address < int(rest.partition(" ")[0], 16):
            return ".states-" in line or "(deleted)" in line
    return False


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_states_beyond_the_limit_are_read_from_files(dtype: torch.dtype, cache: Path) -> None:
    states = [torch.randn(2, 300, 8).to(dtype) for _ in range(4)]
    parking = StateParking(memory=2 * states[0].nbytes, disk=10**9)
    parked = [parking.parked(state) for state in states]
    assert all(torch.equal(*pair) for pair in zip(states, parked, strict=True))
    assert [found is state for found, state in zip(parked, states, strict=True)] == [True, True, False, False]
    assert all(parking.parked(each) is each for each in parked)  # once is enough
    assert list(cache.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="reads the maps of the process")
def test_only_what_does_not_fit_is_mapped() -> None:
    parking = StateParking(memory=12_000, disk=10**9)
    parked = [parking.parked(torch.ones(1, 1000, 2)) for _ in range(2)]
    assert [is_mapped(state) for state in parked] == [False, True]


def test_memory_that_a_dropped_state_leaves_is_used_again() -> None:
    parking = StateParking(memory=40, disk=10**9)
    for _ in range(3):
        state = torch.ones(1, 1, 10)
        assert parking.parked(state) is state
        del state
        gc.collect()


def test_without_a_disk_all_states_stay_where_they_are() -> None:
    state = torch.ones(1, 1, 10)
    assert StateParking(memory=1).parked(state) is state


def test_a_disk_that_cannot_be_written_gives_a_sentence(cache: Path) -> None:
    cache.write_text("not a folder")
    with pytest.raises(LayerSwarmError, match="make room on that disk"):
        StateParking(memory=0, disk=10**9).parked(torch.ones(1, 1, 10))
