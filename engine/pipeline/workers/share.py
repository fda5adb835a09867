"""Estimate what several devices make of a run: shorter stages, and more memory where they share it."""

from dataclasses import dataclass
from functools import cache

import torch

from engine.api.settings import DeviceSettings
from engine.api.trust import code_place, is_trusted
from engine.models.devices import device_names
from engine.pipeline.cost import LIBRARIES
from engine.pipeline.workers.cluster import connected, nodes_of
from engine.pipeline.workers.cluster_pool import worker_places

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

    def memory(self, parts: dict[str, int]) -> dict[str, int]:
        """Return the bytes of the other processes in the memory of the run's device, given the run's own parts."""
        if not self.on_this_cpu:
            return {}
        each = sum(parts.get(part, 0) for part in ("weights", "reference", "hidden states", "working space"))
        return {"workers": self.others * (each + LIBRARIES)}

    def seconds(self, seconds: dict[str, float], size: int) -> dict[str, float]:
        """Return the seconds of each stage on all devices, given those on one.

        Args:
            seconds: The seconds of each stage on one device.
            size: Bytes of the dense model.
        """
        if self.on_this_cpu or not self.others:
            return seconds
        left = 1 - _SHARED + _SHARED / (1 + self.others)
        shared = {stage: left * seconds[stage] for stage in _SHARED_STAGES if stage in seconds}
        if self.on_a_cluster and "analyse" in shared:
            shared["analyse"] += size / _NETWORK_BYTES_PER_SECOND
        return seconds | shared


def workers_share(settings: DeviceSettings, device: str) -> WorkersShare:
    """Return the part of the devices that the settings ask for beside ``device``; those that are there.

    Raises:
        BadInput: Ray is not installed, or there is no such cluster.
        LayerSwarmError: The network is switched off.
    """
    kind = torch.device(device).type
    if settings.cluster:
        place = code_place("device.cluster", settings.cluster)
        if place is None or not is_trusted(place):  # counted once the run may reach it
            return WorkersShare(max(settings.cluster_workers, 1), False, True)
        return WorkersShare(_cluster_workers(settings.cluster, kind, settings.cluster_workers), False, True)
    if kind not in ("cuda", "xpu"):
        return WorkersShare(max(settings.workers, 1) - 1, settings.workers > 1, False)
    there = sum(torch.device(name).type == kind for name in device_names())
    return WorkersShare(min(settings.workers or there, there) - 1, False, False)


@cache
def _cluster_workers(address: str, kind: str, most: int) -> int:
    with connected(address) as ray:
        return len(worker_places(nodes_of(ray), kind, most))


def counted_memory(memory: dict[str, int], needed: int, share: WorkersShare) -> tuple[dict[str, int], int]:
    """Return the parts of the memory and the bytes that a run needs, with those of other processes on its CPU."""
    more = share.memory(memory)
    own = ("weights", "reference", "hidden states", "working space", "libraries", "workers")
    memory = memory | more
    return memory, max(needed, sum(memory.get(part, 0) for part in own)) if more else needed
