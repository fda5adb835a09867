"""Take what the processes that train on a cluster report, and pass them the wish to stop."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from engine.api.control import StopRequested
from engine.api.errors import LayerSwarmError
from engine.api.event import message_logged
from engine.api.events import Emit, decode_event
from engine.api.files import move_into_place
from engine.api.message import worded
from engine.api.temporary import ScratchFolder
from engine.fitness.crew import WorkerLost
from engine.pipeline.workers.reasons import decoded_reason
from engine.pipeline.workers.training_messages import RETURNED, FilePart, PartEnded, Report, Reported, decoded_report

_LOOK_SECONDS = 0.2
_LEAVING_SECONDS = 20
"""Seconds in which the processes may remove their files and leave before they are ended."""
_SILENT = worded("its processes ended without a word.")
_ASKED = worded("The processes that train on the cluster were asked to stop; they do so after their present step.")


class TrainingFollowed:
    """The processes of one training, from their start to their end.

    Args:
        ray: Ray, connected.
        host: The ``TrainingHost``.
        done: The end of its work.
        folder: The folder of the recovery, which gets its files.
        emit: Receives the events.
        look: Returns the person's wish to stop, if there is one; may raise it.
    """

    def __init__(
        self,
        ray: ModuleType,
        host: Any,
        done: Any,
        folder: Path,
        emit: Emit,
        look: Callable[[], StopRequested | None],
    ) -> None:
        self._ray, self._host, self._done, self._folder = ray, host, done, folder
        self._emit, self._look = emit, look
        self._asked = False
        self._begun = False
        self._ending: PartEnded | None = None

    def to_the_end(self) -> PartEnded:
        """Return how the training ended.

        Raises:
            StopRequested: The person asked to stop, and nothing has to be waited for.
            WorkerLost: A process is gone.
        """
        with ScratchFolder(self._folder) as arriving:
            while self._ending is None:
                over = bool(self._ray.wait([self._done], timeout=0)[0])
                arrived = self._ray.get(self._host.taken.remote(0 if over else _LOOK_SECONDS))
                for message in arrived:
                    self._take(decoded_report(message), arriving)
                if over and not arrived:
                    reason = bytes(self._ray.get(self._done))
                    raise WorkerLost(decoded_reason(reason) if reason else _SILENT)
                self._pass_on()
        self._ray.wait([self._done], timeout=_LEAVING_SECONDS)
        return self._ending

    def _pass_on(self) -> None:
        """Pass the wish to stop on, once."""
        stop = self._look()
        if stop is None or self._asked or self._ending is not None:
            return
        if not self._begun and stop.mode == "pause":
            raise stop  # there is nothing to keep yet
        self._asked = True
        self._host.stop.remote(stop.mode)
        self._emit(message_logged("info", _ASKED))

    def _take(self, report: Report, arriving: Path) -> None:
        if isinstance(report, Reported):
            self._begun = True
            self._emit(decode_event(report.line))
        elif isinstance(report, FilePart):
            self._keep(report, arriving)
        elif self._ending is None:
            self._ending = report

    def _keep(self, part: FilePart, arriving: Path) -> None:
        """Append to a file that arrives; put it in its place once it is whole.

        Raises:
            LayerSwarmError: No training writes such a file.
        """
        if part.name not in RETURNED:
            raise LayerSwarmError(worded("The cluster sent a file that no training writes ({0}).", part.name))
        with (arriving / part.name).open("ab") as file:
            file.write(part.content)
        if part.last:
            move_into_place(arriving / part.name, self._folder / part.name)
