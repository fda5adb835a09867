"""A real Ray cluster of several node processes on this machine, all of it on the loopback address."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from engine.pipeline.workers.cluster_link import ActorLink

ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    "RAY_worker_niceness": "0",
    "RAY_ENABLE_AUTO_CONNECT": "0",
    "RAY_health_check_period_ms": "500",
    "RAY_health_check_initial_delay_ms": "500",
}
"""No statistics, all of Ray on the loopback address alone (its default on desktop systems), and at full priority."""
_NODE = {"num_cpus": 1, "object_store_memory": 80 * 2**20}
_OURS = (
    "ClusterActor",
    "ModelKeeper",
    "TrainingHost",
    "TrainController",
    "RayTrainWorker",
    "DatasetManager",
    "PlacementGroupCleaner",
)
_END_SECONDS = 60


class RayNodes:
    """The cluster; it begins with two nodes of one core each.

    Args:
        cache: The cache folder of what runs there.
    """

    def __init__(self, cache: Path) -> None:
        from ray.cluster_utils import Cluster

        port = _free_port()
        self.client = f"ray://127.0.0.1:{port}"
        """Its address for Ray's client."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {**ENVIRONMENT, "LAYERSWARM_CACHE": str(cache)}.items():
                patch.setenv(name, value)
            head = {**_NODE, "include_dashboard": False, "ray_client_server_port": port}
            self._cluster = Cluster(initialize_head=True, head_node_args=head)
            self._cluster.add_node(**_NODE)
        self._cache = cache
        self.address: str = self._cluster.address

    @contextmanager
    def more(self, count: int, **given: Any) -> Iterator[list[Any]]:
        """Add nodes inside a ``with`` block."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LAYERSWARM_CACHE", str(self._cache))
            added = [self._cluster.add_node(**_NODE | given) for _ in range(count)]
        try:
            yield added
        finally:
            for node in added:
                self.lose(node)

    def lose(self, node: Any) -> None:
        """Kill a node with all that runs on it."""
        if node in self._cluster.worker_nodes:
            self._cluster.remove_node(node, allow_graceful=False)

    def close(self) -> None:
        """End all nodes."""
        self._cluster.shutdown()


def running(*names: str) -> list[psutil.Process]:
    """The processes that a run has on the cluster, or those of some classes."""
    found = []
    for each in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # it has ended since it was listed
            words = " ".join(each.cmdline())
            if each.status() != psutil.STATUS_ZOMBIE and any(name in words for name in names or _OURS):
                found.append(each)
    return found


def left_after_a_moment() -> list[psutil.Process]:
    """What a run that has ended still has on the cluster, once it had the time to go."""
    psutil.wait_procs(running(), _END_SECONDS)
    return running()


def without_a_shared_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the nodes see nothing of this machine's files, as on machines of their own."""
    called = ActorLink._called

    def elsewhere(link: ActorLink, method: str, *arguments: Any) -> Any:
        if method in ("folder", "sees"):
            arguments = (f"/nowhere{arguments[0]}", *arguments[1:])
        return called(link, method, *arguments)

    monkeypatch.setattr(ActorLink, "_called", elsewhere)


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
