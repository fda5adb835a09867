"""Find the graphics processors of this computer without torch, by their drivers."""

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pynvml

from engine.api.locations import real_path

Vendor = Literal["nvidia", "amd", "intel", "apple"]
System = Literal["linux", "windows", "macos", "other"]

_SYSTEMS: dict[str, System] = {"linux": "linux", "win32": "windows", "darwin": "macos"}
_DRM = Path("/sys/class/drm")
_KFD = Path("/dev/kfd")
"""The device of AMD's compute driver, without which ROCm finds no GPU."""
_PCI_VENDORS: dict[str, Vendor] = {"0x1002": "amd", "0x8086": "intel"}
_INTEL_DRIVER = "xe"
"""Linux's driver of the Intel GPUs that torch supports; older ones have i915."""


@dataclass(frozen=True)
class Gpu:
    """A graphics processor."""

    vendor: Vendor
    name: str
    memory: int = 0
    """Bytes; 0 where it is not known."""
    capability: tuple[int, int] = (0, 0)
    """NVIDIA's compute capability, such as (8, 6)."""


@dataclass(frozen=True)
class Machine:
    """What decides which build of torch fits."""

    system: System
    processor: str
    """Its architecture, such as ``x86_64``."""
    gpus: tuple[Gpu, ...] = ()
    driver: str = ""
    """Version of the NVIDIA driver."""
    cuda: tuple[int, int] = (0, 0)
    """Newest version of CUDA that the NVIDIA driver can run."""

    def of(self, vendor: Vendor) -> list[Gpu]:
        """Return the GPUs of a vendor."""
        return [gpu for gpu in self.gpus if gpu.vendor == vendor]


def find_machine() -> Machine:
    """Return what this computer has; takes a moment where NVIDIA's driver has to wake a GPU."""
    system, processor = _SYSTEMS.get(sys.platform, "other"), platform.machine()
    if system == "macos":
        gpus = (Gpu("apple", "Apple GPU"),) if processor == "arm64" else ()
        return Machine(system, processor, gpus)
    nvidia, driver, cuda = _nvidia()
    return Machine(system, processor, (*nvidia, *_by_linux(_DRM, _KFD)), driver, cuda)


def _nvidia() -> tuple[list[Gpu], str, tuple[int, int]]:
    """Return NVIDIA's GPUs, the driver's version and its version of CUDA; nothing without a driver that works."""
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return [], "", (0, 0)
    try:
        cuda = int(pynvml.nvmlSystemGetCudaDriverVersion())  # 13010 is 13.1
        driver = str(pynvml.nvmlSystemGetDriverVersion())
        gpus = [_described(pynvml.nvmlDeviceGetHandleByIndex(at)) for at in range(pynvml.nvmlDeviceGetCount())]
        return gpus, driver, (cuda // 1000, cuda % 1000 // 10)
    except pynvml.NVMLError:
        return [], "", (0, 0)
    finally:
        pynvml.nvmlShutdown()


def _described(handle: object) -> Gpu:
    major, minor = pynvml.nvmlDeviceGetCudaComputeCapability(handle)
    memory = int(pynvml.nvmlDeviceGetMemoryInfo(handle).total)
    return Gpu("nvidia", str(pynvml.nvmlDeviceGetName(handle)), memory, (int(major), int(minor)))


def _by_linux(drm: Path, kfd: Path) -> Iterator[Gpu]:
    """Yield the GPUs of AMD and Intel that torch can use, as Linux lists them."""
    for card in sorted(drm.glob("card[0-9]*")):
        if "-" in card.name:  # a connector of a card
            continue
        match _PCI_VENDORS.get(_read(card / "device" / "vendor")):
            case "amd" if kfd.exists():
                memory = _read(card / "device" / "mem_info_vram_total")
                yield Gpu("amd", "AMD GPU", int(memory) if memory.isdecimal() else 0)
            case "intel" if real_path(card / "device" / "driver").name == _INTEL_DRIVER:
                yield Gpu("intel", "Intel GPU")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError):
        return ""
