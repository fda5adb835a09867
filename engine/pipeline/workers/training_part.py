"""What Ray Train runs in each process: accelerate inside, and the same training loop as everywhere."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
import torch
from accelerate import PartialState

from engine.api.commands import StopMode
from engine.api.control import StopRequested
from engine.api.errors import LayerSwarmError
from engine.api.events import Event, encode_event
from engine.api.message import template_of
from engine.api.temporary import ScratchFolder
from engine.models.out_of_memory import one_memory_error
from engine.pipeline.workers.agreement import check_versions
from engine.pipeline.workers.model_keeper import node_cache
from engine.pipeline.workers.training_messages import (
    FOLDED,
    RETURNED,
    TRAINING,
    FilePart,
    PartEnded,
    Report,
    Reported,
    TrainingOrder,
    encoded_report,
)
from engine.recovery.training_job import TrainingJob

_CHUNK = 16 * 2**20
_FULL_SECONDS = 0.02
"""Seconds between two tries to send a message while the run has not taken the earlier ones."""


class PartFailed(Exception):
    """This process cannot do its part, as the run knows already; ends the others too."""


def train_part(given: dict[str, Any]) -> None:
    """Train this process's part.

    Args:
        given: What ``TrainingHost.train`` passes: the order, the parts of the files, and the host.

    Raises:
        PartFailed: It failed.
    """
    order = msgspec.msgpack.decode(given["order"], type=TrainingOrder)
    state = PartialState(cpu=order.device == "cpu")
    place = node_cache()
    place.mkdir(parents=True, exist_ok=True)
    with ScratchFolder(place) as own:
        part = _Part(order, given, state, own)
        try:
            with one_memory_error():
                ending = part.ending()
        except torch.OutOfMemoryError:
            ending = PartEnded(outcome="failed", out_of_memory=True)
        if state.is_main_process or ending.outcome == "failed":
            part.send(ending)
        if ending.outcome == "failed":
            raise PartFailed(ending.message)
        state.wait_for_everyone()  # no folder goes while a neighbour reads in it


class _Part:
    """This process among those that train.

    Args:
        order: What to do.
        given: The parts of the files, and the host.
        state: accelerate's state of the processes.
        own: A folder of this process.
    """

    def __init__(self, order: TrainingOrder, given: Mapping[str, Any], state: PartialState, own: Path) -> None:
        import ray

        self._ray, self._host, self._files = ray, given["host"], cast(Mapping[str, Sequence[Any]], given["files"])
        self._order, self._state, self._own = order, state, own
        self._sent: dict[str, tuple[int, int]] = {}
        """What the run has already."""
        self._folder = own

    def ending(self) -> PartEnded:
        """Train, and return how that ended."""
        try:
            check_versions(self._order.versions)
            self._train()
        except StopRequested:
            self._send_files()
            return PartEnded(outcome="stopped")
        except LayerSwarmError as error:
            return PartEnded(outcome="failed", message=str(error), template=template_of(error.sentence))
        self._send_files()
        return PartEnded(outcome="finished")

    def send(self, message: Report) -> None:
        """Send a message to the run, once it has room for it."""
        while not self._ray.get(self._host.post.remote(encoded_report(message))):
            time.sleep(_FULL_SECONDS)

    def _train(self) -> None:
        node = self._ray.get_runtime_context().get_node_id()
        job, windows = TrainingJob.read(self._received())
        common, neighbours = Path(self._order.shared), None
        if not self._order.shared:
            common, neighbours = self._neighbours(node)
            job = msgspec.structs.replace(job, folded=str(self._own / FOLDED) if job.folded else "")
        self._folder = common / TRAINING
        self._sent = self._written()
        job = msgspec.structs.replace(job, model=self._order.models[node], folder=str(self._folder))
        device = "cpu" if self._state.device.type == "cpu" else str(self._state.device)
        job.train(windows, device, self._emit, self._control, neighbours)

    def _received(self) -> Path:
        """Return the folder of the job's files, which are written there where they were sent."""
        if self._order.shared:
            return Path(self._order.shared)
        (self._own / TRAINING).mkdir()
        for name, parts in self._files.items():
            with (self._own / name).open("wb") as file:
                for part in parts:
                    file.write(self._ray.get(part))
        return self._own

    def _neighbours(self, node: str) -> tuple[Path, tuple[int, int]]:
        """Return the folder that the processes of this node share, this one's place among them, and their number."""
        found: list[Any] = [None] * self._state.num_processes
        torch.distributed.all_gather_object(found, (node, str(self._own)))
        folders = [folder for other, folder in found if other == node]
        return Path(folders[0]), (folders.index(str(self._own)), len(folders))

    def _emit(self, event: Event) -> None:
        if self._state.is_main_process:
            self.send(Reported(encode_event(event)))

    def _control(self) -> None:
        self._send_files()
        if mode := self._ray.get(self._host.wanted.remote()):
            raise StopRequested(cast(StopMode, mode))

    def _send_files(self) -> None:
        """Send what the training has written since the last time.

        It is sent after the events before it, also where the run sees this disk: a run that is killed must not find a
        checkpoint that is ahead of its journal.
        """
        if not self._state.is_main_process:
            return
        written = self._written()
        for name, mark in written.items():
            if self._sent.get(name) != mark:
                self._send(name)
        self._sent = written

    def _send(self, name: str) -> None:
        with (self._folder / name).open("rb") as file:
            content = file.read(_CHUNK)
            while content:
                following = file.read(_CHUNK)
                self.send(FilePart(name=name, content=content, last=not following))
                content = following

    def _written(self) -> dict[str, tuple[int, int]]:
        """Return what distinguishes each file that the run needs from an earlier one of its name."""
        paths = [self._folder / name for name in RETURNED]
        stats = {path.name: path.stat() for path in paths if path.exists()}
        return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in stats.items()}
