"""Devices: what this computer has, which one is taken, and which number format fits it."""

import psutil
import pytest
import torch

from engine.api.errors import BadInput
from engine.models import devices
from engine.models.memory_limit import MemoryLimit


@pytest.fixture
def two_gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer with two NVIDIA GPUs."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda name: f"GPU {name}")
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda name: (3 if name == "cuda:0" else 7, 10))


@pytest.fixture
def only_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without any GPU."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(torch.xpu, "is_available", lambda: False)


def test_the_cpu_is_always_there_with_its_memory() -> None:
    cpu = devices.list_devices()[-1]
    assert cpu.name == "cpu"
    assert "core" in cpu.label
    assert 0 < cpu.memory_free <= cpu.memory_total <= psutil.virtual_memory().total


def test_a_device_named_is_usable_by_torch() -> None:
    for device in devices.list_devices():
        assert torch.ones(3, device=device.name).sum().item() == 3


@pytest.mark.usefixtures("only_cpu")
def test_auto_takes_the_cpu_where_there_is_nothing_else() -> None:
    assert devices.choose_device("auto") == "cpu"


@pytest.mark.usefixtures("two_gpus")
def test_auto_takes_the_first_gpu() -> None:
    assert devices.choose_device("auto") == "cuda:0"
    assert devices.choose_device("cuda") == "cuda:0"
    assert devices.choose_device("cuda:1") == "cuda:1"
    assert devices.choose_device("cpu") == "cpu"


@pytest.mark.usefixtures("two_gpus")
def test_each_gpu_has_its_own_memory() -> None:
    found = {device.name: (device.memory_free, device.memory_total) for device in devices.list_devices()}
    assert found["cuda:0"] == (3, 10)
    assert found["cuda:1"] == (7, 10)
    assert devices.free_memory("cuda:1") == 7


@pytest.mark.usefixtures("only_cpu")
@pytest.mark.parametrize("name", ["cuda", "cuda:0", "mps", "xpu", "xpu:1"])
def test_a_device_that_is_not_here_is_refused_with_those_that_are(name: str) -> None:
    with pytest.raises(BadInput, match=f"'{name}' is not available on this computer.*; choose cpu, or 'auto'"):
        devices.choose_device(name)


@pytest.mark.usefixtures("two_gpus")
def test_a_gpu_too_many_is_refused() -> None:
    with pytest.raises(BadInput, match=r"'cuda:2'.*cuda:0 or cuda:1 or"):
        devices.choose_device("cuda:2")


@pytest.mark.usefixtures("only_cpu")
def test_a_container_may_take_no_more_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "memory_limit", lambda _total: MemoryLimit(free=600, total=1000))
    cpu = devices.list_devices()[-1]
    assert (cpu.memory_free, cpu.memory_total) == (600, 1000)
    monkeypatch.setattr(devices, "memory_limit", lambda _total: None)
    assert devices.list_devices()[-1].memory_total == psutil.virtual_memory().total
