"""Score a population on a streamed model, in a process of its own whose memory may be limited.

``python -m tests.benchmarks.streaming_child FOLDER MEGABYTES WAY`` prints JSON; WAY is how candidates are walked.
"""

import json
import os
import random
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import Tensor

from engine.api.events import RemovalSet
from engine.api.settings import DeviceSettings
from engine.fitness.calibration_set import CalibrationWindows
from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import ScoreMemory
from engine.model_files.folder_content import weight_headers
from engine.models.decoder_stack import DecoderStack
from engine.models.loading import load_model
from engine.models.placement import Placement, choose_placement
from engine.models.sizes import measure_sizes
from engine.models.streaming.streamed_model import traffic_of

CANDIDATES, REMOVED = 16, 6
WINDOWS, LENGTH = 2, 64
_BESIDE = 500 * 10**6
"""Libraries, states and logits."""


def population(layers: int) -> list[RemovalSet]:
    """Return distinct removal sets, as far apart as a swarm's first ones."""
    drawn = random.Random(0)
    count = min(REMOVED, layers - 2)
    return sorted({tuple(sorted(drawn.sample(range(1, layers), count))) for _ in range(CANDIDATES)})


def measured(folder: Path, megabytes: float, way: str) -> dict[str, float]:
    """Return what one population costs.

    Args:
        folder: The model.
        megabytes: Memory that the process may use; 0 streams every layer.
        way: ``breadth first``, ``depth first``, ``one by one``, or ``in memory`` for the time of computing alone.
    """
    sizes = measure_sizes(folder)
    placement = Placement(tuple(range(sizes.layers)))
    if megabytes:
        allowed = DeviceSettings(memory_megabytes=megabytes)
        placement = choose_placement(sizes, torch.bfloat16, "cpu", allowed, _BESIDE)
    if way == "in memory":
        placement = Placement()
    model = load_model(folder, "cpu", torch.bfloat16, placement=placement)
    tokens = torch.randint(0, model.config.vocab_size, (WINDOWS, LENGTH), generator=torch.Generator().manual_seed(0))
    evaluator = Evaluator(
        CalibrationWindows(DecoderStack(model), tokens, 4), ScoreMemory("model", "windows", lambda _event: None)
    )
    traffic = traffic_of(model)
    before = traffic.bytes if traffic else 0
    forget(folder)
    started, computed = time.perf_counter(), time.process_time()
    scores = _WAYS[way](evaluator, population(sizes.layers))
    seconds, computed = time.perf_counter() - started, time.process_time() - computed
    return {
        "seconds": seconds,
        "cpu": computed,
        "bytes": (traffic.bytes if traffic else 0) - before,
        "kl": sum(scores) / len(scores),
        "streamed": len(placement.streamed),
    }


def _breadth_first(evaluator: Evaluator, sets: list[RemovalSet]) -> list[float]:
    return [score.kl for score in evaluator.scores(sets)]


def _one_by_one(evaluator: Evaluator, sets: list[RemovalSet]) -> list[float]:
    return [evaluator.scores([removed])[0].kl for removed in sets]


def _depth_first(evaluator: Evaluator, sets: list[RemovalSet]) -> list[float]:
    """Walk one branch of the trie after the other, which holds few states and comes back to each layer."""
    found: list[float] = []
    for batch in evaluator.batches:
        layers = len(batch.stack)
        for _, hidden in _walk(sets, 0, layers, batch.dense(0), batch.apply):
            found.append(batch.score_of(hidden).kl / batch.weight)
    return found


def _walk(
    sets: list[RemovalSet], layer: int, layers: int, hidden: Tensor, apply: Callable[[int, Tensor], Tensor]
) -> Iterator[tuple[RemovalSet, Tensor]]:
    if layer == layers:
        yield sets[0], hidden
        return
    without = [removed for removed in sets if layer in removed]
    keeping = [removed for removed in sets if layer not in removed]
    if keeping:
        yield from _walk(keeping, layer + 1, layers, apply(layer, hidden), apply)
    if without:
        yield from _walk(without, layer + 1, layers, hidden, apply)


_WAYS: dict[str, Callable[[Evaluator, list[RemovalSet]], list[float]]] = {
    "breadth first": _breadth_first,
    "depth first": _depth_first,
    "one by one": _one_by_one,
    "in memory": _breadth_first,
}


def forget(folder: Path) -> None:
    """Drop the model's files from the page cache, so that reading means reading from the disk."""
    for file, _ in weight_headers(folder):
        opened = os.open(file, os.O_RDONLY)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(opened, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(opened)


class PeakMemory(threading.Thread):
    """Watches the memory that is not a file's."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.kilobytes = 0

    def run(self) -> None:
        while True:
            lines = Path("/proc/self/status").read_text().splitlines()
            self.kilobytes = max(self.kilobytes, *(int(line.split()[1]) for line in lines if "RssAnon" in line))
            time.sleep(0.02)


def main() -> None:
    """Measure and print."""
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    peak = PeakMemory()
    if Path("/proc/self/status").exists():
        peak.start()
    figures = measured(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3])
    used = peak.kilobytes or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({**figures, "peak": 1000 * used}))


if __name__ == "__main__":
    main()
