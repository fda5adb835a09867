"""Share the pieces of a population among the devices that score it."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from engine.api.clock import seconds_awake
from engine.api.message import Message
from engine.fitness.pieces import Cut, Piece, Walked

_LOOK_SECONDS = 0.1
"""Seconds between two looks at the user's wish to stop while other devices finish their parts."""


class WorkerLost(Exception):
    """A worker cannot go on.

    Args:
        sentence: Why, as the end of a sentence about it.
    """

    def __init__(self, sentence: Message) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Walker(Protocol):
    """Walks pieces on one device."""

    def walk(self, cut: Cut, pieces: Sequence[Piece]) -> list[Walked]:
        """Walk pieces and return what each comes to, in their order.

        Raises:
            torch.OutOfMemoryError: The device runs out of memory.
            WorkerLost: The device cannot be used any more.
        """


@dataclass
class Tally:
    """What a walker has done so far."""

    layer_tokens: int = 0
    """Layers applied, each counted once for each token."""
    seconds: float = 0.0

    def add(self, walked: Sequence[Walked], started: float) -> None:
        """Count what was walked since ``started``, by ``seconds_awake``."""
        self.seconds += seconds_awake() - started
        self.layer_tokens += sum(each.layer_tokens for each in walked)


class Helper(Protocol):
    """Another device than this process's own."""

    tally: Tally

    @property
    def lost(self) -> bool:
        """Whether it takes no further work."""

    def lose(self, reason: Message) -> bool:
        """Report why its worker cannot go on, and return whether another one takes its place."""

    def walker(self) -> Walker:
        """Return what walks pieces on it; may wait until the device is ready.

        Raises:
            WorkerLost: The device cannot be used.
        """


@dataclass
class Crew:
    """This process's device and its helpers.

    Args:
        helpers: The other devices; those that are lost take no further work.
        check: Called while others work, and before each of their loads, in threads of their own; may raise to stop.
        watch: Called while work is done, at short intervals, from the calling thread.
    """

    helpers: Sequence[Helper] = ()
    check: Callable[[], None] = lambda: None
    watch: Callable[[], None] = lambda: None
    tally: Tally = field(default_factory=Tally)
    """What this process's own device has done."""

    def walk(self, own: Walker, cut: Cut, pieces: Sequence[Piece], streamed: bool) -> list[Walked]:
        """Walk pieces on all devices and return what each comes to, in their order.

        A helper that is lost is left out, and its part done again by the others.

        Args:
            own: This process's own device.
            cut: How the items are cut.
            pieces: The pieces.
            streamed: Whether a walk of many pieces at once saves reading the layers for each of them.

        Raises:
            torch.OutOfMemoryError: A device runs out of memory.
            StopRequested: Raised by ``check`` or by the walk of this process's own device.
        """
        helpers = [helper for helper in self.helpers if not helper.lost]
        if not helpers:
            started = seconds_awake()
            found = own.walk(cut, pieces)
            self.tally.add(found, started)
            self.watch()
            return found
        shift = _Shift(loads_of(pieces, len(helpers) + 1 if streamed else len(pieces)), pieces)
        for helper in helpers:
            threading.Thread(target=_help, args=(helper, shift, cut, self.check), daemon=True).start()
        try:
            self._work(own, cut, shift)
        finally:
            shift.close()
        self.watch()
        return shift.found()

    def _work(self, own: Walker, cut: Cut, shift: "_Shift") -> None:
        while not shift.finished():
            self.check()
            self.watch()
            load = shift.take(id(own))
            if load is None:
                shift.wait(_LOOK_SECONDS)
                continue
            started = seconds_awake()
            walked = own.walk(cut, [shift.pieces[number] for number in load])
            self.tally.add(walked, started)
            shift.give(load, walked)


def _help(helper: Helper, shift: "_Shift", cut: Cut, check: Callable[[], None]) -> None:
    """Let a helper walk loads until there are none left, or none shall begin any more."""
    load: list[int] | None = None
    try:
        walker = helper.walker()
        while (load := shift.take(id(helper))) is not None or shift.open():
            check()
            if load is None:
                shift.wait(_LOOK_SECONDS)  # a load may come back from a helper that is lost
                continue
            started = seconds_awake()
            walked = walker.walk(cut, [shift.pieces[number] for number in load])
            helper.tally.add(walked, started)
            shift.give(load, walked)
    except WorkerLost as lost:
        if load is not None:
            shift.put_back(load)
        if helper.lose(lost.sentence):
            _help(helper, shift, cut, check)
    except Exception as error:  # a stop, memory that runs out, or a fault of ours, which must not leave others waiting
        shift.fail(error)


class _Shift:
    """Loads of pieces, handed out to whoever is free, the most expensive first; safe to use from several threads."""

    def __init__(self, loads: Sequence[list[int]], pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self._waiting = deque(loads)
        self._found: dict[int, Walked] = {}
        self._visited: dict[int, set[int]] = {}
        self._error: Exception | None = None
        self._closed = False
        self._changed = threading.Condition()

    def take(self, who: int) -> list[int] | None:
        """Return the next load, if possible of a batch that this walker has met before; None if there is none now."""
        with self._changed:
            if self._closed or self._error or not self._waiting:
                return None
            known = self._visited.setdefault(who, set())
            others = set().union(*(batches for other, batches in self._visited.items() if other != who))
            load = min(self._waiting, key=lambda each: _distance(self.pieces[each[0]].batch, known, others))
            self._waiting.remove(load)
            known.update(self.pieces[number].batch for number in load)
            return load

    def give(self, load: Sequence[int], walked: Sequence[Walked]) -> None:
        """Take what a load comes to."""
        with self._changed:
            self._found |= dict(zip(load, walked, strict=True))
            self._changed.notify_all()

    def put_back(self, load: list[int]) -> None:
        """Take a load back that could not be done."""
        with self._changed:
            self._waiting.append(load)
            self._changed.notify_all()

    def fail(self, error: Exception) -> None:
        """End the work with an error, which ``finished`` raises."""
        with self._changed:
            self._error = error
            self._changed.notify_all()

    def finished(self) -> bool:
        """Return whether all pieces are walked; raise the error that ended the work."""
        with self._changed:
            if self._error is not None:
                raise self._error
            return len(self._found) == len(self.pieces)

    def open(self) -> bool:
        """Return whether there is still something to do."""
        with self._changed:
            return not (self._closed or self._error) and len(self._found) < len(self.pieces)

    def wait(self, seconds: float) -> None:
        """Wait until something changes, at most so long."""
        with self._changed:
            if not self._closed and len(self._found) < len(self.pieces):
                self._changed.wait(seconds)

    def close(self) -> None:
        """Hand out no more loads."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def found(self) -> list[Walked]:
        """Return what the pieces come to, in their order."""
        return [self._found[number] for number in range(len(self.pieces))]


def _distance(batch: int, known: set[int], others: set[int]) -> int:
    """Return how little a walker is prepared for a batch: 0 where it has its states, 1 where nobody has."""
    return 0 if batch in known else 1 if batch not in others else 2


def loads_of(pieces: Sequence[Piece], count: int) -> list[list[int]]:
    """Divide pieces into at most ``count`` loads of about equal cost, the largest first; return their numbers."""
    loads: list[list[int]] = [[] for _ in range(min(count, len(pieces)))]
    costs = [0] * len(loads)
    for number in sorted(range(len(pieces)), key=lambda each: -pieces[each].cost):
        least = costs.index(min(costs))
        loads[least].append(number)
        costs[least] += max(pieces[number].cost, 1)
    return [sorted(load) for load in loads]
