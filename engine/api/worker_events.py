"""Events about devices: those of this computer, those of a cluster, and those that work on a run together."""

from typing import Literal

import msgspec

from engine.api.event import Event

WorkerState = Literal["starting", "working", "lost"]


class DeviceFound(Event, frozen=True, kw_only=True):
    """A device that the engine can use; memory in bytes."""

    name: str
    label: str
    memory_total: int
    memory_free: int


class WorkerFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One of the devices; memory in bytes."""

    name: str
    """Such as ``cuda:1``."""
    host: str
    """Name of its computer; empty before it is known."""
    label: str = ""
    """Vendor's name of the device."""
    state: WorkerState
    memory_used: int = 0
    """Memory of the device that the worker holds."""
    memory_total: int = 0
    tokens_per_second: float | None = None
    """Pace while it scores, as tokens of whole forward passes; None before its first work."""


class WorkersMeasured(Event, frozen=True, kw_only=True):
    """The devices that work on the run together, this process's own first; about once a second, never journalled."""

    workers: tuple[WorkerFigures, ...]


class ClusterNodeFound(Event, frozen=True, kw_only=True):
    """A node of a Ray cluster; memory in bytes."""

    node: str
    """Ray's number of the node."""
    host: str
    address: str
    cpus: int
    gpus: int
    gpu: str = ""
    """Vendor's name of its GPUs, as far as Ray knows it."""
    memory: int = 0
    """Main memory that Ray may hand out."""
