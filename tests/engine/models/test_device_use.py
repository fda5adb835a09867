"""What the signs of life tell of GPUs, on a machine that has none: a double of ``torch.cuda`` stands in."""

import sys
from types import SimpleNamespace

import pytest

from engine.models.device_use import DeviceWatch

GB = 10**9


class FakeCuda:
    """Two GPUs of 16 GB."""

    def __init__(self, load: tuple[int, int] = (80, 40), fault: Exception | None = None, used: bool = True) -> None:
        self._load, self._fault, self._used = load, fault, used
        self.asked = 0

    def is_initialized(self) -> bool:
        return self._used

    def device_count(self) -> int:
        return 2

    def mem_get_info(self, index: int) -> tuple[int, int]:
        return (10 - index) * GB, 16 * GB

    def memory_reserved(self, index: int) -> int:
        return (index + 1) * GB

    def utilization(self, index: int) -> int:
        self.asked += 1
        if self._fault is not None:
            raise self._fault
        return self._load[index]


def watching(monkeypatch: pytest.MonkeyPatch, cuda: object, xpu: object = None) -> DeviceWatch:
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=cuda, xpu=xpu))  # type: ignore[arg-type]
    return DeviceWatch()


@pytest.mark.parametrize("kind", ["cuda", "xpu"])
def test_memory_and_load_are_those_of_all_gpus(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, object] = {"cuda": FakeCuda(used=False), "xpu": None, kind: FakeCuda()}
    watch = watching(monkeypatch, **found)
    assert watch.memory() == (3 * GB, 13 * GB, 32 * GB)
    assert watch.load() == pytest.approx(0.6)


@pytest.mark.parametrize("cuda", [None, FakeCuda(used=False)], ids=["torch is still being imported", "not used yet"])
def test_nothing_is_told_before_torch_has_used_a_gpu(monkeypatch: pytest.MonkeyPatch, cuda: object) -> None:
    watch = watching(monkeypatch, cuda)
    assert watch.memory() == (0, 0, 0)
    assert watch.load() is None


@pytest.mark.parametrize(
    "fault", [ModuleNotFoundError("nvidia-ml-py does not seem to be installed"), RuntimeError("no driver"), OSError()]
)
def test_a_driver_that_does_not_tell_is_asked_once(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    cuda = FakeCuda(fault=fault)
    watch = watching(monkeypatch, cuda)
    assert [watch.load(), watch.load()] == [None, None]
    assert cuda.asked == 1
    assert watch.memory()[0] == 3 * GB, "memory is told by torch itself"
