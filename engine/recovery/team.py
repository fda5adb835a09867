"""Coordinate the processes that train together, one per device, started by accelerate's launcher; usually one."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

import torch
from accelerate import Accelerator
from accelerate.utils import DataLoaderConfiguration
from torch import Tensor

from engine.api.commands import StopMode
from engine.api.control import StopRequested

T = TypeVar("T", list[range], Tensor)
_MODES: tuple[StopMode, ...] = ("pause", "keep_best", "discard")


class Team:
    """This process among those that train the same adapters on parts of the same batches.

    Args:
        cpu: Whether the training runs on the CPU.
        neighbours: The place of this process among those that share its folder, and their number; None where all of
            them share one.
    """

    def __init__(self, cpu: bool, neighbours: tuple[int, int] | None = None) -> None:
        # One scheduler step for each optimiser step, however many processes there are.
        batches = DataLoaderConfiguration(split_batches=True)
        self.accelerator = Accelerator(cpu=cpu, mixed_precision="no", device_placement=False, dataloader_config=batches)
        self.size: int = self.accelerator.num_processes
        self.is_first: bool = self.accelerator.is_main_process
        place = neighbours or (self.accelerator.process_index, self.size)
        self._place: int = place[0]
        self.folder_size: int = place[1]
        """Number of processes that share this one's folder."""
        self.is_first_of_folder = self._place == 0

    def share(self, items: T) -> T:
        """Return this process's part of some items; all of them where it is the only process."""
        return items[self.accelerator.process_index :: self.size]

    def share_of_folder(self, items: T) -> T:
        """Return this process's part of what those that share its folder write there together."""
        return items[self._place :: self.folder_size]

    def add_up(self, tensors: Iterable[Tensor]) -> None:
        """Replace each tensor by its sum over all processes."""
        if self.size == 1:
            return
        found = list(tensors)
        flat = self.accelerator.reduce(torch.cat([tensor.flatten().float() for tensor in found]), "sum")
        for tensor, summed in zip(found, flat.split([tensor.numel() for tensor in found]), strict=True):
            tensor.copy_(summed.view_as(tensor))

    def sums(self, *values: float) -> list[float]:
        """Return each number summed over all processes."""
        if self.size == 1:
            return list(values)
        summed = self.accelerator.reduce(torch.tensor(values, device=self.accelerator.device), "sum")
        return [float(value) for value in summed]

    def together(self, control: Callable[[], None]) -> None:
        """Call ``control`` in the first process, and stop all processes at the same place where it raises.

        Raises:
            StopRequested: The first process was asked to stop.
        """
        mode: StopMode | None = None
        if self.is_first:
            try:
                control()
            except StopRequested as stop:
                mode = stop.mode
        if self.size > 1:
            code = torch.tensor([_MODES.index(mode) + 1 if mode else 0], device=self.accelerator.device)
            code = self.accelerator.reduce(code, "sum")
            mode = _MODES[int(code) - 1] if int(code) else None
        if mode is not None:
            raise StopRequested(mode)

    def wait(self) -> None:
        """Wait until every process has reached this call."""
        self.accelerator.wait_for_everyone()


def raising(stop: StopRequested) -> Callable[[], None]:
    """Return a control that stops as was requested before."""

    def control() -> None:
        raise stop

    return control


def precision(dtype: torch.dtype, device: torch.device) -> AbstractContextManager[object]:
    """Multiply float32 adapters in the model's number format inside a ``with`` block, where that is a shorter one.

    Trained weights stay in float32, so that small steps are not rounded away (Micikevicius et al. 2018,
    https://arxiv.org/abs/1710.03740).
    """
    return nullcontext() if dtype == torch.float32 else torch.autocast(device.type, dtype=dtype)


def gradient_scaler(dtype: torch.dtype, device: torch.device) -> torch.amp.GradScaler:
    """Return what scales the loss where float16 would lose small gradients, and does nothing elsewhere."""
    return torch.amp.GradScaler(device.type, enabled=dtype == torch.float16 and device.type != "cpu")
