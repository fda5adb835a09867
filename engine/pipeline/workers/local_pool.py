"""Start the workers of this machine: a process for each further device."""

from functools import partial

import msgspec
import torch

from engine.api.events import Emit
from engine.api.settings import Settings
from engine.models.devices import devices_together
from engine.models.number_format import dtype_name
from engine.models.placement import memory_to_use
from engine.pipeline.placed_model import PlacedModel, memory_beside
from engine.pipeline.workers.agreement import own_versions
from engine.pipeline.workers.messages import (
    StartWorker,
)
from engine.pipeline.workers.pool import WorkerPool
from engine.pipeline.workers.process_link import ProcessLink
from engine.pipeline.workers.remote_worker import Link, RemoteWorker


def local_pool(placed: PlacedModel, layers: int, emit: Emit) -> WorkerPool:
    """Start a process for each device but the first that ``device.workers`` asks for; they load the model meanwhile.

    A process of its own lets every device go its own way: launching kernels does not wait for the interpreter lock of
    another one, and a device that fails takes its process with it, and nothing else.

    Args:
        placed: The run's model, where it is computed, and the settings.
        layers: Number of layers of the dense model.
        emit: Receives what becomes of the workers.

    Raises:
        BadInput: There are fewer devices.
    """
    devices = devices_together(placed.device, placed.settings.device.workers)
    on_cpu = torch.device(placed.device).type == "cpu"
    threads = max(1, torch.get_num_threads() // len(devices)) if on_cpu and len(devices) > 1 else 0
    settings = _sharing_memory(placed, len(devices)) if threads else placed.settings
    beside = memory_beside(placed.cost, placed.device, placed.dtype) if len(devices) > 1 else 0
    workers = []
    for number, device in enumerate(devices[1:], start=2):
        start = StartWorker(
            folder=str(placed.folder.path),
            digest=placed.folder.digest,
            settings=settings,
            device=device,
            dtype=dtype_name(placed.dtype),
            beside=beside,
            sharing=len(devices),
            threads=threads,
            versions=own_versions(),
        )
        name = f"{device} ({number})" if device == devices[0] else device
        workers.append(RemoteWorker(name, ProcessLink, partial(_same, start)))
    return WorkerPool(workers, placed.device, layers, emit, threads)


def _same(start: StartWorker, _link: Link) -> StartWorker:
    return start


def _sharing_memory(placed: PlacedModel, devices: int) -> Settings:
    """Return settings in which each of several processes on one CPU may use its part of the memory."""
    device = placed.settings.device
    share = memory_to_use(placed.device, device) / devices / 1e6
    return msgspec.structs.replace(placed.settings, device=msgspec.structs.replace(device, memory_megabytes=share))
