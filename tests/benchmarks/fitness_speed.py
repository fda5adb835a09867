"""How much faster a swarm is scored than by the naive way: drop the layers, full forward, full logits, KL.

A PSO of twenty particles is run at k = 6 on the demo model; its first, middle and last iteration are then scored both
ways, each by an evaluator without a memory of them, in turns. Then a whole search with everything on (racing, sharing,
memory) runs against the same searcher on naive scores; what both have found is compared by the naive score. Times of
one machine mean little, their ratio does.

    python -m tests.benchmarks.fitness_speed [--out docs/benchmarks/fitness_speed.json]
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from rich.console import Console
from torch import Tensor

from engine.api.events import RemovalSet
from engine.api.settings import RacingSettings, SearchSettings
from engine.evaluation.speed import PeakMemory
from engine.fitness.levels import nested_levels
from engine.fitness.memory import Score
from engine.fitness.race import Scorer, first_level_fitness
from engine.models.surgery import pruned_view
from engine.pipeline.hunt import Hunt
from engine.search.factory import make_searcher
from engine.search.searcher import Searcher
from engine.search.space import SearchSpace
from engine.search.starting_sets import grown_set
from engine.search.warm_start import warm_starts
from tests.benchmarks.demo_setup import (
    PARAMETERS,
    demo_folder,
    demo_model,
    demo_windows,
    fresh_evaluator,
    print_rows,
    write_json,
)

T = TypeVar("T")

WINDOWS, ROUNDS = 8, 2
SPACE = SearchSpace(tuple(range(2, 29)), 6)
PROFILE = {"first": 1.4, "middle": 1.8, "last": 2.5}
"""Iterations of a swarm, and the ratio that the project promises at least for each."""
WHOLE_SEARCH = 8.0
"""The same for a whole search."""


class Bench:
    """The model, its windows, and what the analysis gives a searcher."""

    def __init__(self) -> None:
        self.tokens = demo_windows(WINDOWS)
        self.reference = naive_reference(self.tokens)
        scores = fresh_evaluator(self.tokens).scores([(layer,) for layer in SPACE.prunable])
        self._singles = {layer: score.kl for layer, score in zip(SPACE.prunable, scores, strict=True)}

    def searcher(self, scorer: Scorer) -> Searcher:
        """PSO as the product runs it, but for the seed always the same."""
        settings = SearchSettings(algorithm="pso", seed=0)
        suggested = warm_starts(SPACE, self._singles, self._singles, settings.population, np.random.default_rng(0))
        return make_searcher(
            settings, SPACE, [grown_set(SPACE, partial(first_level_fitness, scorer)), *suggested], self._singles
        )

    def swarms(self) -> dict[str, list[RemovalSet]]:
        """Populations of the first, middle and last iteration."""
        evaluator = fresh_evaluator(self.tokens)
        searcher = self.searcher(evaluator)
        asked = []
        while not searcher.finished:
            asked.append(searcher.ask())
            searcher.tell([score.kl for score in evaluator.scores(asked[-1])])
        return dict(zip(PROFILE, (asked[0], asked[len(asked) // 2], asked[-1]), strict=True))

    def iteration(self, name: str, swarm: Sequence[RemovalSet]) -> dict[str, Any]:
        """Both ways in turns: the ratio of their times, and how far their scores are apart at all positions."""
        ours, naive = [], []
        device = torch.device("cpu")
        for _ in range(ROUNDS):
            with PeakMemory(device) as own_peak:
                evaluator = fresh_evaluator(self.tokens)
                ours.append(timed(evaluator.scores, swarm)[0])
            with PeakMemory(device) as naive_peak:
                seconds, expected = timed(self._naive_scores, swarm)
            naive.append(seconds)
        ratios = [slow / fast for slow, fast in zip(naive, ours, strict=True)]
        scores = fresh_evaluator(self.tokens, scored_every=1).scores(swarm)
        return {
            "what": f"{name} iteration",
            "candidates": len(swarm),
            "ours, s": round(statistics.median(ours), 2),
            "naive, s": round(statistics.median(naive), 2),
            "ratio": round(statistics.median(ratios), 2),
            "promised": PROFILE[name],
            "ours, peak MB": round(own_peak.bytes / 1e6),
            "naive, peak MB": round(naive_peak.bytes / 1e6),
            "scores apart": max(abs(score.kl - kl) / kl for score, kl in zip(scores, expected, strict=True)),
        }

    def whole_search(self) -> dict[str, Any]:
        """Everything on, against the same searcher on naive scores, both to their last iteration."""
        seconds, ours = timed(self._our_search)
        naive_seconds, (naive, scored) = timed(self._naive_search)
        kl, naive_found = self._naive_scores([ours, naive])
        return {
            "what": "whole search",
            "candidates": scored,
            "ours, s": round(seconds, 2),
            "naive, s": round(naive_seconds, 2),
            "ratio": round(naive_seconds / seconds, 2),
            "promised": WHOLE_SEARCH,
            "KL": round(kl, 4),
            "naive KL": round(naive_found, 4),
            "as good within 2 %": kl <= 1.02 * naive_found,
        }

    def _our_search(self) -> RemovalSet:
        racing = RacingSettings()
        evaluator = fresh_evaluator(self.tokens, levels=nested_levels(WINDOWS, PARAMETERS, racing))
        return self._found(evaluator, racing)

    def _naive_search(self) -> tuple[RemovalSet, int]:
        """What is found, and how many candidates were scored, those of the grown start among them."""
        naive = NaiveScorer(self.tokens, self.reference)
        return self._found(naive, RacingSettings(levels=1)), naive.scored

    def _found(self, scorer: Scorer, racing: RacingSettings) -> RemovalSet:
        hunt = Hunt(demo_folder().config(), SPACE, self.searcher(scorer), scorer, racing)
        while not hunt.finished:
            hunt.iterate()
        return hunt.result()[0]

    def _naive_scores(self, population: Sequence[RemovalSet]) -> list[float]:
        return [naive_kl(removed, self.tokens, self.reference) for removed in population]


class NaiveScorer:
    """Scores one candidate after the other, each by a full forward."""

    def __init__(self, tokens: Tensor, reference: Tensor) -> None:
        self.levels: tuple[int, ...] = (len(tokens),)
        self.scored = 0
        self._tokens = tokens
        self._reference = reference

    def scores(self, population: Sequence[RemovalSet], level: int | None = None) -> list[Score]:
        """KL of each; all windows are the only level."""
        assert level in (None, *self.levels)
        self.scored += len(population)
        return [Score(naive_kl(removed, self._tokens, self._reference), 0.0) for removed in population]


@torch.no_grad()
def naive_reference(tokens: Tensor) -> Tensor:
    """The dense model's log-probabilities, whole."""
    return torch.log_softmax(demo_model()(input_ids=tokens, use_cache=False).logits[:, :-1].float(), -1)


@torch.no_grad()
def naive_kl(removed: RemovalSet, tokens: Tensor, reference: Tensor) -> float:
    """Full forward of the model without the layers, full logits, KL over the whole vocabulary."""
    pruned = pruned_view(demo_model(), removed)
    logits = torch.log_softmax(pruned(input_ids=tokens, use_cache=False).logits[:, :-1].float(), -1)
    return float((reference.exp() * (reference - logits)).sum(-1).mean())


def timed(work: Callable[..., T], *given: Any) -> tuple[float, T]:
    """Seconds, and what came out."""
    start = time.perf_counter()
    result = work(*given)
    return time.perf_counter() - start, result


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path)
    out: Path | None = parser.parse_args().out
    bench = Bench()
    rows = [bench.iteration(name, swarm) for name, swarm in bench.swarms().items()]
    rows.append(bench.whole_search())
    for row in rows:
        print_rows([row], Console(width=200))
    write_json(out, {"windows": WINDOWS, "k": SPACE.k, "rows": rows})


if __name__ == "__main__":
    main()
