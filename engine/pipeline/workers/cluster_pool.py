"""The workers of a cluster: one for each GPU, or for each node where the run's device is a CPU."""

import threading
from collections import defaultdict
from functools import partial
from types import ModuleType

import msgspec
import torch

from engine.api.errors import BadInput
from engine.api.event import message_logged
from engine.api.events import ClusterNodeFound, Emit
from engine.api.message import NO_WORDS, worded
from engine.api.trust import ensure_trusted
from engine.fitness.crew import WorkerLost
from engine.models.devices import device_identity
from engine.models.number_format import dtype_name
from engine.pipeline.placed_model import PlacedModel, memory_beside
from engine.pipeline.workers.agreement import own_versions
from engine.pipeline.workers.cluster import connect, nodes_of
from engine.pipeline.workers.cluster_link import ActorLink
from engine.pipeline.workers.gpus_together import gpus_together
from engine.pipeline.workers.messages import StartWorker
from engine.pipeline.workers.pool import WorkerPool
from engine.pipeline.workers.remote_worker import Link, RemoteWorker

_REPLACEMENTS = 3
"""How often a worker that is gone is replaced, such as one whose node ran out of memory for a moment."""


def cluster_pool(placed: PlacedModel, layers: int, emit: Emit) -> WorkerPool:
    """Start a worker on each device of a cluster; they load the model meanwhile.

    Args:
        placed: The run's model, where it is computed, and the settings.
        layers: Number of layers of the dense model.
        emit: Receives what becomes of the workers.

    Raises:
        UntrustedCode: The person has not allowed this cluster.
        BadInput: Ray is not installed, there is no such cluster, or it has no device of the run's kind.
        LayerSwarmError: The network is switched off.
    """
    settings, kind = placed.settings.device, torch.device(placed.device).type
    ensure_trusted("device.cluster", settings.cluster)
    check_kind(placed.device)
    beside = memory_beside(placed.cost, placed.device, placed.dtype)
    ray = connect(settings.cluster)
    nodes = nodes_of(ray)
    gpus, words = gpus_together(placed, nodes, beside) if kind == "cuda" else (1, NO_WORDS)
    places = worker_places(nodes, kind, settings.cluster_workers, gpus)
    if not places:
        ray.shutdown()
        raise BadInput(
            worded(
                "The cluster at '{0}' has no device of the kind {1}, which the run uses; its scores could differ in "
                "their last digits on others.",
                settings.cluster,
                kind,
            )
        )
    if words:
        emit(message_logged("info", words))
    start = StartWorker(
        folder=str(placed.folder.path),
        digest=placed.folder.digest,
        settings=placed.settings,
        device="cuda:0" if kind == "cuda" else "cpu",
        devices=tuple(f"cuda:{number}" for number in range(gpus)) if gpus > 1 else (),
        dtype=dtype_name(placed.dtype),
        beside=beside,
        versions=own_versions(),
    )
    joined = _Joined(placed, start, ray)
    workers = [
        RemoteWorker(
            name, partial(ActorLink, ray, node, _taken(node, kind, gpus)), partial(joined.start, node), _REPLACEMENTS
        )
        for name, node in places
    ]
    return WorkerPool(workers, placed.device, layers, emit, ended=ray.shutdown)


def check_kind(device: str) -> None:
    """Refuse a device of a kind that no node of a cluster hands out.

    Raises:
        BadInput: It is of such a kind.
    """
    if torch.device(device).type not in ("cuda", "cpu"):
        raise BadInput(worded("device.cluster works with the devices cuda and cpu, not with {0}.", device))


def worker_places(
    nodes: list[ClusterNodeFound], kind: str, most: int, gpus: int = 1
) -> list[tuple[str, ClusterNodeFound]]:
    """Return a name and the node of each worker, in turn over the nodes.

    Args:
        nodes: The nodes.
        kind: Kind of the run's device.
        most: Most workers; 0 for no limit.
        gpus: GPUs of each worker.
    """
    rounds = [
        (number, f"{node.host}/{_numbers(number, gpus)}" if kind == "cuda" else node.host, node)
        for node in nodes
        for number in range(node.gpus // gpus if kind == "cuda" else min(node.cpus, 1))
    ]
    rounds.sort(key=lambda place: place[0])
    chosen = rounds[: most or None]
    hosts = [name for _, name, _ in chosen]
    return [(f"{name} ({node.node[:8]})" if hosts.count(name) > 1 else name, node) for _, name, node in chosen]


def _numbers(worker: int, gpus: int) -> str:
    """Return the name of a worker's GPUs, such as ``cuda:0`` or ``cuda:4-7``."""
    first = worker * gpus
    return f"cuda:{first}" if gpus == 1 else f"cuda:{first}-{first + gpus - 1}"


def _taken(node: ClusterNodeFound, kind: str, gpus: int) -> dict[str, float]:
    """Return what a worker takes of its node: some of the GPUs, or all cores."""
    return {"num_gpus": gpus} if kind == "cuda" else {"num_cpus": node.cpus}


class _Joined:
    """Gives each worker its model, and refuses the device that the run itself uses."""

    def __init__(self, placed: PlacedModel, start: StartWorker, ray: ModuleType) -> None:
        self._placed, self._start, self._ray = placed, start, ray
        self._nodes: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def start(self, node: ClusterNodeFound, link: Link) -> StartWorker:
        """Return a worker's first request, once its node has the model.

        Raises:
            WorkerLost: The node cannot take the model, or its device is the run's own.
        """
        assert isinstance(link, ActorLink)
        if device_identity(self._placed.device) in link.identities():
            raise WorkerLost(worded("it is the device that the run itself uses."))
        folder = link.model_folder(self._placed.folder.path, self._start.digest, self._nodes[node.node])
        return msgspec.structs.replace(self._start, folder=folder, sharing=max(1, node.gpus))
