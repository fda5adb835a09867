"""Estimate memory and time of a run before it starts, for each device."""

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import torch

from engine.api.budget import prunable_layers, smallest_layers
from engine.api.commands import EstimateRun
from engine.api.control import Control
from engine.api.disk import free_disk
from engine.api.editing import settings_from
from engine.api.events import Emit, EstimateMade
from engine.api.locations import cache_folder
from engine.api.settings import Settings
from engine.models.devices import choose_device, device_names, free_memory
from engine.models.number_format import choose_dtype
from engine.pipeline.cost import RunCost
from engine.pipeline.ending import Ending
from engine.pipeline.placed_model import run_cost
from engine.pipeline.streaming_cost import StreamingCost, streaming_cost
from engine.sources.resolve import resolve_source

EFFICIENCY: Mapping[str, float] = {
    "calibrate": 0.15,
    "analyse": 0.6,
    "search": 0.6,
    "compensate": 0.5,
    "recover": 0.5,
    "evaluate": 0.25,
    "tasks and texts": 0.5,
}
"""Share of the speed of a matrix product that each part reaches; generating text is slow, token by token."""
_DISK_BYTES_PER_SECOND = 150e6
_START_SECONDS = 5.0
"""Seconds to load the libraries and the model."""
_EXPORT_PASSES = 4
"""Passes over the disk for an export: it is read, written, and read twice more for verification."""


def estimate_run(command: EstimateRun, emit: Emit, control: Control) -> Ending:
    """Emit ``EstimateMade`` for the device of the command, or for every device.

    Args:
        command: Settings and device.
        emit: Receives the events.
        control: Carries the user's wish to stop.

    Raises:
        BadInput: The settings, the algorithm, the source, the budget or the device cannot be used.
        LayerSwarmError: The source cannot be fetched now.
    """
    settings = settings_from(command.settings)
    devices = [choose_device(command.device)] if command.device else device_names()

    def report(_message: str, _done: float, _total: float) -> None:
        control.check()

    folder = resolve_source(settings.model.source, settings.model.revision, report)
    cost = run_cost(settings, folder)
    for device in devices:
        control.check()
        emit(_estimate(cost, folder.path, device))
    return Ending.finished(f"{cost.removed} of {cost.sizes.layers} layers would be removed.")


def _estimate(cost: RunCost, folder: Path, device: str) -> EstimateMade:
    dtype = choose_dtype(device, cost.settings.device.dtype, cost.sizes.parameters)
    kind = torch.device(device).type
    prunable = prunable_layers(cost.sizes.layers, cost.settings.analysis, cost.needed)
    parameters, size = cost.sizes.after(smallest_layers(prunable, cost.sizes.layer_bytes, cost.removed))
    streamed = streaming_cost(cost, folder, device, dtype)
    memory, needed = cost.memory(dtype.itemsize, kind), cost.memory_needed(dtype.itemsize, kind)
    if cost.settings.device.four_bit:
        streamed = replace(streamed, layers=0, bytes=0)  # in the evaluation alone
    if streamed.layers:
        memory["weights"], needed = streamed.weights, streamed.memory
    return EstimateMade(
        device=device,
        memory=memory,
        memory_needed=needed,
        memory_free=_free(device, cost.settings),
        disk_needed=size + cost.adapter_bytes + cost.lesson_bytes(dtype.itemsize),
        disk_free=free_disk(cache_folder()),
        seconds=_seconds(cost, device, dtype, size, streamed),
        layers=cost.removed,
        result_parameters=parameters,
        result_bytes=size,
        streamed_layers=streamed.layers,
        streamed_bytes=streamed.bytes,
        read_seconds=streamed.seconds,
    )


def _free(device: str, settings: Settings) -> int:
    free, allowed = free_memory(device), round(1e6 * settings.device.memory_megabytes)
    return min(free, allowed) if allowed else free


def estimated_seconds(cost: RunCost, folder: Path, device: str, dtype: torch.dtype) -> dict[str, float]:
    """Return the estimated seconds of each stage, with the evaluation's tasks and texts as a part of it."""
    seconds = _seconds(cost, device, dtype, cost.sizes.bytes, streaming_cost(cost, folder, device, dtype))
    seconds["evaluate"] = seconds.get("evaluate", 0.0) + seconds.pop("tasks and texts", 0.0)
    return seconds


def _seconds(cost: RunCost, device: str, dtype: torch.dtype, size: int, streamed: StreamingCost) -> dict[str, float]:
    speed = _matrix_speed(device, dtype, cost.hidden)
    seconds = {stage: flops / (speed * EFFICIENCY.get(stage, 1.0)) for stage, flops in cost.flops().items()}
    seconds["export"] = _START_SECONDS + _EXPORT_PASSES * size / _DISK_BYTES_PER_SECOND
    # Layers are read while the ones before them compute, so the slower of both decides.
    seconds = {stage: max(each, streamed.stage_seconds(cost, stage)) for stage, each in seconds.items()}
    return {"model": _START_SECONDS, **seconds}


@torch.no_grad()
def _matrix_speed(device: str, dtype: torch.dtype, hidden: int) -> float:
    """Measure the floating-point operations per second of a matrix product of this model's size."""
    rows, columns = 512, 4 * hidden
    left = torch.ones(rows, hidden, device=device, dtype=dtype)
    right = torch.ones(hidden, columns, device=device, dtype=dtype)
    float((left @ right)[0, 0])  # the first product initialises the libraries
    done, started = 0, time.perf_counter()
    while (passed := time.perf_counter() - started) < 0.05 or done < 3:
        float((left @ right)[0, 0])  # reading a value waits for the device
        done += 1
    return done * 2.0 * rows * hidden * columns / passed
