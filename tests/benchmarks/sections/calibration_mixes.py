"""Transfer of a removal set: found on one kind of text, measured on others.

PSO at k = 6, calibrated on the model's own text, an encyclopaedia, web pages, instructions, or all four in turn,
always on the same number of windows. Nothing is calibrated on wikitext2 and c4; of the web pages and the instructions,
other documents are measured.
"""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import msgspec

from engine.api.events import RemovalSet
from engine.api.settings import SearchSettings
from engine.fitness.race import first_level_fitness
from engine.pipeline.hunt import Hunt
from engine.results.agreement import agreement
from engine.search.factory import make_searcher
from engine.search.space import SearchSpace
from engine.search.starting_sets import LayerFindings, starting_sets
from tests.benchmarks.searching import run_to_the_end, single_costs
from tests.benchmarks.section import Bench, Content, Section, Tables
from tests.benchmarks.subject import Subject
from tests.benchmarks.texts import HELDOUT, MIXES

_PSO = SearchSettings(algorithm="pso")


@dataclass(frozen=True)
class Size:
    """Amount of work."""

    windows: int = 16
    k: int = 6
    seeds: int = 2
    settings: SearchSettings = _PSO


QUICK = Size(windows=4, k=2, seeds=2, settings=SearchSettings(algorithm="pso", population=3, iterations=2))


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each mixture: the KL that the search saw, and the median KL over seeds on each text."""
    size = QUICK if bench.quick else Size()
    content: Content = {"windows": size.windows, "k": size.k, "seeds": size.seeds, "rows": []}
    judges = bench.subject.judges()
    for mix in MIXES:
        answers = [found(bench.subject, mix, seed, size) for seed in range(size.seeds)]
        kls = {name: [judge.scores([removed])[0].kl for removed, _ in answers] for name, judge in judges.items()}
        content["rows"].append(
            {
                "calibrated on": mix,
                "KL there": round(statistics.median(kl for _, kl in answers), 4),
                **{name: round(statistics.median(values), 3) for name, values in kls.items()},
                "mean": round(statistics.mean(statistics.median(values) for values in kls.values()), 3),
                "agreement": round(agreement([removed for removed, _ in answers]), 2),
                "removed": ", ".join(map(str, answers[0][0])),
            }
        )
        yield content


def found(subject: Subject, mix: str, seed: int, size: Size) -> tuple[RemovalSet, float]:
    """Return the best set that PSO finds on windows of a mixture, with everything on, and its KL.

    Args:
        subject: The model and its texts.
        mix: Name of the mixture.
        seed: Seed of the search.
        size: Number of windows, k and settings of the search.
    """
    settings, space = msgspec.structs.replace(size.settings, seed=seed), SearchSpace(subject.prunable, size.k)
    levels = subject.levels(size.windows, settings.racing)
    evaluator = subject.evaluator(subject.calibration_windows(mix, size.windows), levels=levels)
    single_kl = single_costs(evaluator, space.prunable)
    findings = LayerFindings(single_kl, single_kl, lambda _first, _last: 0.0, partial(first_level_fitness, evaluator))
    searcher = make_searcher(settings, space, starting_sets(settings, space, findings), single_kl)
    return run_to_the_end(Hunt(subject.folder.config(), space, searcher, evaluator, settings.racing))


def tables(content: Content) -> Tables:
    """Return the KL of each mixture on each text."""
    columns = ("calibrated on", "KL there", *HELDOUT, "mean", "agreement", "removed")
    return [[{column: row[column] for column in columns} for row in content["rows"]]]


SECTION = Section(measure, tables, needs_texts=True)
