"""Estimate what it costs that layers are fetched each time that they are applied."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import torch

from engine.api.errors import LayerSwarmError
from engine.fitness.levels import nested_levels
from engine.model_files.folder_content import weight_headers
from engine.models.placement import bytes_in_memory
from engine.pipeline.cost import RunCost
from engine.pipeline.placed_model import memory_beside, placement_of

_SAMPLE = 64 * 2**20
"""Bytes that are read to measure the disk, or copied to measure the way to the device."""
_ANALYSIS_READS = 5
"""Check of the walk, dense states, similarities, times, and blocks; the levels of the single removals come on top."""
_FOLDING_READS = 4
_EVALUATION_READS = 3
"""For each model: its check, the held-out windows, and one text."""


@dataclass(frozen=True)
class StreamingCost:
    """The part of a model that is streamed."""

    layers: int = 0
    bytes: int = 0
    """Bytes of all streamed layers in the run's number format."""
    seconds: float = 0.0
    """Seconds to fetch all of them once."""
    weights: int = 0
    """Bytes of weights in memory at a time."""
    memory: int = 0
    """Bytes that the run needs at a time."""

    def stage_seconds(self, cost: RunCost, stage: str) -> float:
        """Return the seconds that a stage spends on fetching; for the search, one reading for each level it enters."""
        settings = cost.settings
        if settings.device.four_bit and stage != "evaluate":
            return 0.0
        levels = len(nested_levels(settings.calibration.windows, cost.sizes.parameters, settings.search.racing))
        reads = {
            "analyse": _ANALYSIS_READS + levels,
            "search": settings.search.iterations * levels * len(cost.counts),
            "compensate": _FOLDING_READS * (1 + len(settings.compensation.ridges)),
            "recover": cost.training.reads if cost.training else 0,
            "evaluate": _EVALUATION_READS * 4,
        }
        return reads.get(stage, 0) * self.seconds


def streaming_cost(cost: RunCost, folder: Path, device: str, dtype: torch.dtype) -> StreamingCost:
    """Return what is streamed on a device; nothing where the model fits, or cannot be made to fit.

    Args:
        cost: The run's cost.
        folder: The model's folder, from which a little is read to measure the disk.
        device: The device.
        dtype: Number format of the weights in memory.
    """
    try:
        placement = placement_of(cost, device, dtype)
    except LayerSwarmError:
        return StreamingCost()
    if not placement.streamed:
        return StreamingCost()
    sizes = [cost.sizes.layer_parameters[layer] * dtype.itemsize for layer in placement.streamed]
    stored = sum(cost.sizes.layer_bytes[layer] for layer in placement.streamed)
    seconds = sum(sizes) / _copying_speed(device) if placement.store == "memory" else stored / _reading_speed(folder)
    weights = bytes_in_memory(cost.sizes, dtype, placement.streamed)
    needed = weights + memory_beside(cost, device, dtype, streamed=True)
    return StreamingCost(len(sizes), sum(sizes), seconds, weights, needed)


def _reading_speed(folder: Path) -> float:
    """Measure the bytes per second of reading the model's largest file, from the disk where the system allows."""
    file = max((file for file, _ in weight_headers(folder)), key=lambda each: each.stat().st_size)
    with file.open("rb", buffering=0) as opened:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(opened.fileno(), 0, _SAMPLE, os.POSIX_FADV_DONTNEED)
        started, block = time.perf_counter(), bytearray(2**23)
        done = 0
        while done < _SAMPLE and (read := opened.readinto(block)):
            done += read
    return max(done, 1) / max(time.perf_counter() - started, 1e-9)


def _copying_speed(device: str) -> float:
    """Measure the bytes per second of copying from main memory to a device."""
    block = torch.zeros(_SAMPLE, dtype=torch.uint8)
    block.to(device)[0].item()  # the first copy initialises the libraries
    started = time.perf_counter()
    block.to(device)[0].item()  # reading a value waits for the device
    return _SAMPLE / max(time.perf_counter() - started, 1e-9)
