"""Memory and time of a run before it starts, for each device."""

import time
from collections.abc import Mapping

import torch

from engine.api.budget import prunable_layers, searched_counts, smallest_layers
from engine.api.commands import EstimateRun
from engine.api.control import Control
from engine.api.disk import free_disk
from engine.api.editing import settings_from
from engine.api.events import Emit, EstimateMade
from engine.api.locations import cache_folder
from engine.api.settings import Settings
from engine.models.description import describe_model
from engine.models.devices import choose_device, device_names, free_memory
from engine.models.folder import ModelFolder
from engine.models.inventory import take_inventory
from engine.models.number_format import choose_dtype
from engine.models.sizes import measure_sizes
from engine.pipeline.cost import Work
from engine.pipeline.ending import Ending
from engine.pipeline.evaluation_size import evaluated_tokens
from engine.sources.resolve import resolve_source

_EFFICIENCY: Mapping[str, float] = {
    "calibrate": 0.15,
    "analyse": 0.6,
    "search": 0.6,
    "recover": 0.5,
    "evaluate": 0.25,
    "tasks and texts": 0.5,
}
"""Share of a matrix product's pace that each part reaches: writing text goes token by token."""
_DISK_BYTES_PER_SECOND = 150e6
_START_SECONDS = 5.0
"""Loading the libraries and the model."""
_EXPORT_PASSES = 4
"""Read, written, and read twice more for its verification."""


def estimate_run(command: EstimateRun, emit: Emit, control: Control) -> Ending:
    """Answer one ``EstimateMade`` for the named device, or for every device.

    Raises:
        BadInput: the settings, the source, the budget or the device cannot be used.
    """
    settings = settings_from(command.settings)
    devices = [choose_device(command.device)] if command.device else device_names()

    def report(_message: str, _done: float, _total: float) -> None:
        control.check()

    work = _work(settings, resolve_source(settings.model.source, settings.model.revision, report))
    for device in devices:
        control.check()
        emit(_estimate(work, device))
    return Ending.finished(f"{work.removed} of {work.sizes.layers} layers would be removed.")


def _work(settings: Settings, folder: ModelFolder) -> Work:
    described, sizes = describe_model(folder), measure_sizes(folder.path)
    needed = described.needed_layers
    prunable = prunable_layers(sizes.layers, settings.analysis, needed)
    counts = searched_counts(settings, prunable, sizes.layer_bytes, sizes.bytes)
    width = _adapter_width(folder, sizes.layers)
    read = evaluated_tokens(settings.evaluation, described.context_length)
    return Work(sizes, described.hidden_size, described.vocabulary, width, settings, counts, read, needed)


def _adapter_width(folder: ModelFolder, layers: int) -> int:
    """Inputs plus outputs of the linear modules of an average layer."""
    inventory = take_inventory(folder.path)
    inside = [stored.entry for stored in inventory.weights if inventory.names.layer_of(stored.name) is not None]
    return sum(sum(matrix.shape) for matrix in inside if len(matrix.shape) == 2) // layers


def _estimate(work: Work, device: str) -> EstimateMade:
    dtype = choose_dtype(device, work.settings.device.dtype, work.sizes.parameters)
    kind = torch.device(device).type
    prunable = prunable_layers(work.sizes.layers, work.settings.analysis, work.needed)
    parameters, size = work.sizes.after(smallest_layers(prunable, work.sizes.layer_bytes, work.removed))
    return EstimateMade(
        device=device,
        memory=work.memory(dtype.itemsize, kind),
        memory_needed=work.memory_needed(dtype.itemsize, kind),
        memory_free=free_memory(device),
        disk_needed=size + work.adapter_bytes + work.lesson_bytes(dtype.itemsize),
        disk_free=free_disk(cache_folder()),
        seconds=_seconds(work, device, dtype, size),
        layers=work.removed,
        result_parameters=parameters,
        result_bytes=size,
    )


def _seconds(work: Work, device: str, dtype: torch.dtype, size: int) -> dict[str, float]:
    pace = _matrix_pace(device, dtype, work.hidden)
    seconds = {stage: flops / (pace * _EFFICIENCY.get(stage, 1.0)) for stage, flops in work.flops().items()}
    seconds["export"] = _START_SECONDS + _EXPORT_PASSES * size / _DISK_BYTES_PER_SECOND
    return {"model": _START_SECONDS, **seconds}


@torch.no_grad()
def _matrix_pace(device: str, dtype: torch.dtype, hidden: int) -> float:
    """Floating-point operations per second of a matrix product as in this model, measured for a moment."""
    rows, columns = 512, 4 * hidden
    left = torch.ones(rows, hidden, device=device, dtype=dtype)
    right = torch.ones(hidden, columns, device=device, dtype=dtype)
    float((left @ right)[0, 0])  # the first one sets up the libraries
    done, started = 0, time.perf_counter()
    while (passed := time.perf_counter() - started) < 0.05 or done < 3:
        float((left @ right)[0, 0])  # reading a number waits for the device
        done += 1
    return done * 2.0 * rows * hidden * columns / passed
