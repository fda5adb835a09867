"""Choose where the processes of a training run on a cluster."""

from itertools import chain

from engine.api.events import ClusterNodeFound


def training_places(nodes: list[ClusterNodeFound], device: str, processes: int) -> list[ClusterNodeFound]:
    """Return the node of each process, fewer than asked for where there are not so many devices.

    GPUs are filled node by node, those with most of them first, so that as few gradients as possible pass the network;
    processes on CPUs are spread, so that each has as many cores as possible.

    Args:
        nodes: The nodes.
        device: Kind of the devices: ``cuda`` or ``cpu``.
        processes: Number of processes; 0 for one on each GPU, or on each node where they train on CPUs.
    """
    if device == "cuda":
        found = sorted(nodes, key=lambda node: -node.gpus)
        places = list(chain.from_iterable([node] * node.gpus for node in found))
        return places[: processes or None]
    found = sorted((node for node in nodes if node.cpus), key=lambda node: -node.cpus)
    most = min(processes or len(found), sum(node.cpus for node in found))
    places = []
    for round_ in range(most):
        places += [node for node in found if node.cpus > round_]
    return places[:most]


def most_processes(nodes: list[ClusterNodeFound], device: str) -> int:
    """Return how many processes can train at most."""
    return sum(node.gpus if device == "cuda" else node.cpus for node in nodes)
