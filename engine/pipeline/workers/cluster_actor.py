"""What scores on the nodes of a cluster: one worker per actor. Ray passes it and returns from it nothing but bytes."""

import torch

from engine.models.devices import device_identity
from engine.pipeline.workers.device_worker import DeviceWorker
from engine.pipeline.workers.model_keeper import ModelKeeper


class ClusterActor(ModelKeeper):
    """A worker, and the copy of its model where the node does not have the run's folder."""

    def __init__(self) -> None:
        super().__init__()
        self._worker = DeviceWorker()

    def answer(self, request: bytes) -> bytes:
        """Return the answer to a request, as ``DeviceWorker`` does."""
        return self._worker.answer(request)

    def identities(self) -> list[str]:
        """Return what identifies each GPU that Ray gave it; nothing for a CPU."""
        return [device_identity(f"cuda:{number}") for number in range(torch.cuda.device_count())]
