"""Train on a cluster through Ray Train: the run's side."""

import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import torch

from engine.api.control import StopRequested
from engine.api.errors import BadInput, LayerSwarmError, quoted
from engine.api.event import message_logged
from engine.api.events import ClusterNodeFound, Emit
from engine.api.message import Message, ended, joined, worded
from engine.api.temporary import ScratchFolder
from engine.api.trust import ensure_trusted
from engine.fitness.crew import WorkerLost
from engine.pipeline.workers.agreement import own_versions
from engine.pipeline.workers.cluster import connected, nodes_of
from engine.pipeline.workers.cluster_link import ActorLink, file_parts
from engine.pipeline.workers.model_keeper import ModelKeeper
from engine.pipeline.workers.training_followed import TrainingFollowed
from engine.pipeline.workers.training_host import TrainingHost
from engine.pipeline.workers.training_messages import (
    FOLDED,
    TRAINING,
    PartEnded,
    TrainingOrder,
)
from engine.pipeline.workers.training_places import training_places
from engine.recovery.checkpoints import CHECKPOINT
from engine.recovery.lesson_store import LESSONS
from engine.recovery.training_job import JOB, TrainingJob
from engine.recovery.training_request import TrainingWindows

_TRIES = 4
"""How often a training begins, at most: processes or nodes that are gone are left behind."""


def train_on_cluster(
    job: TrainingJob,
    windows: TrainingWindows,
    digest: str,
    address: str,
    device: str,
    emit: Emit,
    control: Callable[[], None],
) -> None:
    """Train as ``TrainingJob.train`` does, with each batch shared among processes on the machines of a cluster.

    Args:
        job: The training; ``settings.processes`` is how many train, 0 for one on each GPU.
        windows: What is learnt, and what chooses the best step.
        digest: The digest of the dense model.
        address: The cluster.
        device: Any device of the kind that they use.
        emit: Receives their events.
        control: Called several times a second; raises to stop.

    Raises:
        StopRequested: To pause, when the checkpoint is on disk, or to discard.
        UntrustedCode: The person has not allowed this cluster.
        BadInput: There is no such cluster, or it has no device of this kind.
        LayerSwarmError: The training failed, or its processes were lost again and again.
        torch.OutOfMemoryError: Memory ran out in one of the processes.
    """
    ensure_trusted("device.cluster", address)
    folder = Path(job.folder)
    folder.mkdir(parents=True, exist_ok=True)
    with ScratchFolder(folder) as given:
        job.write(given, windows)
        training = _Training(job, given, digest, torch.device(device).type, emit, control)
        for _ in range(_TRIES):
            try:
                with connected(address) as ray:  # anew each time, since what a try has reserved is freed with its end
                    _Try(ray, training).run()
            except WorkerLost as lost:
                if training.stop is not None:
                    raise training.stop from None  # what the last checkpoint holds stays
                words = worded("The training on the cluster begins again at its last checkpoint: {0}", lost.sentence)
                emit(message_logged("warning", words))
            else:
                return
    raise LayerSwarmError(
        worded(
            "The processes that train on the cluster were lost {0} times; look at the cluster (layerswarm cluster), "
            "and continue, or set recovery.processes to 1 to train on this machine.",
            _TRIES,
        )
    )


@dataclass
class _Training:
    """One training, with what is known of it over all tries."""

    job: TrainingJob
    given: Path
    """Holds the job's files; its name is given once only."""
    digest: str
    device: str
    emit: Emit
    control: Callable[[], None]
    stop: StopRequested | None = None
    """What the person asked for."""
    refused: set[str] = field(default_factory=set)
    """Nodes that cannot take part."""

    def look(self) -> StopRequested | None:
        """Return what the person wants, if it is anything but to go on.

        Raises:
            StopRequested: To discard, for which nobody has to be waited for.
        """
        try:
            self.control()
        except StopRequested as request:
            self.stop = self.stop or request
            if request.mode == "discard":
                raise
        return self.stop


class _Try:
    """Begins a training, or goes on at its last checkpoint.

    Args:
        ray: Ray, connected.
        training: The training.
    """

    def __init__(self, ray: ModuleType, training: _Training) -> None:
        self._ray, self._training, self._job = ray, training, training.job
        self._nodes: dict[str, _Prepared] = {}

    def run(self) -> None:
        """Train to the end.

        Raises:
            StopRequested: To pause, when the checkpoint is on disk, or to discard.
            WorkerLost: A process or a node is gone.
            LayerSwarmError: The training failed.
            torch.OutOfMemoryError: Memory ran out in one of the processes.
        """
        training = self._training
        try:
            ending = self._followed()
        except self._ray.exceptions.RayError as error:
            raise WorkerLost(ended(quoted(error, 300))) from None
        if ending.out_of_memory:
            raise torch.OutOfMemoryError
        if ending.outcome == "failed":
            raise LayerSwarmError(joined(ending.message) if ending.template is None else Message.of(ending.template))
        if training.stop is not None and training.stop.mode != "keep_best":
            raise training.stop

    def _followed(self) -> PartEnded:
        """Start the processes, and return how they ended."""
        training, chosen = self._training, self._chosen()
        nodes = [node.node for node in chosen]
        shared = all(self._nodes[node].shared for node in nodes)
        order = TrainingOrder(
            device=training.device,
            versions=own_versions(),
            models={node: self._nodes[node].model for node in nodes},
            shared=str(training.given) if shared else "",
        )
        self._begin_at_the_checkpoint()
        files = {} if shared else self._files()
        training.emit(message_logged("info", _begin_words(chosen)))
        host = self._host()
        try:
            done = host.train.remote(msgspec.msgpack.encode(order), nodes, self._takes(chosen), files)
            folder = Path(self._job.folder)
            return TrainingFollowed(self._ray, host, done, folder, training.emit, training.look).to_the_end()
        finally:
            if self._ray.is_initialized():
                self._ray.kill(host, no_restart=True)

    def _chosen(self) -> list[ClusterNodeFound]:
        """Return the node of each process, once all of them have the model.

        Raises:
            BadInput: No node can take part.
        """
        while True:
            nodes = [node for node in nodes_of(self._ray) if node.node not in self._training.refused]
            chosen = training_places(nodes, self._training.device, self._job.settings.processes)
            if not chosen:
                raise BadInput(
                    worded(
                        "The cluster has no device of the kind {0} that can train; see the messages.",
                        self._training.device,
                    )
                )
            self._prepare({node.node: node for node in chosen if node.node not in self._nodes})
            if all(node.node in self._nodes for node in chosen):
                return chosen

    def _prepare(self, nodes: dict[str, ClusterNodeFound]) -> None:
        """Let nodes get the model, and leave those out that cannot."""
        links = [(node, ActorLink(self._ray, node, {}, ModelKeeper)) for node in nodes.values()]
        try:
            for node, link in links:
                if (stop := self._training.look()) is not None:
                    raise stop
                try:
                    self._nodes[node.node] = self._prepared(link)
                except WorkerLost as lost:
                    self._training.refused.add(node.node)
                    words = worded("{0} does not take part in the training: {1}", node.host, lost.sentence)
                    self._training.emit(message_logged("warning", words))
        finally:
            for _, link in links:
                link.close()

    def _prepared(self, link: ActorLink) -> "_Prepared":
        link.check_versions(own_versions())
        model = link.model_folder(Path(self._job.model), self._training.digest, threading.Lock())
        link.check_model(model, self._training.digest)
        return _Prepared(model, link.sees(self._training.given / JOB))

    def _takes(self, chosen: list[ClusterNodeFound]) -> dict[str, float]:
        """Return what each process takes of its node: a GPU, or its part of the cores."""
        if self._training.device == "cuda":
            return {"GPU": 1, "CPU": 0}
        together = [node.node for node in chosen]
        return {"CPU": max(1, min(node.cpus // together.count(node.node) for node in chosen))}

    def _begin_at_the_checkpoint(self) -> None:
        """Prepare the folder that the processes train in where they see it: with the run's checkpoint and lessons.

        It is not the run's own, whose checkpoint follows its journal.
        """
        own, training = Path(self._job.folder), self._training.given / TRAINING
        shutil.rmtree(training, ignore_errors=True)
        training.mkdir()
        if (checkpoint := own / CHECKPOINT).exists():
            shutil.copyfile(checkpoint, training / CHECKPOINT)
        (own / LESSONS).mkdir(exist_ok=True)
        with suppress(OSError):  # without links, the dense model is run again on the windows
            (training / LESSONS).symlink_to(Path("..", "..", LESSONS), target_is_directory=True)

    def _files(self) -> dict[str, list[Any]]:
        """Put what the processes read into Ray's store, by the name that each file gets there."""
        found = [*self._training.given.iterdir(), *(self._training.given / TRAINING).iterdir()]
        files = {path.relative_to(self._training.given).as_posix(): path for path in found if path.is_file()}
        if self._job.folded:
            files[FOLDED] = Path(self._job.folded)
        return {name: [self._ray.put(part) for part in file_parts(path)] for name, path in files.items()}

    def _host(self) -> Any:
        """Start the host, on this machine where it belongs to the cluster."""
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        here = NodeAffinitySchedulingStrategy(self._ray.get_runtime_context().get_node_id(), soft=True)
        options = {"num_cpus": 0, "max_concurrency": 8, "max_restarts": 0, "scheduling_strategy": here}
        return self._ray.remote(TrainingHost).options(**options).remote()


@dataclass(frozen=True)
class _Prepared:
    """What is known of a node."""

    model: str
    """Folder of the model there."""
    shared: bool
    """Whether it sees the run's folder."""


def _begin_words(chosen: list[ClusterNodeFound]) -> Message:
    names = [node.host for node in chosen]
    counts = ", ".join(f"{names.count(name)} × {name}" for name in dict.fromkeys(names))
    return worded("Recovery trains on the cluster, with so many processes on each machine: {0}.", counts)
