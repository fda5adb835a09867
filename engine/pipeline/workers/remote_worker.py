"""The run's side of a worker, whatever carries the messages."""

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
import torch
from torch import Tensor

from engine.api.message import NO_WORDS, Message, worded
from engine.calibration.shared_writing import WriterLost
from engine.fitness.crew import Tally, Walker, WorkerLost
from engine.fitness.pieces import Cut, Piece, Walked
from engine.pipeline.workers.messages import (
    Answer,
    BlocksWritten,
    PiecesWalked,
    PrepareItems,
    Request,
    StartWorker,
    WalkPieces,
    WorkerFailed,
    WorkerReady,
    WriteBlocks,
    decoded_answer,
    encoded,
    unpacked,
)

_OTHER_VERSION = worded("its answer cannot be read, so it has another version of LayerSwarm.")


class Link(Protocol):
    """Carries messages to a worker."""

    def exchange(self, request: bytes) -> bytes:
        """Send a request and return its answer.

        Raises:
            WorkerLost: The worker is gone.
        """

    def close(self) -> None:
        """End the worker at once, whatever it is doing; safe to call from another thread and more than once."""


class RemoteWorker:
    """A worker that loads its model in the background and then does what it is asked, for several threads in turn.

    Args:
        name: Names it for people, such as ``cuda:1``.
        connect: Starts it and returns the link to it; called in a thread.
        start: Returns its first request, given the worker's link; called in that thread.
        replacements: How often another worker takes the place of one that is gone.
    """

    def __init__(
        self, name: str, connect: Callable[[], Link], start: Callable[[Link], StartWorker], replacements: int = 0
    ) -> None:
        self.name = name
        self.tally = Tally()
        """What it has done."""
        self.ready: WorkerReady | None = None
        """Host, device and memory, once it has its model."""
        self.reason = NO_WORDS
        """Why it takes no further work; empty while it does."""
        self.replaced: list[Message] = []
        """Why each worker that was here before is gone."""
        self._replacements = replacements
        self._connect, self._start = connect, start
        self._link: Link | None = None
        self._prepared: set[str] = set()
        self._turn, self._ending = threading.Lock(), threading.Lock()
        self._begun = threading.Event()
        self._closed = False
        threading.Thread(target=self._begin, daemon=True).start()

    @property
    def lost(self) -> bool:
        """Whether it takes no further work."""
        return bool(self.reason) or self._closed

    def lose(self, reason: Message) -> bool:
        """End the worker; return whether another one takes its place."""
        with self._ending:
            if self.lost:
                return False
            if not self._begun.is_set():
                return True  # another one is on its way since an earlier call
            self._end()
            if len(self.replaced) >= self._replacements:
                self.reason = reason
                return False
            self.replaced.append(reason)
            self._prepared.clear()
            self._begun.clear()
            self.ready = None
        threading.Thread(target=self._begin, daemon=True).start()
        return True

    def close(self) -> None:
        """End the worker because it is not needed any more."""
        self._closed = True
        self._end()

    def wait_until_ready(self) -> None:
        """Wait until the worker has its model.

        Raises:
            WorkerLost: It could not get it.
        """
        self._begun.wait()
        if self.lost:
            raise WorkerLost(self.reason)

    def prepare(self, items: PrepareItems) -> None:
        """Give the worker a calibration set, once.

        Raises:
            WorkerLost: The worker cannot take it.
        """
        with self._turn:
            if items.name not in self._prepared:
                self._asked(items)
                self._prepared.add(items.name)

    def walked(self, asked: WalkPieces) -> list[Walked]:
        """Return what pieces come to.

        Raises:
            torch.OutOfMemoryError: Its device runs out of memory.
            WorkerLost: The worker cannot go on.
        """
        with self._turn:
            answer = self._asked(asked)
        assert isinstance(answer, PiecesWalked)
        if self.ready is not None:
            self.ready = msgspec.structs.replace(self.ready, memory_used=answer.memory_used)
        return list(answer.walked)

    def written(self, asked: WriteBlocks) -> Tensor:
        """Return the windows of blocks [windows, length].

        Raises:
            torch.OutOfMemoryError: Its device runs out of memory.
            WorkerLost: The worker cannot go on.
        """
        with self._turn:
            answer = self._asked(asked)
        assert isinstance(answer, BlocksWritten)
        return unpacked(answer.windows)

    def _begin(self) -> None:
        try:
            self._link = link = self._connect()
            if self._closed:
                link.close()
            answer = self._asked(self._start(link))
            assert isinstance(answer, WorkerReady)
            self.ready = answer
        except WorkerLost as lost:
            self._end()
            self.reason = lost.sentence
        except torch.OutOfMemoryError:
            self._end()
            self.reason = worded("its device has too little memory for the model.")
        finally:
            self._begun.set()

    def _asked(self, request: Request) -> Answer:
        if self._link is None or self.lost:
            raise WorkerLost(self.reason)
        try:
            answer = decoded_answer(self._link.exchange(encoded(request)))
        except msgspec.MsgspecError:
            raise WorkerLost(_OTHER_VERSION) from None
        if isinstance(answer, WorkerFailed):
            if answer.out_of_memory:
                raise torch.OutOfMemoryError
            raise WorkerLost(Message.of(answer.reason) if answer.reason else _OTHER_VERSION)
        return answer

    def _end(self) -> None:
        if self._link is not None:
            self._link.close()


class ItemsHelper:
    """A worker as a helper of one evaluator.

    Args:
        worker: The worker.
        items: The evaluator's calibration set.
    """

    def __init__(self, worker: RemoteWorker, items: PrepareItems) -> None:
        self._worker, self._items = worker, items
        self.tally = worker.tally
        self.lose = worker.lose

    @property
    def lost(self) -> bool:
        """Whether it takes no further work."""
        return self._worker.lost

    def walker(self) -> Walker:
        """Return what walks pieces of these items, once the worker has its model.

        Raises:
            WorkerLost: The worker cannot be used.
        """
        self._worker.wait_until_ready()
        try:
            self._worker.prepare(self._items)
        except torch.OutOfMemoryError:
            words = worded("its device has too little memory for the calibration windows.")
            raise WorkerLost(words) from None
        return self

    def walk(self, cut: Cut, pieces: Sequence[Piece]) -> list[Walked]:
        """Walk pieces, as a ``Walker``."""
        return self._worker.walked(WalkPieces(items=self._items.name, cut=cut, pieces=tuple(pieces)))


class PoolWriter:
    """A worker as a writer of the model's own text."""

    def __init__(self, worker: RemoteWorker) -> None:
        self._worker = worker

    def wait(self) -> None:
        """Wait until the worker has its model.

        Raises:
            WriterLost: It could not get it.
        """
        try:
            self._worker.wait_until_ready()
        except WorkerLost:
            raise WriterLost from None

    def written(self, stream: str, blocks: Sequence[int], count: int) -> Tensor:
        """Return the windows of blocks, as a ``BlockWriter``.

        Raises:
            WriterLost: The worker cannot write them.
        """
        try:
            return self._worker.written(WriteBlocks(stream=stream, blocks=tuple(blocks), count=count))
        except torch.OutOfMemoryError:
            raise WriterLost from None
        except WorkerLost as lost:
            self._worker.lose(lost.sentence)
            raise WriterLost from None
