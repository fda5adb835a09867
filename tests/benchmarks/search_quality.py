"""What each searcher finds, and for how many tokens: KL and perplexity on texts that it was not calibrated on.

On the demo model, k layers of thirty go; the calibration windows are a mix of its own text, encyclopaedia, web pages
and instructions. Everybody starts from the same analysis (every layer removed alone), which is
counted apart. Greedy then runs to its end; the swarms, the evolution and random search are given half of the tokens
that greedy took, all with the same racing. Needs the shared texts beside the checkout.

    python -m tests.benchmarks.search_quality [--k 3,6,9,12] [--seeds 3] [--out docs/benchmarks/search_quality.json]
"""

import argparse
import statistics
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from rich.console import Console

from engine.analysis.similarity import block_angle, layer_similarities
from engine.api.algorithms import OWN_ALGORITHMS
from engine.api.events import CandidatesScored, Event, RemovalSet
from engine.api.settings import Algorithm, RacingSettings, SearchSettings
from engine.fitness.calibration_set import CalibrationWindows
from engine.fitness.evaluator import Evaluator
from engine.fitness.levels import nested_levels
from engine.fitness.memory import ScoreMemory
from engine.fitness.objective import perplexity
from engine.fitness.race import first_level_fitness
from engine.models.decoder_stack import DecoderStack
from engine.pipeline.hunt import Hunt
from engine.results.agreement import agreement
from engine.search.factory import make_searcher
from engine.search.limits import SearchLimits
from engine.search.space import SearchSpace
from engine.search.starting_sets import grown_set
from engine.search.warm_start import blocks_in_a_row, lowest, warm_starts
from tests.benchmarks.demo_setup import (
    LENGTH,
    PARAMETERS,
    SCORED_EVERY,
    demo_folder,
    demo_model,
    print_rows,
    write_json,
)
from tests.benchmarks.texts import DATA, HELDOUT, calibration_windows, heldout_windows, texts_are_here

WINDOWS = 8
POPULATION, MOST_ITERATIONS = 12, 400
NO_RACING = RacingSettings(levels=1)
SEEDED: tuple[Algorithm, ...] = ("pso", "woa", "textbook_pso", "textbook_woa", "evolution", "random")
SEEDLESS: tuple[Algorithm, ...] = tuple(each.key for each in OWN_ALGORITHMS if not each.needs_seed)


class Found(msgspec.Struct):
    """What one search has come to."""

    k: int
    algorithm: Algorithm
    seed: int
    removed: RemovalSet
    kl: float
    tokens: int
    heldout: dict[str, tuple[float, float]] = {}
    """KL and perplexity by text."""


class Bench:
    """The analysis that everybody starts from, and the searches."""

    def __init__(self) -> None:
        self._stack = DecoderStack(demo_model())
        self._layers = len(self._stack)
        self._tokens = calibration_windows("mix", WINDOWS)
        self._journal: list[CandidatesScored] = []
        evaluator = self._evaluator(self._keep)
        prunable = tuple(range(2, self._layers - 1))
        singles = evaluator.scores([(layer,) for layer in prunable])
        self.analysis_tokens = self._tokens_of(evaluator.layer_applications)
        self._single_kl = {layer: score.kl for layer, score in zip(prunable, singles, strict=True)}
        similar = layer_similarities(evaluator.batches, self._layers)
        self._influence = {layer: similar[layer].block_influence for layer in prunable}
        self._angles = evaluator.batches
        self._prunable = prunable
        self._heldout = {name: _Heldout(self._stack, name) for name in HELDOUT}

    def found(
        self, k: int, algorithm: Algorithm, seed: int, racing: RacingSettings, most_tokens: float | None = None
    ) -> Found:
        """Search once, with a memory of the analysis alone."""
        space = SearchSpace(self._prunable, k)
        evaluator = self._evaluator(lambda _event: None, racing)
        start = evaluator.layer_applications
        settings = SearchSettings(
            algorithm=algorithm, seed=seed, population=POPULATION, iterations=MOST_ITERATIONS, max_tokens=most_tokens
        )
        starts = self._starts(space, algorithm, seed)
        if algorithm in ("pso", "woa"):
            starts = [grown_set(space, partial(first_level_fitness, evaluator)), *starts]
        searcher = make_searcher(settings, space, starts, self._single_kl)
        hunt = Hunt(demo_folder().config(), space, searcher, evaluator, racing)
        limits = SearchLimits(settings, self._tokens.numel() / self._layers)
        for _population in hunt.run(limits, lambda: (evaluator.layer_applications - start, 0.0)):
            pass
        removed, kl = hunt.result()
        tokens = self._tokens_of(evaluator.layer_applications - start)
        return Found(k, algorithm, seed, removed, kl, tokens, self._measured(removed))

    @cache  # noqa: B019 - one bench lives as long as the script
    def _measured(self, removed: RemovalSet) -> dict[str, tuple[float, float]]:
        return {name: heldout.measured(removed) for name, heldout in self._heldout.items()}

    def _starts(self, space: SearchSpace, algorithm: Algorithm, seed: int) -> Sequence[RemovalSet]:
        if algorithm == "block_influence":
            return [lowest(space, self._influence)]
        if algorithm == "angular":
            return [min(blocks_in_a_row(space), key=lambda block: block_angle(self._angles, block[0], block[-1]))]
        if algorithm in ("textbook_pso", "textbook_woa"):
            return []
        return warm_starts(space, self._single_kl, self._influence, POPULATION, np.random.default_rng([seed, 1]))

    def _evaluator(self, emit: Any, racing: RacingSettings = NO_RACING) -> Evaluator:
        memory = ScoreMemory("demo", "calibration", emit)
        memory.learn(self._journal)
        levels = nested_levels(WINDOWS, PARAMETERS, racing)
        return Evaluator(CalibrationWindows(self._stack, self._tokens, SCORED_EVERY), memory, levels)

    def _keep(self, event: Event) -> None:
        if isinstance(event, CandidatesScored):
            self._journal.append(event)

    def _tokens_of(self, layer_applications: int) -> int:
        """Tokens of as many whole forward passes."""
        return round(layer_applications * self._tokens.numel() / self._layers)


class _Heldout:
    """Windows of one text, every position scored."""

    def __init__(self, stack: DecoderStack, name: str) -> None:
        memory = ScoreMemory("demo", name, lambda _event: None)
        self._evaluator = Evaluator(CalibrationWindows(stack, heldout_windows(name), 1), memory)

    def measured(self, removed: RemovalSet) -> tuple[float, float]:
        """KL to the dense model and perplexity."""
        score = self._evaluator.scores([removed])[0]
        return score.kl, perplexity(score.nll)


def searches(bench: Bench, k: int, seeded: Sequence[Algorithm], seeds: int, racing: RacingSettings) -> Iterator[Found]:
    """Every searcher at one k; greedy first, since its price sets the others' budget."""
    found = {algorithm: bench.found(k, algorithm, 0, NO_RACING) for algorithm in SEEDLESS}
    yield from found.values()
    for algorithm in seeded:
        for seed in range(seeds):
            yield bench.found(k, algorithm, seed, racing, found["greedy"].tokens / 2)


def rows(found: Sequence[Found]) -> list[dict[str, Any]]:
    """A row for each k and searcher: medians over the seeds, and ratios to greedy's KL and tokens."""
    groups: dict[tuple[int, str], list[Found]] = {}
    for each in found:
        groups.setdefault((each.k, each.algorithm), []).append(each)
    return [_row(group, groups[k, "greedy"][0]) for (k, _), group in groups.items()]


def _row(group: Sequence[Found], greedy: Found) -> dict[str, Any]:
    kls = [each.kl for each in group]
    median = statistics.median(kls)
    row: dict[str, Any] = {
        "k": group[0].k,
        "searcher": group[0].algorithm,
        "KL": round(median, 4),
        "least": round(min(kls), 4),
        "most": round(max(kls), 4),
        "to greedy": round(median / greedy.kl, 3),
        "tokens to greedy's": round(statistics.median(each.tokens for each in group) / greedy.tokens, 2),
        "agreement": round(agreement([each.removed for each in group]), 2),
    }
    for text in HELDOUT:
        row[f"KL {text}"] = round(statistics.median(each.heldout[text][0] for each in group), 3)
        row[f"ppl {text}"] = round(statistics.median(each.heldout[text][1] for each in group), 2)
    return row


def verdicts(table: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each expectation at each k: the best of PSO and WOA in the median, against the others."""
    kl = {(row["k"], row["searcher"]): row["KL"] for row in table}
    found = []
    tokens = {(row["k"], row["searcher"]): row["tokens to greedy's"] for row in table}
    for k in sorted({row["k"] for row in table}):
        swarms = [name for name in ("pso", "woa") if (k, name) in kl]
        if not swarms:
            continue
        swarm = min(swarms, key=lambda name: kl[k, name])
        for other, factor in (("greedy", 1.0), ("block_influence", 0.7), ("evolution", 1.0)):
            if (k, other) not in kl:
                continue
            ratio = round(kl[k, swarm] / kl[k, other], 3)
            found.append({"k": k, "swarm": swarm, "KL against": other, "ratio": ratio, "at most": factor})
        found.append({"k": k, "swarm": swarm, "KL against": "(tokens)", "ratio": tokens[k, swarm], "at most": 0.5})
    return [{**each, "holds": each["ratio"] <= each["at most"]} for each in found]


def main() -> None:
    """Search, print and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--k", default="3,6,9,12")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--searchers", default=",".join(SEEDED))
    parser.add_argument("--first-share", type=float, default=None)
    parser.add_argument("--levels", type=int, default=RacingSettings().levels)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    console = Console(width=220)
    if not texts_are_here():
        console.print(f"Skipped: the texts to measure on are not in {DATA}.")
        return
    bench = Bench()
    racing = RacingSettings(levels=given.levels, first_share=given.first_share)
    found: list[Found] = []
    seeded = given.searchers.split(",")
    for k in map(int, given.k.split(",")):
        for each in searches(bench, k, seeded, given.seeds, racing):
            found.append(each)
            console.print(
                f"k={k} {each.algorithm} seed {each.seed}: KL {each.kl:.4f}, {each.tokens} tokens, {each.removed}"
            )
        table, expected = rows(found), verdicts(rows(found))
        content = {
            "windows": WINDOWS,
            "length": LENGTH,
            "analysis_tokens": bench.analysis_tokens,
            "rows": table,
            "expectations": expected,
            "searches": msgspec.to_builtins(found),
        }
        write_json(given.out, content)
    print_rows(table, console)
    print_rows(expected, console)


if __name__ == "__main__":
    main()
