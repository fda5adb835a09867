"""Decide who trains a run's model: this process, several of this machine, or processes on a cluster."""

import torch

from engine.api.errors import BadInput
from engine.api.message import worded_count
from engine.api.settings import Settings
from engine.pipeline.workers.cluster import connected, nodes_of
from engine.pipeline.workers.cluster_pool import check_kind
from engine.pipeline.workers.training_places import most_processes
from engine.recovery.launch import process_count


def trains_on_cluster(settings: Settings) -> bool:
    """Return whether processes on a cluster train; local distillation trains in this process."""
    recovery = settings.recovery
    return bool(settings.device.cluster) and recovery.method == "lora" and recovery.processes != 1


def trains_apart(settings: Settings, device: str) -> bool:
    """Return whether other processes train, each with its own copy of the model.

    Raises:
        BadInput: This machine has fewer GPUs than that.
    """
    if settings.recovery.method != "lora":
        return False
    return trains_on_cluster(settings) or process_count(settings.recovery, device) > 1


def check_team(settings: Settings, device: str) -> None:
    """Check, before any work is done, that there are as many devices as processes that shall train.

    Raises:
        BadInput: There are fewer.
    """
    recovery = settings.recovery
    if not recovery.enabled or recovery.method != "lora":
        return
    if not trains_on_cluster(settings):
        process_count(recovery, device)
        return
    kind = torch.device(device).type
    check_kind(device)
    with connected(settings.device.cluster) as ray:
        most = most_processes(nodes_of(ray), kind)
    if max(recovery.processes, 1) > most:
        raise BadInput(
            worded_count(
                most,
                "recovery.processes is {1}, but the cluster at '{2}' has {0} device of the kind {3} that can train; "
                "set it to {0} or fewer, or to 1 to train on this machine.",
                "recovery.processes is {1}, but the cluster at '{2}' has {0} devices of the kind {3} that can train; "
                "set it to {0} or fewer, or to 1 to train on this machine.",
                recovery.processes,
                settings.device.cluster,
                kind,
            )
        )
