"""How far the GPUs are in use, once torch has begun to use one. Nothing here imports torch, which takes seconds."""

import sys
from typing import Any


class DeviceWatch:
    """Asks the driver about all GPUs that torch sees; what cannot be told once is not asked for again."""

    def __init__(self) -> None:
        self._tells_load = True

    def memory(self) -> tuple[int, int, int]:
        """Bytes that torch holds, that everybody holds, and that there are; zeros until torch has used a GPU."""
        cuda = _cuda_at_work()
        if cuda is None:
            return 0, 0, 0
        devices = range(cuda.device_count())
        try:
            room = [cuda.mem_get_info(index) for index in devices]
        except RuntimeError:  # a driver that does not tell must not end the signs of life
            room = []
        held = sum(cuda.memory_reserved(index) for index in devices)
        return held, sum(total - free for free, total in room), sum(total for _, total in room)

    def load(self) -> float | None:
        """Share of the last moments in which the GPUs computed, their mean, 0 to 1; None where nobody tells.

        torch asks NVML on NVIDIA and amdsmi on ROCm, and knows which of their devices CUDA_VISIBLE_DEVICES means.
        """
        cuda = _cuda_at_work()
        if cuda is None or not self._tells_load:
            return None
        count = cuda.device_count()
        try:
            return float(sum(cuda.utilization(index) for index in range(count)) / (100 * count))
        except Exception:  # of torch, NVML and amdsmi, which share no base: no library, no driver, no permission
            self._tells_load = False
            return None


def _cuda_at_work() -> Any | None:
    """``torch.cuda`` once it has been used; another thread may be importing torch at this moment."""
    cuda = getattr(sys.modules.get("torch"), "cuda", None)
    return cuda if cuda is not None and getattr(cuda, "is_initialized", lambda: False)() else None
