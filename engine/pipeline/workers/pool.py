"""The workers of a run: started at the first work that they can share, ended when the run needs their devices."""

import socket
from collections.abc import Callable, Sequence

import torch

from engine.api.clock import seconds_awake
from engine.api.event import message_logged
from engine.api.events import Emit, WorkerFigures, WorkersMeasured
from engine.api.message import Message, worded
from engine.fitness.crew import Crew, Tally
from engine.models.devices import device_label, used_memory
from engine.pipeline.workers.messages import PrepareItems
from engine.pipeline.workers.remote_worker import ItemsHelper, PoolWriter, RemoteWorker

_SEEN_SECONDS = 1.0
"""Seconds between two events about the workers."""


class WorkerPool:
    """Other devices that work on a run beside this process's own; usually none.

    Args:
        workers: The others.
        device: This process's device.
        layers: Number of layers of the dense model.
        emit: Receives what becomes of them, in the thread of the run.
        threads: Threads of this process's own CPU while the others work; 0 leaves them as they are.
        ended: Called when all workers have been ended.
    """

    def __init__(
        self,
        workers: Sequence[RemoteWorker],
        device: str,
        layers: int,
        emit: Emit,
        threads: int = 0,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self.workers = workers
        """The others, those that are lost included."""
        self._device, self._layers, self._emit = device, layers, emit
        self._own = Tally()
        self._ended = ended
        self._told: set[tuple[str, int]] = set()
        self._seen = seconds_awake() - _SEEN_SECONDS
        self._threads_before = torch.get_num_threads() if threads else 0
        if threads:
            torch.set_num_threads(threads)

    def crew(self, items: Callable[[], PrepareItems], check: Callable[[], None]) -> Crew:
        """Return what shares the work of an evaluator.

        Args:
            items: Returns the evaluator's calibration set; called only where there are workers.
            check: Called while they work; may raise to stop.
        """
        prepared = items() if self.workers else None
        helpers = [ItemsHelper(worker, prepared) for worker in self.workers] if prepared else []
        return Crew(helpers, check, self.watch, self._own)

    def writers(self) -> list[PoolWriter]:
        """Return what writes the model's own text on the workers."""
        return [PoolWriter(worker) for worker in self.workers if not worker.lost]

    def watch(self) -> None:
        """Report, about once a second, what the devices do; and each that is lost, once."""
        for worker in self.workers:
            for number, reason in enumerate(worker.replaced):
                self._tell(worker, number, worded("{0} is replaced by a new worker: {1}", worker.name, reason))
            if worker.reason:
                words = worded("{0} is left out, and the others do its part: {1}", worker.name, worker.reason)
                self._tell(worker, -1, words)
            own = device_label(self._device)
            if worker.ready and worker.ready.label != own and not self._device.startswith("cpu"):
                words = worded(
                    "{0} is another device ({1}) than that of the run ({2}), so the same run may differ in the last "
                    "digits of its scores when it is repeated.",
                    worker.name,
                    worker.ready.label,
                    own,
                )
                self._tell(worker, -2, words)
        now = seconds_awake()
        if self.workers and now - self._seen >= _SEEN_SECONDS:
            self._seen = now
            self._emit(WorkersMeasured(workers=(self._own_figures(), *map(self._figures, self.workers))))

    def close(self) -> None:
        """End all workers, which frees their devices."""
        for worker in self.workers:
            worker.close()
        if self._threads_before:
            torch.set_num_threads(self._threads_before)
        self._ended()

    def _tell(self, worker: RemoteWorker, number: int, words: Message) -> None:
        """Log a sentence about a worker once."""
        if (worker.name, number) not in self._told:
            self._told.add((worker.name, number))
            self._emit(message_logged("warning", words))

    def _own_figures(self) -> WorkerFigures:
        used, total = used_memory(self._device)
        return WorkerFigures(
            name=self._device,
            host=socket.gethostname(),
            label=device_label(self._device),
            state="working",
            memory_used=used,
            memory_total=total,
            tokens_per_second=self._pace(self._own),
        )

    def _figures(self, worker: RemoteWorker) -> WorkerFigures:
        ready = worker.ready
        return WorkerFigures(
            name=worker.name,
            host=ready.host if ready else "",
            label=ready.label if ready else "",
            state="lost" if worker.lost else "working" if ready else "starting",
            memory_used=ready.memory_used if ready else 0,
            memory_total=ready.memory_total if ready else 0,
            tokens_per_second=self._pace(worker.tally),
        )

    def _pace(self, tally: Tally) -> float | None:
        return tally.layer_tokens / (self._layers * tally.seconds) if tally.seconds else None
