"""Start a worker as an actor of a Ray cluster, and carry messages to it."""

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from engine.api.events import ClusterNodeFound
from engine.fitness.crew import WorkerLost
from engine.pipeline.workers.cluster import loss_words
from engine.pipeline.workers.cluster_actor import ClusterActor
from engine.pipeline.workers.model_keeper import ModelKeeper
from engine.pipeline.workers.reasons import decoded_reason

_CHUNK = 64 * 2**20
"""Bytes of a model that are on the way to a node at a time."""


class ActorLink:
    """A worker as an actor; Ray ends it with this process, and never starts it again by itself.

    Args:
        ray: Ray, connected.
        node: The node that it runs on.
        takes: What it takes of the node, such as ``{"num_gpus": 1}``.
        actor: What it is: a worker, or what gives the node a model alone.
    """

    def __init__(
        self,
        ray: ModuleType,
        node: ClusterNodeFound,
        takes: Mapping[str, float],
        actor: type[ModelKeeper] = ClusterActor,
    ) -> None:
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        here = NodeAffinitySchedulingStrategy(node.node, soft=False)
        taken = {"num_cpus": 0, **takes}
        self._ray = ray
        self._actor = ray.remote(actor).options(scheduling_strategy=here, max_restarts=0, **taken).remote()

    def exchange(self, request: bytes) -> bytes:
        """Send a request and return its answer.

        Raises:
            WorkerLost: The actor or its node is gone.
        """
        return bytes(self._called("answer", request))

    def identities(self) -> list[str]:
        """Return what identifies each of the actor's GPUs beyond its process; nothing for a CPU.

        Raises:
            WorkerLost: The actor or its node is gone.
        """
        return list(self._called("identities"))

    def check_versions(self, versions: dict[str, str]) -> None:
        """Check that the node can work for a run of these versions.

        Raises:
            WorkerLost: It cannot, or the actor or its node is gone.
        """
        self._checked("refusal", versions)

    def check_model(self, folder: str, digest: str) -> None:
        """Check that a folder of the node holds the run's model.

        Raises:
            WorkerLost: It does not, or the actor or its node is gone.
        """
        self._checked("other_model", folder, digest)

    def sees(self, file: Path) -> bool:
        """Return whether the node sees a file of this machine, whose name is given once only.

        Raises:
            WorkerLost: The actor or its node is gone.
        """
        return bool(self._called("sees", str(file)))

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
                self._checked("receive", name, self._ray.put(part))
            return str(self._called("keep", digest))

    def close(self) -> None:
        """End the actor at once."""
        if self._ray.is_initialized():
            self._ray.kill(self._actor, no_restart=True)

    def _checked(self, method: str, *arguments: Any) -> None:
        """Call a method that returns a reason against it, or nothing."""
        if refused := bytes(self._called(method, *arguments)):
            raise WorkerLost(decoded_reason(refused))

    def _called(self, method: str, *arguments: Any) -> Any:
        try:
            return self._ray.get(getattr(self._actor, method).remote(*arguments))
        except self._ray.exceptions.RayError as error:
            raise WorkerLost(loss_words(self._ray, error)) from None


def model_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a model in parts: the name of each, and the bytes that follow those before."""
    for file in sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith(".")):
        yield from ((file.name, part) for part in file_parts(file))


def file_parts(file: Path) -> Iterator[bytes]:
    """Yield the content of a file in parts; one of an empty file is empty."""
    with file.open("rb") as stream:
        yield stream.read(_CHUNK)
        while part := stream.read(_CHUNK):
            yield part
