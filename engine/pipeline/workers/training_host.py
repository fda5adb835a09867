"""Run Ray Train on a cluster for a run, beside it or, for a client, on the head: what the run talks to."""

import os
import queue
import re
from types import ModuleType
from typing import Any

from engine.api.errors import quoted
from engine.api.message import Message, ended, worded
from engine.api.temporary import ScratchFolder
from engine.pipeline.workers.cluster import loss_words
from engine.pipeline.workers.reasons import encoded_reason

_WAITING = 32
"""Messages to the run that wait at a time; a process with more to report waits."""
_SILENCE = re.compile(r"gloo|NCCL|connection (reset|closed|refused)|broken pipe", re.IGNORECASE)
"""In the error of a process that waits in vain for another one."""
_LOOKS = {"RAY_TRAIN_HEALTH_CHECK_INTERVAL_S": "0.5", "RAY_TRAIN_WORKER_GROUP_START_TIMEOUT_S": "120"}


class TrainingHost:
    """An actor that starts the processes which train, and carries messages between them and the run.

    Everything that it starts ends with it, and it ends with the run.
    """

    def __init__(self) -> None:
        self._reports: queue.Queue[bytes] = queue.Queue(_WAITING)
        self._mode = ""

    def train(self, order: bytes, nodes: list[str], takes: dict[str, float], files: dict[str, list[Any]]) -> bytes:
        """Train to the end; return why the processes could not go on, as a reason, or nothing.

        Args:
            order: The ``TrainingOrder``.
            nodes: Ray's number of the node of each process.
            takes: What each process takes of its node, such as ``{"GPU": 1}``.
            files: The parts of each file of the job, which lie in Ray's store; empty where the nodes share a folder.
        """
        os.environ.update(_LOOKS)
        import ray
        from ray.train import FailureConfig, RunConfig, ScalingConfig
        from ray.train.torch import TorchTrainer

        with ScratchFolder() as storage:
            trainer = _ending_with_the_run(TorchTrainer)(
                _train_part,
                train_loop_config={
                    "order": order,
                    "files": files,
                    "host": ray.get_runtime_context().current_actor,
                },
                scaling_config=ScalingConfig(
                    num_workers=len(nodes),
                    use_gpu=takes.get("GPU", 0) > 0,
                    resources_per_worker=takes,
                    label_selector=[{"ray.io/node-id": node} for node in nodes],
                ),
                run_config=RunConfig(
                    name="recovery",
                    storage_path=str(storage),
                    # the run itself starts the processes again, on the nodes that are left
                    failure_config=FailureConfig(max_failures=0, controller_failure_limit=0),
                ),
            )
            try:
                trainer.fit()
            except Exception as error:  # of a process, of a node, or of Ray Train itself
                return encoded_reason(_reason(ray, error))
        return b""

    def post(self, message: bytes) -> bool:
        """Take a message to the run; return whether there was room for it."""
        try:
            self._reports.put_nowait(message)
        except queue.Full:
            return False
        return True

    def taken(self, seconds: float) -> list[bytes]:
        """Return the messages to the run; wait up to ``seconds`` for the first of them."""
        found: list[bytes] = []
        try:
            found.append(self._reports.get(timeout=seconds))
            while True:
                found.append(self._reports.get_nowait())
        except queue.Empty:
            return found

    def stop(self, mode: str) -> None:
        """Ask the processes to stop between two steps."""
        self._mode = mode

    def wanted(self) -> str:
        """Return how the processes shall stop; empty where they shall go on."""
        return self._mode


def _ending_with_the_run(trainer: type[Any]) -> type[Any]:
    """Return Ray Train's trainer without the actor that it leaves behind to free devices after a crash.

    That actor asks Ray's dashboard whether its trainer still runs, and stays for ever where there is none. Nothing
    needs it here: what the trainer has reserved is freed when it ends with its host.
    """

    class Trainer(trainer):  # type: ignore[misc]
        def _create_default_callbacks(self) -> list[Any]:
            every = super()._create_default_callbacks()
            return [each for each in every if type(each).__name__ != "PlacementGroupCleanerCallback"]

    return Trainer


def _train_part(given: dict[str, Any]) -> None:
    """Train the part of one process; the host itself does without the model libraries, which take seconds to load."""
    from engine.pipeline.workers.training_part import train_part

    train_part(given)


def _reason(ray: ModuleType, error: Exception) -> Message:
    """Return why a training failed, as the end of a sentence.

    That is the end of a process, if one has ended; what the others have met is that it does not answer any more.
    """
    failures: dict[int, Exception] = getattr(error, "worker_failures", None) or {}
    for rank, failure in sorted(failures.items()):
        if (end := getattr(failure, "health_check_failure", None)) is not None:
            return worded("process {0}: {1}", rank + 1, loss_words(ray, end))
    found = next(iter(failures.values()), error)
    if _SILENCE.search(str(found)):
        return worded("one of its processes does not answer any more ({0}).", quoted(found, 200))
    return ended(quoted(found, 200))
