"""Estimate what several devices make of a run: shorter stages, and more memory where they share it."""

from dataclasses import dataclass
from functools import cache

import torch

from engine.api.events import ClusterNodeFound
from engine.api.settings import Settings
from engine.api.trust import code_place, is_trusted
from engine.models.devices import device_names
from engine.pipeline.cost import LIBRARIES
from engine.pipeline.workers.cluster import connected, nodes_of
from engine.pipeline.workers.cluster_pool import worker_places
from engine.pipeline.workers.training_places import training_places

_SHARED_STAGES = ("analyse", "search")
_SHARED = 0.9
"""Share of these stages that is divided among the devices; the rest is this process's own."""
_NETWORK_BYTES_PER_SECOND = 1e9
"""As fast as an ordinary network of 10 Gbit/s moves a model to a node that does not share a disk."""


@dataclass(frozen=True)
class WorkersShare:
    """What the devices beside the run's own do for it, and cost."""

    others: int
    """Number of other devices."""
    on_this_cpu: bool
    """Whether they are processes on the same CPU, which share its cores and its memory."""
    on_a_cluster: bool
    trainers: int = 1
    """Number of processes that train, each on a device of its own."""

    def memory(self, parts: dict[str, int]) -> dict[str, int]:
        """Return the bytes of the other processes in the memory of the run's device, given the run's own parts."""
        if not self.on_this_cpu:
            return {}
        each = sum(parts.get(part, 0) for part in ("weights", "reference", "hidden states", "working space"))
        return {"workers": self.others * (each + LIBRARIES)}

    def seconds(self, seconds: dict[str, float], size: int, exchanged: int = 0) -> dict[str, float]:
        """Return the seconds of each stage on all devices, given those on one.

        Args:
            seconds: The seconds of each stage on one device.
            size: Bytes of the dense model.
            exchanged: Bytes of gradients that each process of a training sends and receives.
        """
        if self.on_this_cpu:
            return seconds
        shared = dict(seconds)
        if self.others:
            shared |= {stage: _left(1 + self.others) * shared[stage] for stage in _SHARED_STAGES if stage in shared}
            if self.on_a_cluster and "analyse" in shared:
                shared["analyse"] += size / _NETWORK_BYTES_PER_SECOND
        if self.trainers > 1 and "recover" in shared:
            shared["recover"] *= _left(self.trainers)
            shared["recover"] += exchanged / _NETWORK_BYTES_PER_SECOND if self.on_a_cluster else 0.0
        return shared


def _left(devices: int) -> float:
    """Return the share of a stage's time that is left where several devices work on it."""
    return 1 - _SHARED + _SHARED / devices


def workers_share(settings: Settings, device: str) -> WorkersShare:
    """Return the part of the devices that the settings ask for beside ``device``; those that are there.

    Raises:
        BadInput: Ray is not installed, or there is no such cluster.
        LayerSwarmError: The network is switched off.
    """
    kind, wanted = torch.device(device).type, settings.device
    trains = settings.recovery.enabled and settings.recovery.method == "lora"
    processes = settings.recovery.processes if trains else 1
    if wanted.cluster:
        place = code_place("device.cluster", wanted.cluster)
        if place is None or not is_trusted(place):  # counted once the run may reach it
            return WorkersShare(max(wanted.cluster_workers, 1), False, True, max(processes, 1))
        nodes = list(_cluster_nodes(wanted.cluster))
        trainers = 1 if processes == 1 else len(training_places(nodes, kind, processes))
        return WorkersShare(len(worker_places(nodes, kind, wanted.cluster_workers)), False, True, trainers)
    if kind not in ("cuda", "xpu"):
        return WorkersShare(max(wanted.workers, 1) - 1, wanted.workers > 1, False)
    there = sum(torch.device(name).type == kind for name in device_names())
    return WorkersShare(min(wanted.workers or there, there) - 1, False, False, min(processes or there, there))


@cache
def _cluster_nodes(address: str) -> tuple[ClusterNodeFound, ...]:
    with connected(address) as ray:
        return tuple(nodes_of(ray))


def counted_memory(memory: dict[str, int], needed: int, share: WorkersShare) -> tuple[dict[str, int], int]:
    """Return the parts of the memory and the bytes that a run needs, with those of other processes on its CPU."""
    more = share.memory(memory)
    own = ("weights", "reference", "hidden states", "working space", "libraries", "workers")
    memory = memory | more
    return memory, max(needed, sum(memory.get(part, 0) for part in own)) if more else needed
