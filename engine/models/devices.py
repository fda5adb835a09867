"""Which devices this computer has, which one to work on, how much memory is free there."""

import platform
from pathlib import Path

import psutil
import torch

from engine.api.errors import BadInput
from engine.api.events import DeviceFound
from engine.api.plurals import counted

_CGROUP = Path("/sys/fs/cgroup")


def list_devices() -> list[DeviceFound]:
    """Every device that torch can use here, the one that ``auto`` takes first; memory in bytes."""
    return [_describe(name) for name in device_names()]


def device_names() -> list[str]:
    """``cuda:0``, ``cuda:1``, ..., ``mps``, ``xpu:0``, ..., and always ``cpu``: the fastest kind first."""
    names = [f"cuda:{index}" for index in range(torch.cuda.device_count())] if torch.cuda.is_available() else []
    if torch.backends.mps.is_available():
        names.append("mps")
    if torch.xpu.is_available():
        names += [f"xpu:{index}" for index in range(torch.xpu.device_count())]
    return [*names, "cpu"]


def choose_device(name: str) -> str:
    """Turn the setting ``device.name`` into a device of this computer; ``auto`` is the fastest kind there is.

    Raises:
        BadInput: the device is not here; the message names those that are.
    """
    names = device_names()
    if name == "auto":
        return names[0]
    wanted = f"{name}:0" if name in ("cuda", "xpu") else name
    if wanted not in names:
        raise BadInput(
            f"The device '{name}' is not available on this computer{_reason(name)}; "
            f"choose {' or '.join(names)}, or 'auto'."
        )
    return wanted


def free_memory(device: str) -> int:
    """Bytes that can still be taken on the device."""
    return _memory(device)[0]


def cpu_name() -> str:
    """The processor's name as its maker gives it, where the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return named or platform.processor() or platform.machine()


def _describe(name: str) -> DeviceFound:
    free, total = _memory(name)
    return DeviceFound(name=name, label=_label(name), memory_total=total, memory_free=free)


def _label(name: str) -> str:
    kind = torch.device(name).type
    if kind == "cuda":
        label = torch.cuda.get_device_name(name)
        return f"{label} (ROCm)" if torch.version.hip else label  # AMD's GPUs go by the name cuda too
    if kind == "xpu":
        return torch.xpu.get_device_name(name)
    if kind == "mps":
        return f"{cpu_name()} GPU"
    cores = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    return f"{cpu_name()}, {counted(cores, 'core')}"


def _memory(name: str) -> tuple[int, int]:
    """Free and total bytes of a device."""
    kind = torch.device(name).type
    if kind == "cuda":
        return torch.cuda.mem_get_info(name)
    if kind == "xpu":
        return torch.xpu.mem_get_info(name)
    if kind == "mps":
        # The GPU of a Mac shares the memory of the CPU; Metal recommends how much of it to take.
        total = torch.mps.recommended_max_memory()
        return min(total - torch.mps.driver_allocated_memory(), psutil.virtual_memory().available), total
    return _main_memory()


def _main_memory() -> tuple[int, int]:
    """Free and total bytes of main memory, within the limit of a container where there is one."""
    memory = psutil.virtual_memory()
    try:
        limit = int((_CGROUP / "memory.max").read_text())
        used = int((_CGROUP / "memory.current").read_text()) - _reclaimable()
    except (OSError, ValueError):  # no control group of version 2, or one without a limit ("max")
        return memory.available, memory.total
    if limit >= memory.total:
        return memory.available, memory.total
    return min(memory.available, max(limit - used, 0)), limit


def _reclaimable() -> int:
    """Bytes that the group's memory holds of files only, such as weights read once, and gives back when asked."""
    figures = dict(line.split() for line in (_CGROUP / "memory.stat").read_text().splitlines())
    return int(figures.get("inactive_file", 0))


def _reason(name: str) -> str:
    """Why an NVIDIA GPU may be there without torch seeing it."""
    if name.startswith("cuda") and torch.version.cuda is None:
        return " (the torch that is installed is a build without CUDA)"
    return ""
