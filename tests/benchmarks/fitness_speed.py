"""How much faster a swarm is scored than by the naive way: drop the layers, full forward, full logits, KL.

A PSO of twenty particles is run at k = 6 on the demo model; its first, middle and last iteration are then scored both
ways, each by an evaluator without a memory of them, in turns. Times of one machine mean little, their ratio does.

    python tests/benchmarks/fitness_speed.py [--out docs/benchmarks/fitness_speed.json]
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from torch import Tensor
from transformers import PreTrainedModel

from engine.api.events import RemovalSet
from engine.api.settings import SearchSettings
from engine.calibration.generation import write_block
from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import ScoreMemory
from engine.models.architecture import find_decoder
from engine.models.decoder_stack import DecoderStack
from engine.models.loading import load_model, load_tokenizer
from engine.models.progress import silent
from engine.models.sources import resolve_source
from engine.models.surgery import pruned_view
from engine.search.factory import make_searcher
from engine.search.space import SearchSpace
from engine.search.warm_start import warm_starts

T = TypeVar("T")

WINDOWS, LENGTH, LAYERS_TO_GO, SCORED_EVERY = 8, 128, 6, 4
ROUNDS = 3
TARGETS = {"first": 1.4, "middle": 1.8, "last": 2.5}
"""What the project promises at least."""


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path)
    out: Path | None = parser.parse_args().out
    folder = resolve_source("demo", "main", silent).path
    model = load_model(folder)
    tokens = write_block(
        model, load_tokenizer(folder), WINDOWS, LENGTH, torch.Generator().manual_seed(0), lambda _done: None
    )
    swarms = recorded_swarms(model, tokens)
    rows = [measured(name, swarm, model, tokens) for name, swarm in swarms.items()]
    print_table(rows)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(
            json.dumps({"windows": WINDOWS, "length": LENGTH, "k": LAYERS_TO_GO, "rows": rows}, indent=2) + "\n"
        )


def recorded_swarms(model: PreTrainedModel, tokens: Tensor) -> dict[str, list[RemovalSet]]:
    """Populations of a warm-started PSO's first, middle and last iteration."""
    evaluator = fresh_evaluator(model, tokens)
    layers = len(find_decoder(model).layers)
    space = SearchSpace(tuple(range(2, layers - 1)), LAYERS_TO_GO)
    singles = {layer: evaluator.scores([(layer,)])[0].kl for layer in space.prunable}
    settings = SearchSettings(algorithm="pso", seed=0)
    starts = warm_starts(space, singles, singles, settings.population, np.random.default_rng(0))
    searcher = make_searcher(settings, space, starts)
    asked = []
    while not searcher.finished:
        asked.append(searcher.ask())
        searcher.tell([score.kl for score in evaluator.scores(asked[-1])])
    return {"first": asked[0], "middle": asked[len(asked) // 2], "last": asked[-1]}


def measured(name: str, swarm: Sequence[RemovalSet], model: PreTrainedModel, tokens: Tensor) -> dict[str, object]:
    """Both ways in turns: the ratio of their times, and how far their scores are apart at all positions."""
    reference = naive_reference(model, tokens)
    ours, naive = [], []
    for _ in range(ROUNDS):
        evaluator = fresh_evaluator(model, tokens)
        ours.append(timed(lambda evaluator=evaluator: evaluator.scores(swarm))[0])
        seconds, expected = timed(lambda: [naive_kl(model, removed, tokens, reference) for removed in swarm])
        naive.append(seconds)
    ratios = [slow / fast for slow, fast in zip(naive, ours, strict=True)]
    scores = fresh_evaluator(model, tokens, scored_every=1).scores(swarm)
    return {
        "iteration": name,
        "candidates": len(swarm),
        "ours_seconds": round(statistics.median(ours), 2),
        "naive_seconds": round(statistics.median(naive), 2),
        "ratio": round(statistics.median(ratios), 2),
        "ratio_least": round(min(ratios), 2),
        "target": TARGETS[name],
        "largest_relative_difference": max(abs(score.kl - kl) / kl for score, kl in zip(scores, expected, strict=True)),
    }


def fresh_evaluator(model: PreTrainedModel, tokens: Tensor, scored_every: int = SCORED_EVERY) -> Evaluator:
    """Our evaluator with its dense states ready and nothing remembered."""
    return Evaluator(DecoderStack(model), tokens, scored_every, ScoreMemory("m", "c", lambda _event: None))


@torch.no_grad()
def naive_reference(model: PreTrainedModel, tokens: Tensor) -> Tensor:
    """The dense model's log-probabilities, whole."""
    return torch.log_softmax(model(input_ids=tokens, use_cache=False).logits[:, :-1].float(), -1)


@torch.no_grad()
def naive_kl(model: PreTrainedModel, removed: RemovalSet, tokens: Tensor, reference: Tensor) -> float:
    """Full forward of the model without the layers, full logits, KL over the whole vocabulary."""
    pruned = pruned_view(model, removed)
    logits = torch.log_softmax(pruned(input_ids=tokens, use_cache=False).logits[:, :-1].float(), -1)
    return float((reference.exp() * (reference - logits)).sum(-1).mean())


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds, and what came out."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def print_table(rows: Sequence[dict[str, object]]) -> None:
    """One line for each iteration."""
    table = Table(
        "iteration", "candidates", "ours, s", "naive, s", "ratio", "least", "target", "scores apart", box=None
    )
    for row in rows:
        table.add_row(*(f"{value:.2g}" if key.startswith("largest") else str(value) for key, value in row.items()))
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
