"""Start a worker as an actor of a Ray cluster, and carry messages to it."""

import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from engine.api.errors import quoted
from engine.api.events import ClusterNodeFound
from engine.api.message import Message, ended, worded
from engine.fitness.crew import WorkerLost
from engine.pipeline.workers.cluster_actor import ClusterActor
from engine.pipeline.workers.messages import decoded_reason

_CHUNK = 64 * 2**20
"""Bytes of a model that are on the way to a node at a time."""


class ActorLink:
    """A worker as an actor; Ray ends it with this process, and never starts it again by itself.

    Args:
        ray: Ray, connected.
        node: The node that it runs on.
        gpu: Whether it takes one of the node's GPUs; else it takes the node's CPUs.
    """

    def __init__(self, ray: ModuleType, node: ClusterNodeFound, gpu: bool) -> None:
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        here = NodeAffinitySchedulingStrategy(node.node, soft=False)
        taken = {"num_gpus": 1, "num_cpus": 0} if gpu else {"num_cpus": node.cpus}
        self._ray = ray
        self._actor = ray.remote(ClusterActor).options(scheduling_strategy=here, max_restarts=0, **taken).remote()

    def exchange(self, request: bytes) -> bytes:
        """Send a request and return its answer.

        Raises:
            WorkerLost: The actor or its node is gone.
        """
        return bytes(self._called("answer", request))

    def identity(self) -> str:
        """Return what identifies the actor's GPU beyond its process; empty for a CPU.

        Raises:
            WorkerLost: The actor or its node is gone.
        """
        return str(self._called("identity"))

    def model_folder(self, folder: Path, digest: str, at_a_time: threading.Lock) -> str:
        """Return where the actor's node has a model; send it there where it does not.

        Args:
            folder: The model's folder on this machine.
            digest: Its digest.
            at_a_time: Held meanwhile, so that a node with several workers gets the model once.

        Raises:
            WorkerLost: The node cannot take it.
        """
        with at_a_time:
            found = str(self._called("folder", str(folder), digest))
            if found:
                return found
            for name, part in model_files(folder):
                if refused := bytes(self._called("receive", name, self._ray.put(part))):
                    raise WorkerLost(Message.of(decoded_reason(refused)))
            return str(self._called("keep", digest))

    def close(self) -> None:
        """End the actor at once."""
        if self._ray.is_initialized():
            self._ray.kill(self._actor, no_restart=True)

    def _called(self, method: str, *arguments: Any) -> Any:
        try:
            return self._ray.get(getattr(self._actor, method).remote(*arguments))
        except self._ray.exceptions.RayError as error:
            raise WorkerLost(_words(self._ray, error)) from None


def model_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a model in parts: the name of each, and the bytes that follow those before."""
    for file in sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith(".")):
        with file.open("rb") as stream:
            yield file.name, stream.read(_CHUNK)
            while part := stream.read(_CHUNK):
                yield file.name, part


def _words(ray: ModuleType, error: Exception) -> Message:
    if isinstance(error, ray.exceptions.OutOfMemoryError):
        return worded("its process was ended because the node ran out of memory.")
    if isinstance(error, ray.exceptions.ActorUnschedulableError):
        return worded("its node has no room for it any more.")
    if isinstance(error, ray.exceptions.NodeDiedError):
        return worded("its node is gone.")
    if isinstance(error, ray.exceptions.ActorDiedError | ray.exceptions.ActorUnavailableError):
        return worded("its process is gone ({0}).", quoted(error, 200))
    return ended(quoted(error, 200))
