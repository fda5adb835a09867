"""List the devices of this computer, choose one, and measure its free memory."""

import platform
from functools import cache
from pathlib import Path

import psutil
import torch

from engine.api.errors import BadInput
from engine.api.events import DeviceFound
from engine.api.message import worded, worded_count
from engine.api.plurals import any_of, counted
from engine.models.memory_limit import memory_limit


def list_devices() -> list[DeviceFound]:
    """Return every device that torch can use here, the one that ``auto`` selects first; memory is in bytes."""
    return [_describe(name) for name in device_names()]


def device_names() -> list[str]:
    """Return ``cuda:0``, ``cuda:1``, ..., ``mps``, ``xpu:0``, ..., and always ``cpu``: the fastest kind first."""
    names = [f"cuda:{index}" for index in range(torch.cuda.device_count())] if torch.cuda.is_available() else []
    if torch.backends.mps.is_available():
        names.append("mps")
    if torch.xpu.is_available():
        names += [f"xpu:{index}" for index in range(torch.xpu.device_count())]
    return [*names, "cpu"]


def choose_device(name: str) -> str:
    """Turn the setting ``device.name`` into a device of this computer; ``auto`` selects the fastest kind.

    Raises:
        BadInput: This computer has no such device; the message names those that it has.
    """
    names = device_names()
    if name == "auto":
        return names[0]
    wanted = f"{name}:0" if name in ("cuda", "xpu") else name
    if wanted not in names:
        raise BadInput(
            worded(
                "The device '{0}' is not available on this computer{1}; choose {2}, or 'auto'.",
                name,
                _reason(name),
                any_of(names),
            )
        )
    return wanted


def free_memory(device: str) -> int:
    """Return the free memory of the device in bytes."""
    return _memory(device)[0]


@cache
def total_memory(device: str) -> int:
    """Return the memory of the device in bytes, free or not; asked once, since it does not change."""
    return _memory(device)[1]


def used_memory(device: str) -> tuple[int, int]:
    """Return the bytes of the device that this process holds, and those that the device has."""
    kind = torch.device(device).type
    if kind in ("cuda", "xpu"):
        return torch.get_device_module(device).memory_reserved(device), total_memory(device)
    if kind == "mps":
        return torch.mps.driver_allocated_memory(), total_memory(device)
    return psutil.Process().memory_info().rss, total_memory(device)


def devices_together(first: str, count: int) -> list[str]:
    """Return the devices that work together: the first, then others of its kind in their order.

    On a CPU, or a Mac's GPU, all are the same one.

    Args:
        first: A device of this computer.
        count: Number of devices; 0 means all of that kind.

    Raises:
        BadInput: There are fewer.
    """
    kind = torch.device(first).type
    if kind not in ("cuda", "xpu"):
        return [first] * max(count, 1)
    same = [first, *(name for name in device_names() if torch.device(name).type == kind and name != first)]
    if count > len(same):
        raise BadInput(
            worded_count(
                len(same),
                "device.workers is {1}, but there is {0} device of the kind {2}; set it to {0}.",
                "device.workers is {1}, but there are {0} devices of the kind {2}; set it to {0} or fewer.",
                count,
                kind,
            )
        )
    return same[: count or len(same)]


def device_identity(device: str) -> str:
    """Return what identifies a GPU beyond this process; empty where nothing does."""
    if torch.device(device).type != "cuda":
        return ""
    return str(getattr(torch.cuda.get_device_properties(device), "uuid", ""))


def cpu_name() -> str:
    """Return the vendor's name of the processor, or its architecture if the name is unknown."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return named or platform.processor() or platform.machine()


def _describe(name: str) -> DeviceFound:
    free, total = _memory(name)
    return DeviceFound(name=name, label=device_label(name), memory_total=total, memory_free=free)


def device_label(name: str) -> str:
    """Return the vendor's name of a device."""
    kind = torch.device(name).type
    if kind == "cuda":
        label = torch.cuda.get_device_name(name)
        return f"{label} (ROCm)" if torch.version.hip else label  # torch calls AMD's GPUs cuda too
    if kind == "xpu":
        return torch.xpu.get_device_name(name)
    if kind == "mps":
        return f"{cpu_name()} GPU"
    cores = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    return f"{cpu_name()}, {counted(cores, 'core')}"


def _memory(name: str) -> tuple[int, int]:
    """Return the free and the total bytes of a device."""
    kind = torch.device(name).type
    if kind == "cuda":
        return torch.cuda.mem_get_info(name)
    if kind == "xpu":
        return torch.xpu.mem_get_info(name)
    if kind == "mps":
        # The GPU of a Mac shares the CPU's memory; Metal recommends how much of it to use.
        total = torch.mps.recommended_max_memory()
        return min(total - torch.mps.driver_allocated_memory(), psutil.virtual_memory().available), total
    return _main_memory()


def _main_memory() -> tuple[int, int]:
    """Return the free and the total bytes of main memory, within the limits of the control groups around us."""
    memory = psutil.virtual_memory()
    limit = memory_limit(memory.total)
    if limit is None:
        return memory.available, memory.total
    return min(memory.available, limit.free), limit.total


def _reason(name: str) -> str:
    """Explain why torch may not see an NVIDIA GPU."""
    if name.startswith("cuda") and torch.version.cuda is None:
        return worded(" (the torch that is installed is a build without CUDA)")
    return ""
