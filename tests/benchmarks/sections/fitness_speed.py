"""Speed of scoring a swarm against the naive way: remove the layers, full forward, full logits, KL.

A PSO runs at k = 6; its first, middle and last population are then scored both ways in turns, each time by an
evaluator that remembers none of them. Then a whole search with everything on (racing, prefix sharing, memory) runs
against the same searcher on naive scores, and the sets that both find are compared by the naive score. Timings of one
machine mean little; their ratio is what counts.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor

from engine.api.events import RemovalSet
from engine.api.settings import RacingSettings, SearchSettings
from engine.evaluation.speed import PeakMemory
from engine.fitness.memory import Score
from engine.fitness.race import Scorer, first_level_fitness
from engine.models.surgery import pruned_view
from engine.pipeline.hunt import Hunt
from engine.search.factory import make_searcher
from engine.search.searcher import Searcher
from engine.search.space import SearchSpace
from engine.search.starting_sets import grown_set
from engine.search.warm_start import warm_starts
from tests.benchmarks.searching import run_to_the_end, single_costs
from tests.benchmarks.section import Bench, Content, Row, Section, Tables
from tests.benchmarks.subject import Subject

T = TypeVar("T")

PROFILE = {"first": 1.4, "middle": 1.8, "last": 2.5}
"""Iterations of a swarm, and the smallest ratio that the project promises for each."""
WHOLE_SEARCH = 8.0
"""The ratio promised for a whole search."""


_PSO = SearchSettings(algorithm="pso", seed=0)


@dataclass(frozen=True)
class Size:
    """Amount of work."""

    windows: int = 8
    k: int = 6
    rounds: int = 2
    settings: SearchSettings = _PSO


QUICK = Size(windows=4, k=2, rounds=1, settings=SearchSettings(algorithm="pso", population=3, iterations=3))


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each iteration and one for the whole search."""
    size = QUICK if bench.quick else Size()
    timing = _Timing(bench.subject, size)
    content: Content = {"windows": size.windows, "k": size.k, "rows": []}
    for name, swarm in timing.swarms().items():
        content["rows"].append(timing.iteration(name, swarm))
        yield content
    content["rows"].append(timing.whole_search())
    yield content


class _Timing:
    def __init__(self, subject: Subject, size: Size) -> None:
        self._subject = subject
        self._size = size
        self._space = SearchSpace(subject.prunable, size.k)
        self._tokens = subject.own_windows(size.windows)
        self._naive = NaiveScorer(subject, self._tokens)
        self._single_kl = single_costs(subject.evaluator(self._tokens), subject.prunable)

    def swarms(self) -> dict[str, list[RemovalSet]]:
        """Return the populations of the first, middle and last iteration."""
        evaluator = self._subject.evaluator(self._tokens)
        searcher = self._searcher(evaluator)
        asked = []
        while not searcher.finished:
            asked.append(searcher.ask())
            searcher.tell([score.kl for score in evaluator.scores(asked[-1])])
        return dict(zip(PROFILE, (asked[0], asked[len(asked) // 2], asked[-1]), strict=True))

    def iteration(self, name: str, swarm: Sequence[RemovalSet]) -> Row:
        """Score a population both ways in turns; return the ratio of times and the largest difference of scores."""
        ours, naive = [], []
        device = torch.device("cpu")
        for _ in range(self._size.rounds):
            with PeakMemory(device) as own_peak:
                evaluator = self._subject.evaluator(self._tokens)
                ours.append(timed(evaluator.scores, swarm)[0])
            with PeakMemory(device) as naive_peak:
                seconds, expected = timed(self._naive.scores, swarm)
            naive.append(seconds)
        ratios = [slow / fast for slow, fast in zip(naive, ours, strict=True)]
        scores = self._subject.evaluator(self._tokens, scored_every=1).scores(swarm)
        return {
            "what": f"{name} iteration",
            "candidates": len(swarm),
            "ours, s": round(statistics.median(ours), 2),
            "naive, s": round(statistics.median(naive), 2),
            "ratio": round(statistics.median(ratios), 2),
            "promised": PROFILE[name],
            "ours, peak MB": round(own_peak.bytes / 1e6),
            "naive, peak MB": round(naive_peak.bytes / 1e6),
            "scores apart": max(abs(a.kl - b.kl) / b.kl for a, b in zip(scores, expected, strict=True)),
        }

    def whole_search(self) -> Row:
        """Run a search with everything on, and the same searcher on naive scores, both to their last iteration."""
        racing = self._size.settings.racing
        levels = self._subject.levels(self._size.windows, racing)
        seconds, ours = timed(lambda: self._found(self._subject.evaluator(self._tokens, levels=levels), racing))
        before = self._naive.scored
        naive_seconds, naive = timed(lambda: self._found(self._naive, RacingSettings(levels=1)))
        scored = self._naive.scored - before
        kl, naive_kl = (score.kl for score in self._naive.scores([ours, naive]))
        return {
            "what": "whole search",
            "candidates": scored,
            "ours, s": round(seconds, 2),
            "naive, s": round(naive_seconds, 2),
            "ratio": round(naive_seconds / seconds, 2),
            "promised": WHOLE_SEARCH,
            "KL": round(kl, 4),
            "naive KL": round(naive_kl, 4),
            "as good within 2 %": kl <= 1.02 * naive_kl,
        }

    def _searcher(self, scorer: Scorer) -> Searcher:
        """Return PSO with the product's settings, always with the same random draws."""
        settings, costs = self._size.settings, self._single_kl
        suggested = warm_starts(self._space, costs, costs, settings.population, np.random.default_rng(0))
        grown = grown_set(self._space, partial(first_level_fitness, scorer))
        return make_searcher(settings, self._space, [grown, *suggested], costs)

    def _found(self, scorer: Scorer, racing: RacingSettings) -> RemovalSet:
        config = self._subject.folder.config()
        return run_to_the_end(Hunt(config, self._space, self._searcher(scorer), scorer, racing))[0]


class NaiveScorer:
    """Scores one candidate after another, each by a full forward and KL over the whole vocabulary."""

    def __init__(self, subject: Subject, tokens: Tensor) -> None:
        self.levels: tuple[int, ...] = (len(tokens),)
        self.scored = 0
        self._model = subject.model
        self._tokens = tokens
        self._reference = self._log_probs(())

    def scores(self, population: Sequence[RemovalSet], level: int | None = None) -> list[Score]:
        """Return the KL of each removal set; all windows are the only level."""
        assert level in (None, *self.levels)
        self.scored += len(population)
        return [Score(self._kl(removed), 0.0) for removed in population]

    def _kl(self, removed: RemovalSet) -> float:
        difference = self._reference - self._log_probs(removed)
        return float((self._reference.exp() * difference).sum(-1).mean())

    @torch.no_grad()
    def _log_probs(self, removed: RemovalSet) -> Tensor:
        """Return log-probabilities of the next tokens [windows, length - 1, vocabulary]."""
        logits = pruned_view(self._model, removed)(input_ids=self._tokens, use_cache=False).logits
        return torch.log_softmax(logits[:, :-1].float(), -1)


def timed(work: Callable[..., T], *arguments: Any) -> tuple[float, T]:
    """Return the seconds that ``work`` takes, and its result."""
    start = time.perf_counter()
    result = work(*arguments)
    return time.perf_counter() - start, result


def tables(content: Content) -> Tables:
    """Return ratios and peak memory."""
    return [
        [
            {
                "what": row["what"],
                "naive / ours": f"{row['ratio']:.2f}",
                "promised": row["promised"],
                "holds": row["ratio"] >= row["promised"] and row.get("as good within 2 %", True),
                "KL": row.get("KL"),
                "naive KL": row.get("naive KL"),
                "peak memory, MB": row.get("ours, peak MB"),
                "naive, MB": row.get("naive, peak MB"),
            }
            for row in content["rows"]
        ]
    ]


SECTION = Section(measure, tables)
