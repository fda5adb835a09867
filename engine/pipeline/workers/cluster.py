"""Connect to a Ray cluster that a person has started; nothing here starts one, or listens.

Ray (https://docs.ray.io) does what a scheduler does: it finds nodes, places actors, moves bytes, and ends the actors of
a driver that is gone. It is an optional dependency, so it is imported here alone.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.events import ClusterNodeFound
from engine.api.message import Message, ended, worded
from engine.api.offline import offline_words
from engine.api.socket_guard import is_offline
from engine.pipeline.workers.cluster_address import CLIENT, check_address

_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DEDUP_LOGS": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_ENABLE_AUTO_CONNECT": "0",
}
"""Ray sends no usage statistics, leaves the devices of an actor without a GPU alone, and starts no cluster by itself
when a connection is lost."""


@contextmanager
def connected(address: str) -> Iterator[ModuleType]:
    """Yield Ray, connected to a cluster, and disconnect at the end."""
    ray = connect(address)
    try:
        yield ray
    finally:
        ray.shutdown()


def connect(address: str) -> ModuleType:
    """Return Ray, connected to a cluster.

    Args:
        address: ``auto`` for the cluster that runs on this machine, ``ray://HOST:10001`` or ``HOST:6379``.

    Raises:
        BadInput: Ray is not installed, or the address names no cluster that this Ray can join.
        LayerSwarmError: The network is switched off.
    """
    if is_offline():
        raise LayerSwarmError(
            offline_words(worded("a cluster is reached over the network"), worded("set device.cluster to nothing"))
        )
    os.environ.update({name: value for name, value in _QUIET.items() if name not in os.environ})
    try:
        ray = import_module("ray")
    except ImportError:
        raise BadInput(
            worded(
                "device.cluster needs Ray, which is not installed; install it (pip install 'layerswarm[cluster]') or "
                "set device.cluster to nothing."
            )
        ) from None
    try:
        check_address(address)
        _joined(ray, address)
    except BadInput:
        raise
    except Exception as error:
        raise BadInput(
            worded(
                "There is no cluster at '{0}' ({1}); start one (ray start --head), or correct device.cluster.",
                address,
                quoted(_reason(error), 200),
            )
        ) from None
    return ray


def _joined(ray: ModuleType, address: str) -> None:
    """Join a cluster; a client tries twice, since the process that Ray starts for it may fail to start once.

    Raises:
        Exception: Ray raises ConnectionError, ValueError, RuntimeError and its own, by what is wrong.
    """
    options = {"log_to_driver": False, "logging_level": "error", "configure_logging": False}
    try:
        ray.init(address=address, **options)
    except ConnectionAbortedError:
        if not address.startswith(CLIENT):
            raise
        ray.shutdown()
        ray.init(address=address, **options)
    if not ray.is_initialized():
        raise ConnectionError("the connection was lost at once")


def _reason(error: Exception) -> str:
    """Return why a cluster cannot be joined: the last line where Ray passes a whole traceback."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if "Traceback" in str(error) else str(error)


def nodes_of(ray: ModuleType) -> list[ClusterNodeFound]:
    """Return the nodes of a cluster that are alive, those with GPUs first."""
    found = [_node(each) for each in ray.nodes() if each["Alive"]]
    return sorted(found, key=lambda node: (-node.gpus, node.host, node.node))


def _node(described: dict[str, Any]) -> ClusterNodeFound:
    resources = described.get("Resources", {})
    kinds = (name.partition(":")[2] for name in resources if name.startswith("accelerator_type:"))
    return ClusterNodeFound(
        node=described["NodeID"],
        host=described["NodeManagerHostname"],
        address=described["NodeManagerAddress"],
        cpus=int(resources.get("CPU", 0)),
        gpus=int(resources.get("GPU", 0)),
        gpu=", ".join(sorted(kinds)),
        memory=int(resources.get("memory", 0)),
    )


def loss_words(ray: ModuleType, error: Exception) -> Message:
    """Return why an actor is gone, as the end of a sentence."""
    if isinstance(error, ray.exceptions.OutOfMemoryError):
        return worded("its process was ended because the node ran out of memory.")
    if isinstance(error, ray.exceptions.ActorUnschedulableError):
        return worded("its node has no room for it any more.")
    if isinstance(error, ray.exceptions.NodeDiedError):
        return worded("its node is gone.")
    if isinstance(error, ray.exceptions.ActorDiedError | ray.exceptions.ActorUnavailableError):
        return worded("its process is gone ({0}).", quoted(error, 200))
    return ended(quoted(error, 200))
