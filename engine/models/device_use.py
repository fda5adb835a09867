"""Measure memory and load of the GPUs once torch uses one, without importing torch, which takes seconds."""

import sys
from typing import Any


class DeviceWatch:
    """Queries the driver for all GPUs that torch sees; a query that fails once is not repeated."""

    def __init__(self) -> None:
        self._knows_load = True

    def memory(self) -> tuple[int, int, int]:
        """Return the bytes reserved by torch, used by all processes, and in total; zeros until torch has used a GPU."""
        cuda = _cuda_at_work()
        if cuda is None:
            return 0, 0, 0
        devices = range(cuda.device_count())
        try:
            room = [cuda.mem_get_info(index) for index in devices]
        except RuntimeError:  # a driver that does not answer must not end the heartbeats
            room = []
        held = sum(cuda.memory_reserved(index) for index in devices)
        return held, sum(total - free for free, total in room), sum(total for _, total in room)

    def load(self) -> float | None:
        """Return the mean utilisation of the GPUs, 0 to 1, or None if it is unknown.

        torch queries NVML on NVIDIA and amdsmi on ROCm, and maps CUDA_VISIBLE_DEVICES to their devices.
        """
        cuda = _cuda_at_work()
        if cuda is None or not self._knows_load:
            return None
        count = cuda.device_count()
        try:
            return float(sum(cuda.utilization(index) for index in range(count)) / (100 * count))
        except Exception:  # torch, NVML and amdsmi share no base class: no library, no driver, no permission
            self._knows_load = False
            return None


def _cuda_at_work() -> Any | None:
    """Return ``torch.cuda`` once it has been used; another thread may be importing torch at this moment."""
    cuda = getattr(sys.modules.get("torch"), "cuda", None)
    return cuda if cuda is not None and getattr(cuda, "is_initialized", lambda: False)() else None
