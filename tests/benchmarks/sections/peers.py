"""PSO and WOA against mealpy's, with the same number of candidate evaluations on the same fitness.

mealpy (Van Thieu and Mirjalili 2023, https://doi.org/10.1016/j.sysarc.2023.102871) is the library that the research
behind LayerSwarm used. It needs numpy below 2, so it runs in an environment of its own, which this section builds once
in the cache. Its swarms search scores in [-1, 1], one for each prunable layer, and every candidate decodes to exactly k
layers, which is kinder to it than the indices of the research. Ours starts from the layer analysis and a grown set, and
each of their candidates counts as an evaluation. Racing is off: every candidate is scored on all windows.
"""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from engine.api.events import RemovalSet
from engine.api.locations import cache_folder
from engine.api.settings import SearchSettings
from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import Score
from engine.fitness.race import first_level_fitness
from engine.search.encoding import decode
from engine.search.factory import make_searcher
from engine.search.space import SearchSpace
from engine.search.starting_sets import LayerFindings, starting_sets
from tests.benchmarks.searching import single_costs
from tests.benchmarks.section import Bench, Content, Row, Section, Tables

Swarm = Literal["pso", "woa"]
SWARMS: tuple[Swarm, ...] = ("pso", "woa")
REQUIREMENTS = ("mealpy==3.0.3", "numpy<2")
_DRIVERS = Path(__file__).parents[1] / "peer_drivers"


@dataclass(frozen=True)
class Size:
    """Amount of work."""

    windows: int = 8
    ks: tuple[int, ...] = (6, 9)
    seeds: int = 3
    population: int = 20
    evaluations: int = 240


QUICK = Size(windows=2, ks=(2,), seeds=2, population=3, evaluations=24)


def measure(bench: Bench) -> Iterator[Content]:
    """Yield a row for each k and algorithm: the median KL of both libraries, and the KL of each seed."""
    size = QUICK if bench.quick else Size()
    driver = (
        [sys.executable, str(_DRIVERS / "random_driver.py")]
        if bench.quick
        else [str(mealpy_python()), str(_DRIVERS / "mealpy_driver.py")]
    )
    content: Content = {
        "windows": size.windows,
        "evaluations": size.evaluations,
        "peer": "random" if bench.quick else REQUIREMENTS[0],
        "rows": [],
    }
    evaluator = bench.subject.evaluator(bench.subject.own_windows(size.windows))
    for k in size.ks:
        space = SearchSpace(bench.subject.prunable, k)
        for algorithm in SWARMS:
            own = [ours(algorithm, space, seed, size, evaluator) for seed in range(size.seeds)]
            peer = [theirs(driver, algorithm, space, seed, size, evaluator) for seed in range(size.seeds)]
            content["rows"].append(_row(k, algorithm, own, peer))
            yield content


class CountingScorer:
    """Our evaluator; counts every candidate, remembered or not, as mealpy's callback does."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.levels = evaluator.levels
        self.count = 0
        self.best: tuple[float, RemovalSet] = (float("inf"), ())
        self._evaluator = evaluator

    def scores(self, population: Sequence[RemovalSet], level: int | None = None) -> list[Score]:
        """Return the score of each removal set; all windows are the only level."""
        self.count += len(population)
        return self._evaluator.scores(population, level)

    def search(self, population: Sequence[RemovalSet]) -> list[float]:
        """Return the KL of candidates of k layers, and keep the best one."""
        values = [score.kl for score in self.scores(population)]
        self.best = min([self.best, *zip(values, population, strict=True)])
        return values


def ours(algorithm: Swarm, space: SearchSpace, seed: int, size: Size, evaluator: Evaluator) -> float:
    """Return the lowest KL that our searcher finds; its analysis and grown set are paid from the same budget.

    Args:
        algorithm: The swarm to run.
        space: The removal sets.
        seed: Seed of the search.
        size: Population and number of evaluations.
        evaluator: Scores the candidates.
    """
    scorer = CountingScorer(evaluator)
    single_kl = single_costs(scorer, space.prunable)
    settings = SearchSettings(algorithm=algorithm, seed=seed, population=size.population)
    findings = LayerFindings(single_kl, single_kl, lambda _first, _last: 0.0, partial(first_level_fitness, scorer))
    starts = starting_sets(settings, space, findings)
    iterations = (size.evaluations - scorer.count) // size.population
    searcher = make_searcher(msgspec.structs.replace(settings, iterations=iterations), space, starts, single_kl)
    while not searcher.finished:
        searcher.tell(scorer.search(searcher.ask()))
    assert scorer.count <= size.evaluations
    return scorer.best[0]


def theirs(
    driver: Sequence[str], algorithm: Swarm, space: SearchSpace, seed: int, size: Size, evaluator: Evaluator
) -> float:
    """Return the lowest KL that the peer's searcher finds.

    Args:
        driver: Command of the process that searches.
        algorithm: The swarm to run.
        space: The removal sets.
        seed: Seed of the search.
        size: Population and number of evaluations.
        evaluator: Scores the candidates.
    """
    scorer = CountingScorer(evaluator)
    command = [*driver, algorithm, *map(str, (space.n, size.population, size.evaluations, seed))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in process.stdout:
            (value,) = scorer.search([decode(np.array(json.loads(line)), space)])
            process.stdin.write(f"{value!r}\n")
            process.stdin.flush()
    if process.returncode:
        raise RuntimeError(f"{driver[-1]} ended with exit code {process.returncode}")
    assert scorer.count <= size.evaluations
    return scorer.best[0]


def mealpy_python() -> Path:
    """Return the interpreter of mealpy's own environment, and build the environment when it is missing."""
    folder = cache_folder() / "benchmarks" / "mealpy"
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not (folder / "ready").is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *REQUIREMENTS], check=True)
        (folder / "ready").touch()
    return python


def _row(k: int, algorithm: Swarm, own: Sequence[float], peer: Sequence[float]) -> Row:
    median, peer_median = statistics.median(own), statistics.median(peer)
    return {
        "k": k,
        "algorithm": algorithm,
        "ours": round(median, 4),
        "mealpy": round(peer_median, 4),
        "ratio": round(median / peer_median, 3),
        "ours is better": median < peer_median,
        "ours by seed": [round(value, 4) for value in own],
        "mealpy by seed": [round(value, 4) for value in peer],
    }


def tables(content: Content) -> Tables:
    """Return the medians of both libraries."""
    columns = ("k", "algorithm", "ours", "mealpy", "ratio")
    return [[{column: row[column] for column in columns} for row in content["rows"]]]


SECTION = Section(measure, tables)
