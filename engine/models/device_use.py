"""Measure memory and load of the GPUs once torch uses one, without importing torch, which takes seconds.

A Mac's GPU has no memory of its own: what it uses is in the process's.
"""

import sys
from typing import Any

_KINDS = ("cuda", "xpu")
"""Modules of torch that are queried in the same way; AMD's GPUs are ``cuda`` too."""


class DeviceWatch:
    """Queries the driver for all GPUs that torch sees; a query that fails once is not repeated."""

    def __init__(self) -> None:
        self._knows_load = True

    def memory(self) -> tuple[int, int, int]:
        """Return the bytes reserved by torch, used by all processes, and in total; zeros until torch has used a GPU."""
        gpus = _at_work()
        if gpus is None:
            return 0, 0, 0
        devices = range(gpus.device_count())
        try:
            room = [gpus.mem_get_info(index) for index in devices]
        except RuntimeError:  # a driver that does not answer must not end the heartbeats
            room = []
        held = sum(gpus.memory_reserved(index) for index in devices)
        return held, sum(total - free for free, total in room), sum(total for _, total in room)

    def load(self) -> float | None:
        """Return the mean utilisation of the GPUs, 0 to 1, or None if it is unknown.

        torch queries NVML on NVIDIA, amdsmi on ROCm and Level Zero on Intel, and maps CUDA_VISIBLE_DEVICES.
        """
        gpus = _at_work()
        if gpus is None or not self._knows_load:
            return None
        count = gpus.device_count()
        try:
            return float(sum(gpus.utilization(index) for index in range(count)) / (100 * count))
        except Exception:  # torch and the drivers' libraries share no base class: no library, no driver, no permission
            self._knows_load = False
            return None


def _at_work() -> Any | None:
    """Return ``torch.cuda`` or ``torch.xpu`` once it is used; another thread may be importing torch at this moment."""
    modules = (getattr(sys.modules.get("torch"), kind, None) for kind in _KINDS)
    return next((module for module in modules if getattr(module, "is_initialized", lambda: False)()), None)
