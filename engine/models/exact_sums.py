"""Add up figures in float64, which only the CPU computes on every computer: MPS and Intel Arc refuse it.

A device reduces what is large to one float32 figure per position; these figures are copied to the CPU and added there.
So the sums do not depend on the kind of the device, nor on how many figures there are.
"""

from collections.abc import Sequence

import torch
from torch import Tensor


def exact_sum(values: Tensor, dim: int | None = None) -> Tensor:
    """Return the sum in float64, on the CPU.

    Args:
        values: Figures on any device, few enough to be copied: one per position rather than one per token of the
            vocabulary (``row_sums``).
        dim: The dimension to add along; by default all of them.
    """
    here = values.detach().cpu()
    return here.sum(dtype=torch.float64) if dim is None else here.sum(dim, dtype=torch.float64)


def exact_total(parts: Sequence[Tensor]) -> float:
    """Return the sum of all figures of all parts, with one copy from the device and so one wait for it."""
    if not parts:
        return 0.0
    together = torch.cat([part.detach().flatten() for part in parts]).cpu()
    split = together.split([part.numel() for part in parts])
    return sum(float(part.sum(dtype=torch.float64)) for part in split)


def row_sums(values: Tensor) -> Tensor:
    """Return the sums along the last dimension, on the device of ``values``: in float64 on a CPU, else in float32."""
    return values.sum(-1, dtype=torch.float64 if values.device.type == "cpu" else torch.float32)


def computes_float64(device: torch.device) -> bool:
    """Return whether the device computes in float64, by trying: of one kind (XPU) some devices do and others do not."""
    if device.type == "cpu":
        return True
    try:
        one = torch.ones((1, 1), dtype=torch.float64, device=device)
        return float((one @ one).cpu()) == 1.0
    except (TypeError, RuntimeError, NotImplementedError):
        return False
