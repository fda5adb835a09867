"""Estimate memory and time of a run before it starts, for each device."""

import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import torch
from msgspec.structs import replace as replace_event

from engine.api.budget import prunable_layers, smallest_layers
from engine.api.commands import EstimateRun
from engine.api.control import Control
from engine.api.disk import free_disk
from engine.api.editing import settings_from
from engine.api.errors import BadInput
from engine.api.events import Emit, EstimateMade
from engine.api.locations import cache_folder
from engine.api.message import Message, worded
from engine.api.settings import Settings
from engine.models.devices import choose_device, device_names, free_memory
from engine.models.number_format import choose_dtype
from engine.pipeline.cost import RunCost
from engine.pipeline.ending import Ending
from engine.pipeline.placed_model import run_cost, run_fits, training_that_fits
from engine.pipeline.streaming_cost import StreamingCost, streaming_cost
from engine.pipeline.workers.share import counted_memory, workers_share
from engine.results.plan_estimate import LONG_SECONDS, doubts_about, total_seconds
from engine.sources.resolve import resolve_source

Speed = Callable[[str, torch.dtype, int], float]
"""Returns the floating-point operations per second of a device in a number format, for a hidden size."""
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
_FASTER = ("recovery.method=local",)
"""Settings of the recovery that read a model less often than LoRA."""
_DISK_BYTES_PER_SECOND = 150e6
_SLOW = 1e9
"""Floating-point operations per second that every device reaches."""
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
    speed = cache(_matrix_speed)  # of a device, measured once for all plans
    for device in devices:
        control.check()
        emit(_estimate(cost, folder.path, device, _chosen_dtype(cost, device), speed))
    for place, other in enumerate(command.others, start=1):
        with contextlib.suppress(BadInput):
            other_cost = run_cost(settings_from(other), folder)
            for device in devices:
                control.check()
                made = _estimate(other_cost, folder.path, device, _chosen_dtype(other_cost, device), speed)
                emit(replace_event(made, plan=place))
    return Ending.finished(worded("{0} of {1} layers would be removed.", cost.removed, cost.sizes.layers))


def doubts_before(cost: RunCost, folder: Path, device: str, dtype: torch.dtype) -> Message | None:
    """Return what to say before a run that does not fit or takes more than a day; None where it is neither.

    The speed of the device is measured only where the run would be long on a slow one.
    """
    rough = _estimate(cost, folder, device, dtype, lambda *_: _SLOW)
    if total_seconds(rough) <= LONG_SECONDS:
        return doubts_about(rough)
    return doubts_about(_estimate(cost, folder, device, dtype, _matrix_speed))


def _chosen_dtype(cost: RunCost, device: str) -> torch.dtype:
    return choose_dtype(device, cost.settings.device.dtype, cost.sizes.parameters)


def _estimate(cost: RunCost, folder: Path, device: str, dtype: torch.dtype, speed: Speed) -> EstimateMade:
    kind = torch.device(device).type
    prunable = prunable_layers(cost.sizes.layers, cost.settings.analysis, cost.needed)
    parameters, size = cost.sizes.after(smallest_layers(prunable, cost.sizes.layer_bytes, cost.removed))
    streamed = streaming_cost(cost, folder, device, dtype)
    memory, needed = cost.memory(dtype.itemsize, kind), cost.memory_needed(dtype.itemsize, kind)
    free = _free(device, cost.settings)
    if cost.settings.device.four_bit:
        streamed = replace(streamed, layers=0, bytes=0)  # in the evaluation alone
    if streamed.layers:
        memory["weights"], needed = streamed.weights, streamed.memory
    share = workers_share(cost.settings, device)
    memory, needed = counted_memory(memory, needed, share)
    pace = speed(device, dtype, cost.hidden)
    seconds = _seconds(cost, device, pace, size, streamed)
    faster = _faster(cost, device, dtype, seconds, pace, streamed)
    return EstimateMade(
        device=device,
        memory=memory,
        memory_needed=needed,
        memory_free=free,
        disk_needed=size + cost.training_disk(dtype.itemsize),
        disk_free=free_disk(cache_folder()),
        seconds=seconds,
        layers=cost.removed,
        result_parameters=parameters,
        result_bytes=size,
        streamed_layers=streamed.layers,
        streamed_bytes=streamed.bytes,
        read_seconds=streamed.seconds,
        fits_with=training_that_fits(cost, device, dtype) if needed > free else (),
        faster_with=_FASTER if faster else (),
        faster_seconds=faster,
    )


def _free(device: str, settings: Settings) -> int:
    free, allowed = free_memory(device), round(1e6 * settings.device.memory_megabytes)
    return min(free, allowed) if allowed else free


def estimated_seconds(cost: RunCost, folder: Path, device: str, dtype: torch.dtype) -> dict[str, float]:
    """Return the estimated seconds of each stage, with the evaluation's tasks and texts as a part of it."""
    speed = _matrix_speed(device, dtype, cost.hidden)
    seconds = _seconds(cost, device, speed, cost.sizes.bytes, streaming_cost(cost, folder, device, dtype))
    seconds["evaluate"] = seconds.get("evaluate", 0.0) + seconds.pop("tasks and texts", 0.0)
    return seconds


def _faster(
    cost: RunCost, device: str, dtype: torch.dtype, seconds: dict[str, float], pace: float, streamed: StreamingCost
) -> float:
    """Return the seconds of a long run with another method of recovery; 0 where it would not take half as long."""
    total, other = sum(seconds.values()), cost.with_recovery(method="local")
    if total <= LONG_SECONDS or cost.training is None or not run_fits(other, device, dtype):
        return 0.0
    found = sum(_seconds(other, device, pace, cost.sizes.bytes, streamed).values())
    return found if found < total / 2 else 0.0


def _seconds(cost: RunCost, device: str, speed: float, size: int, streamed: StreamingCost) -> dict[str, float]:
    """Return the seconds of each stage.

    Args:
        cost: The run's cost.
        device: Where it runs.
        speed: Floating-point operations per second of the device.
        size: Bytes of the export.
        streamed: What reading layers that do not fit costs.
    """
    seconds = {stage: flops / (speed * EFFICIENCY.get(stage, 1.0)) for stage, flops in cost.flops().items()}
    seconds["export"] = _START_SECONDS + _EXPORT_PASSES * size / _DISK_BYTES_PER_SECOND
    seconds["recover"] += cost.update_seconds(torch.device(device).type)
    # Layers are read while the ones before them compute, so the slower of both decides.
    seconds = {stage: max(each, streamed.stage_seconds(cost, stage)) for stage, each in seconds.items()}
    return workers_share(cost.settings, device).seconds(
        {"model": _START_SECONDS, **seconds}, cost.sizes.bytes, cost.exchanged_bytes
    )


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
