"""Refuse a stage that cannot fit into memory before its work: the system ends a process that fills main memory."""

import math

import torch

from engine.api.errors import LayerSwarmError
from engine.api.message import Message, worded
from engine.api.settings import RecoverySettings, Settings
from engine.models.devices import free_memory
from engine.pipeline.cost import LIBRARIES, RunCost


class TrainingTooLarge(LayerSwarmError):
    """Not even one window at a time can be trained on.

    Args:
        device: The device.
        needed: Bytes that training needs at least.
        free: Bytes that are free.
        remedy: What to do about it, beside closing other programs.
    """

    def __init__(self, device: str, needed: int, free: float, remedy: Message) -> None:
        self.figures = worded("it needs at least {0:.1f} GB, and {1:.1f} GB are free", needed / 1e9, free / 1e9)
        super().__init__(
            worded(
                "Training does not fit into the memory of {0}: {1}; close other programs, {2}.",
                device,
                self.figures,
                remedy,
            )
        )


def check_training(cost: RunCost, bytes_per_number: int, device: str, loaded: bool) -> None:
    """Check that recovery fits into the free memory of a device with one window at a time and its lessons on disk.

    Args:
        cost: The run's cost.
        bytes_per_number: Bytes of a weight in memory.
        device: The device that trains.
        loaded: Whether the dense model is in memory already.

    Raises:
        TrainingTooLarge: It does not fit.
    """
    needed = least_training_bytes(cost, bytes_per_number, device, loaded)
    free = min(free_memory(device), _allowed(cost, bytes_per_number, device, loaded))
    if needed > free:
        raise TrainingTooLarge(device, needed, free, _remedy(cost.settings.recovery, device))
    apart, main = cost.main_memory(torch.device(device).type), free_memory("cpu")
    if apart > main:
        raise TrainingTooLarge("cpu", apart, main, _remedy(cost.settings.recovery, "cpu"))


def _remedy(recovery: RecoverySettings, device: str) -> Message:
    if recovery.method == "lora":
        return worded("set a smaller recovery.rank, use recovery.gradient_checkpointing, or recovery.method=local")
    if recovery.optimiser == "memory" or torch.device(device).type == "cpu":
        return worded("or set a smaller recovery.layers_behind")
    return worded("set recovery.optimiser=memory, or a smaller recovery.layers_behind")


def least_training_bytes(cost: RunCost, bytes_per_number: int, device: str, loaded: bool) -> int:
    """Return the bytes that recovery needs with one window at a time; see ``check_training``."""
    least = cost.with_recovery(pass_windows=1)
    parts = least.memory(bytes_per_number, device.partition(":")[0])
    weights = 0 if loaded else parts.get("weights in training", parts["weights"])
    trained = sum(parts.get(part, 0) for part in ("adapter and optimiser", "trained layers", "repaired layers"))
    return weights + trained + max(parts["training"], parts.get("merging", 0))


def memory_for_exports(settings: Settings, device: str) -> float:
    """Return the bytes that verifying an export may use: it runs on the CPU, whatever the run's device.

    Args:
        settings: Of which ``device.memory_megabytes`` is read where the run's device is the CPU too.
        device: The run's device.
    """
    allowed = 1e6 * settings.device.memory_megabytes
    if not allowed or torch.device(device).type != "cpu":
        return math.inf
    return max(allowed - LIBRARIES, 0.0)


def _allowed(cost: RunCost, bytes_per_number: int, device: str, loaded: bool) -> float:
    """Return the bytes that ``device.memory_megabytes`` leaves for training."""
    allowed = 1e6 * cost.settings.device.memory_megabytes
    if not allowed:
        return math.inf
    taken = LIBRARIES if torch.device(device).type == "cpu" else 0
    return max(allowed - taken - (cost.sizes.parameters * bytes_per_number if loaded else 0), 0.0)
