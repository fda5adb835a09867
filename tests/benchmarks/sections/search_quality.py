"""Quality and cost of each searcher: KL and perplexity on texts that it was not calibrated on.

The calibration windows are a mixture of the model's own text, an encyclopaedia, web pages and instructions. Every
search starts from the same analysis (each layer removed alone), whose cost is counted separately. Greedy runs to its
end; the swarms, the evolution and random search may spend half of the tokens that greedy took, all with the same
racing.
"""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec

from engine.analysis.similarity import block_angle, layer_similarities
from engine.api.algorithms import OWN_ALGORITHMS
from engine.api.events import CandidatesScored, Emit, Event, RemovalSet
from engine.api.settings import Algorithm, RacingSettings, SearchSettings
from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import ScoreMemory
from engine.fitness.objective import perplexity
from engine.fitness.race import first_level_fitness
from engine.pipeline.hunt import Hunt
from engine.results.agreement import agreement
from engine.search.factory import make_searcher
from engine.search.limits import SearchLimits
from engine.search.space import SearchSpace
from engine.search.starting_sets import LayerFindings, starting_sets
from tests.benchmarks.searching import single_costs
from tests.benchmarks.section import Bench, Content, Row, Section, Tables
from tests.benchmarks.subject import Subject
from tests.benchmarks.texts import HELDOUT

NO_RACING = RacingSettings(levels=1)
RACING = RacingSettings()
UNSEEDED: tuple[Algorithm, ...] = tuple(each.key for each in OWN_ALGORITHMS if not each.needs_seed)
SEEDED: tuple[Algorithm, ...] = ("pso", "woa", "textbook_pso", "textbook_woa", "evolution", "random")
EXPECTATIONS = (("greedy", 1.0), ("block_influence", 0.7), ("evolution", 1.0))
"""Searchers, and the largest share of their KL that is expected of the better swarm."""
_TOKENS = "tokens to greedy's"
MOST_TOKENS = 0.5
"""Largest share of greedy's tokens that a swarm is expected to spend."""


@dataclass(frozen=True)
class Size:
    """Amount of work."""

    ks: tuple[int, ...] = (3, 6, 9, 12)
    seeds: int = 3
    windows: int = 8
    population: int = 12
    iterations: int = 400


QUICK = Size(ks=(2,), seeds=1, windows=4, population=3, iterations=3)


class Found(msgspec.Struct):
    """The result of one search."""

    k: int
    algorithm: Algorithm
    seed: int
    removed: RemovalSet
    kl: float
    tokens: int
    heldout: dict[str, tuple[float, float]] = {}
    """KL and perplexity by text."""


def measure(bench: Bench) -> Iterator[Content]:
    """Yield all results each time that the searches of one k are done."""
    size = QUICK if bench.quick else Size()
    searches = _Searches(bench.subject, size)
    found: list[Found] = []
    for k in size.ks:
        found += searches.of(k)
        rows = summary(found)
        yield {
            "windows": size.windows,
            "length": bench.subject.length,
            "analysis_tokens": searches.analysis_tokens,
            "rows": rows,
            "expectations": expectations(rows),
            "searches": msgspec.to_builtins(found),
        }


class _Searches:
    """The analysis that every search starts from, and the searches."""

    def __init__(self, subject: Subject, size: Size) -> None:
        self._subject = subject
        self._size = size
        self._tokens = subject.calibration_windows("mix", size.windows)
        self._journal: list[CandidatesScored] = []
        self._analysed = self._evaluator(self._keep)
        self._single_kl = single_costs(self._analysed, subject.prunable)
        self.analysis_tokens = self._tokens_of(self._analysed.layer_applications)
        similarities = layer_similarities(self._analysed.batches, len(subject.stack))
        self._influence = {layer: similarities[layer].block_influence for layer in subject.prunable}
        self._judges = subject.judges()

    def of(self, k: int) -> Iterator[Found]:
        """Run every searcher at one k; greedy first, since its cost sets the budget of the others."""
        unseeded = {algorithm: self._found(k, algorithm, 0, NO_RACING) for algorithm in UNSEEDED}
        yield from unseeded.values()
        for algorithm in SEEDED:
            for seed in range(self._size.seeds):
                yield self._found(k, algorithm, seed, RACING, unseeded["greedy"].tokens / 2)

    def _found(
        self, k: int, algorithm: Algorithm, seed: int, racing: RacingSettings, most_tokens: float | None = None
    ) -> Found:
        """Search once, with a memory of the analysis alone."""
        space = SearchSpace(self._subject.prunable, k)
        evaluator = self._evaluator(lambda _event: None, racing)
        start = evaluator.layer_applications
        population, iterations = self._size.population, self._size.iterations
        settings = SearchSettings(
            algorithm=algorithm, seed=seed, population=population, iterations=iterations, max_tokens=most_tokens
        )
        findings = LayerFindings(
            self._single_kl,
            self._influence,
            lambda first, last: block_angle(self._analysed.batches, first, last),
            partial(first_level_fitness, evaluator),
        )
        searcher = make_searcher(settings, space, starting_sets(settings, space, findings), self._single_kl)
        hunt = Hunt(self._subject.folder.config(), space, searcher, evaluator, racing)
        limits = SearchLimits(settings, evaluator.tokens_per_application)
        for _population in hunt.run(limits, lambda: (evaluator.layer_applications - start, 0.0)):
            pass
        removed, kl = hunt.result()
        tokens = self._tokens_of(evaluator.layer_applications - start)
        return Found(k, algorithm, seed, removed, kl, tokens, self._measured(removed))

    def _measured(self, removed: RemovalSet) -> dict[str, tuple[float, float]]:
        scores = {name: judge.scores([removed])[0] for name, judge in self._judges.items()}
        return {name: (score.kl, perplexity(score.nll)) for name, score in scores.items()}

    def _evaluator(self, emit: Emit, racing: RacingSettings = NO_RACING) -> Evaluator:
        memory = ScoreMemory("model", "calibration", emit)
        memory.learn(self._journal)
        levels = self._subject.levels(self._size.windows, racing)
        return self._subject.evaluator(self._tokens, levels=levels, memory=memory)

    def _keep(self, event: Event) -> None:
        if isinstance(event, CandidatesScored):
            self._journal.append(event)

    def _tokens_of(self, layer_applications: int) -> int:
        """Return the tokens of as many whole forward passes."""
        return round(layer_applications * self._tokens.numel() / len(self._subject.stack))


def summary(found: Sequence[Found]) -> list[dict[str, Any]]:
    """Return a row for each k and searcher: medians over the seeds, and ratios to greedy's KL and tokens."""
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
        _TOKENS: round(statistics.median(each.tokens for each in group) / greedy.tokens, 2),
        "agreement": round(agreement([each.removed for each in group]), 2),
    }
    for text in HELDOUT:
        row[f"KL {text}"] = round(statistics.median(each.heldout[text][0] for each in group), 3)
        row[f"ppl {text}"] = round(statistics.median(each.heldout[text][1] for each in group), 2)
    return row


def expectations(rows: Sequence[Row]) -> list[Row]:
    """Return each expectation at each k: the better of PSO and WOA by its median, against the others."""
    found = []
    for k in sorted({row["k"] for row in rows}):
        of_k = {row["searcher"]: row for row in rows if row["k"] == k}
        swarm = min(("pso", "woa"), key=lambda name: of_k[name]["KL"])
        for other, factor in EXPECTATIONS:
            ratio = round(of_k[swarm]["KL"] / of_k[other]["KL"], 3)
            found.append({"k": k, "swarm": swarm, "KL against": other, "ratio": ratio, "at most": factor})
        tokens = of_k[swarm][_TOKENS]
        found.append({"k": k, "swarm": swarm, "KL against": "(tokens)", "ratio": tokens, "at most": MOST_TOKENS})
    return [{**each, "holds": each["ratio"] <= each["at most"]} for each in found]


def tables(content: Content) -> Tables:
    """Return what each searcher found, and the expectations."""
    found = [
        {
            "k": row["k"],
            "searcher": row["searcher"],
            "KL": f"{row['KL']:.4f}",
            "to greedy": f"{row['to greedy']:.3f}",
            _TOKENS: f"{row[_TOKENS]:.2f}",
            **{text: f"{row[f'KL {text}']:.3f}" for text in HELDOUT},
        }
        for row in content["rows"]
    ]
    expected: dict[str, dict[str, Any]] = {}
    for each in content["expectations"]:
        row = expected.setdefault(each["KL against"], {"KL against": each["KL against"], "at most": each["at most"]})
        row[f"k = {each['k']}"] = f"{each['ratio']:.3f}, {'holds' if each['holds'] else '**does not hold**'}"
    return [found, list(expected.values())]


SECTION = Section(measure, tables, needs_texts=True)
