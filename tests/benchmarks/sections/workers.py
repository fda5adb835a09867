"""What several devices make of the scoring of candidates: measured parts, and what a simulation makes of them.

Measured: a race of candidates by 1, 2 and 4 workers, each with a copy of the model in a thread of this process. On one
computer's cores their times mean little, so what counts is who does how much, what is sent, and what is spent outside
the walks. Simulated: the pieces of a search on models of real shapes, handed out by the product's own rule to 1 to 64
GPUs, with assumed speeds of the GPU, of the bus and of the network, and the measured cost of a message.
"""

import heapq
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import torch

from engine.api.presets import with_preset
from engine.api.settings import Settings
from engine.fitness.batches import TrieBatch
from engine.fitness.calibration_set import CalibrationWindows
from engine.fitness.crew import Crew, loads_of
from engine.fitness.evaluator import STATES_BYTES, Evaluator
from engine.fitness.levels import nested_levels
from engine.fitness.memory import Score
from engine.fitness.pieces import Cut, Piece, Walked, pieces_of
from engine.fitness.trie import TrieWalk
from engine.models.device_sizes import batch_tokens
from engine.pipeline.workers.device_worker import DeviceWorker
from engine.pipeline.workers.messages import (
    PiecesWalked,
    PrepareItems,
    StartWorker,
    WalkPieces,
    decoded_answer,
    decoded_request,
    encoded,
    packed,
)
from engine.pipeline.workers.remote_worker import ItemsHelper, RemoteWorker
from tests.benchmarks.section import Bench, Content, Row, Section, Tables
from tests.benchmarks.subject import SCORED_EVERY, Subject, empty_memory

RemovalSets = list[tuple[int, ...]]
TEAMS = (1, 2, 4)
GPUS = (1, 2, 4, 8, 16, 32, 64)
FLOPS, SHARE = 989e12, 0.6
"""Dense bfloat16 operations per second of an H100 or H200 by its maker's figures, and the share that is reached."""
BUS, NETWORK = 50e9, 1e9
"""Bytes per second from main memory to a GPU, and between two machines."""
_MESSAGE_BYTES = 2000
_REPEATS = 200


@dataclass(frozen=True)
class Shape:
    """A model of real size."""

    name: str
    layers: int
    hidden: int
    vocabulary: int
    parameters: float
    gpu_bytes: float = 80e9
    gpus_of_a_machine: int = 8

    @property
    def layer_parameters(self) -> float:
        """Parameters of one layer."""
        return (self.parameters - 2 * self.hidden * self.vocabulary) / self.layers

    @property
    def streamed_bytes(self) -> float:
        """Bytes of the layers that one GPU has no room for, in bfloat16."""
        return max(0.0, 2 * self.parameters - 0.8 * self.gpu_bytes)

    @property
    def gpus_together(self) -> int:
        """GPUs of one machine that hold the model; 0 where those of a machine do not."""
        needed = math.ceil(2 * self.parameters / (0.8 * self.gpu_bytes))
        return needed if needed <= self.gpus_of_a_machine else 0


SHAPES = (
    Shape("8B", 32, 4096, 128256, 8.03e9),
    Shape("32B", 64, 5120, 152064, 32.8e9),
    Shape("405B", 126, 16384, 128256, 405.9e9),
    Shape("405B on 141 GB", 126, 16384, 128256, 405.9e9, gpu_bytes=141e9),
)


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each team, then one for each simulated number of GPUs."""
    measured = _Measured(bench.subject, bench.quick)
    content: Content = {"measured": [], "simulated": []}
    for team in TEAMS:
        content["measured"].append(measured.row(team))
        yield content
    for shape in SHAPES[:1] if bench.quick else SHAPES:
        content["simulated"] += _simulated(shape, measured.seconds_of_a_message, 2 if bench.quick else 64)
    yield content


class _CountingLink:
    """A worker in this process; counts what passes, and the time spent on it."""

    def __init__(self, count: "_Counts") -> None:
        self._worker, self._count = DeviceWorker(), count

    def exchange(self, request: bytes) -> bytes:
        answer = self._worker.answer(request)
        self._count.messages += 1
        self._count.sent += len(request)
        self._count.returned += len(answer)
        return answer

    def close(self) -> None:
        """Nothing to end."""


@dataclass
class _Counts:
    messages: int = 0
    sent: int = 0
    returned: int = 0


class _Measured:
    def __init__(self, subject: Subject, quick: bool) -> None:
        self._subject = subject
        self._tokens = subject.own_windows(4 if quick else 8)
        drawn = random.Random(0)
        size = 1 if quick else 5
        count = 6 if quick else 12
        self._population = sorted({tuple(sorted(drawn.sample(subject.prunable, size))) for _ in range(count)})
        self.seconds_of_a_message = 0.0

    def row(self, team: int) -> Row:
        counts = [_Counts() for _ in range(team - 1)]
        workers = [self._worker(each) for each in counts]
        items = PrepareItems(name="windows", windows=packed(self._tokens), states_bytes=STATES_BYTES)
        crew = Crew([ItemsHelper(worker, items) for worker in workers])
        levels = self._subject.levels(len(self._tokens), Settings().search.racing)
        windows = CalibrationWindows(self._subject.stack, self._tokens, SCORED_EVERY)
        evaluator = Evaluator(windows, empty_memory(), levels, crew=crew)
        dense, started = evaluator.layer_items, time.perf_counter()
        for level in levels:
            evaluator.scores(self._population, level)
        took = time.perf_counter() - started
        done = [crew.tally.layer_tokens, *(worker.tally.layer_tokens for worker in workers)]
        sent, returned, messages = (
            sum(getattr(each, name) for each in counts) for name in ("sent", "returned", "messages")
        )
        if messages:
            self.seconds_of_a_message = _coding_seconds(self._population)
        return {
            "workers": team,
            "layer applications": round((evaluator.layer_items - dense) / len(self._tokens), 1),
            "largest part": round(max(done) / max(sum(done), 1), 3),
            "smallest part": round(min(done) / max(sum(done), 1), 3),
            "messages": messages,
            "sent to each, KB": round(sent / max(team - 1, 1) / 1e3, 1),
            "returned by each, KB": round(returned / max(team - 1, 1) / 1e3, 1),
            "outside the walks": round(1 - crew.tally.seconds / took, 4) if team == 1 else None,
        }

    def _worker(self, counts: _Counts) -> RemoteWorker:
        worker = RemoteWorker("worker", lambda: _CountingLink(counts), self._start)
        worker.wait_until_ready()  # one after the other, since a thread cannot load while another one does
        return worker

    def _start(self, _link: object) -> StartWorker:
        folder = self._subject.folder
        return StartWorker(
            folder=str(folder.path),
            digest=folder.digest,
            settings=Settings(),
            device="cpu",
            dtype="float32",
            beside=0,
        )


def _coding_seconds(population: RemovalSets) -> float:
    """Return the seconds to write and read a message about some candidates, and its answer."""
    cut = Cut(((0, 4),), 0)
    piece = Piece(0, tuple(population[:4]), 1, 1)
    asked = WalkPieces(items="windows", cut=cut, pieces=(piece,))
    walked = PiecesWalked(walked=(Walked(tuple(Score(0.1, 1.0) for _ in piece.candidates), 1, 1),))
    started = time.perf_counter()
    for _ in range(_REPEATS):
        decoded_request(encoded(asked))
        decoded_answer(encoded(walked))
    return (time.perf_counter() - started) / _REPEATS


def _simulated(shape: Shape, message: float, most: int) -> Iterator[Row]:
    """Yield a row for each number of GPUs: an iteration of the search on a model of real shape."""
    calls = [_Call(pieces, shape) for pieces in _iteration(shape)]
    alone = sum(call.seconds(1, message) for call in calls)
    for gpus in (each for each in GPUS if each <= most):
        took, together = sum(call.seconds(gpus, message) for call in calls), 1
        if shape.streamed_bytes and 0 < shape.gpus_together <= gpus:
            machines = max(1, gpus // shape.gpus_of_a_machine)
            workers = machines * (min(gpus, shape.gpus_of_a_machine) // shape.gpus_together)
            spread = sum(call.seconds(workers, message, whole=True) for call in calls)
            took, together = min((took, 1), (spread, shape.gpus_together))
        yield {
            "model": shape.name,
            "layers fetched": shape.streamed_bytes > 0 and together == 1,
            "GPUs": gpus,
            "GPUs of a worker": together,
            "pieces": " + ".join(str(len(call.pieces)) for call in calls),
            "one iteration, s": round(took, 2),
            "faster": round(alone / took, 2),
            "of ideal": round(alone / took / gpus, 2),
        }


class _Call:
    """One call of the evaluator: pieces that are handed out, and a wait for the last of them."""

    def __init__(self, pieces: Sequence[Piece], shape: Shape) -> None:
        self.pieces, self._shape = pieces, shape
        self._computing = [_flops(piece, shape) / (FLOPS * SHARE) for piece in pieces]

    def seconds(self, workers: int, message: float, whole: bool = False) -> float:
        """Return the time of the call: each load goes to the worker that is free first, a message at a time.

        Args:
            workers: Number of workers, each of which computes on one GPU at a time.
            message: Seconds of a message.
            whole: Whether each worker has the whole model in the memory of its GPUs.
        """
        streamed = 0.0 if whole else self._shape.streamed_bytes
        free = [0.0] * workers
        for number, load in enumerate(loads_of(self.pieces, workers if streamed else len(self.pieces))):
            start = max(heapq.heappop(free), number * message)
            computing = sum(self._computing[each] for each in load)
            heapq.heappush(free, start + max(computing, streamed / BUS) + _MESSAGE_BYTES / NETWORK)
        return max(free)


def _iteration(shape: Shape) -> Iterator[list[Piece]]:
    """Yield the pieces of each level of a race: sets that differ in a few layers, as a swarm's do once it has begun."""
    settings = with_preset(Settings(), "Balanced", round(shape.parameters), gpu=True)
    drawn = random.Random(0)
    layers = range(shape.layers // 4, shape.layers - 1)
    best = drawn.sample(layers, shape.layers // 6)
    racing = [_near(best, layers, drawn) for _ in range(settings.search.population)]
    windows, length = settings.calibration.windows, settings.calibration.window_length
    levels = nested_levels(windows, round(shape.parameters), settings.search.racing)
    items = max(1, batch_tokens(_Stack.device, 2 * shape.hidden) // length)
    for start, stop in zip((0, *levels), levels, strict=False):
        pieces: list[Piece] = []
        for number, first in enumerate(range(start, stop, items)):
            batch = cast(TrieBatch, _Batch(shape, min(items, stop - first), length))
            pieces += pieces_of(number, batch, sorted(set(racing)), round(shape.gpu_bytes / 16))
        yield pieces
        racing = racing[: max(1, round(settings.search.racing.promoted_share * len(racing)))]


def _near(best: Sequence[int], layers: Sequence[int], drawn: random.Random) -> tuple[int, ...]:
    kept = drawn.sample(best, len(best) - min(3, len(best) - 1))
    others = [layer for layer in layers if layer not in kept]
    return tuple(sorted([*kept, *drawn.sample(others, len(best) - len(kept))]))


class _Batch:
    """As much of a batch as cutting it takes."""

    def __init__(self, shape: Shape, items: int, length: int) -> None:
        self.stack = _Stack(shape.layers)
        self.items, self.tokens = items, items * length
        self.state_bytes = 2 * self.tokens * shape.hidden


class _Stack:
    device = torch.device("cuda")

    def __init__(self, layers: int) -> None:
        self._layers = layers

    def __len__(self) -> int:
        return self._layers


def _flops(piece: Piece, shape: Shape) -> float:
    """Return the operations of a piece: the layers that its trie applies, and the head at the scored positions."""
    walk: TrieWalk[int] = TrieWalk(
        piece.candidates, shape.layers, dict.fromkeys(range(shape.layers + 1), 0), lambda _layer, states: states
    )
    for layer in range(shape.layers):
        walk.advance(layer)
    tokens = piece.state_bytes // len(piece.candidates) // (2 * shape.hidden)
    head = len(piece.candidates) / Settings().calibration.scored_every * shape.hidden * shape.vocabulary
    return 2.0 * tokens * (walk.applications * shape.layer_parameters + head)


def tables(content: Content) -> Tables:
    """Return the measured parts, and the simulation."""
    return [content["measured"], content["simulated"]]


SECTION = Section(measure, tables)
