"""Our PSO and WOA against mealpy's, at an equal number of candidate evaluations on the same fitness.

mealpy (Van Thieu and Mirjalili 2023) is what the research that we start from was written with. It runs in an
environment of its own, since it needs numpy below 2; this script builds that. Its swarms search the same scores in
[-1, 1], one for each prunable layer, and every candidate decodes to exactly k layers, which is kinder to it than the
indices of the research. Ours begin with the analysis and a grown set, and each candidate of these counts as an
evaluation. No racing: every candidate is scored on all windows.

    python -m tests.benchmarks.peers [--k 6,9] [--seeds 3] [--evaluations 240] [--out docs/benchmarks/peers.json]
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from rich.console import Console

from engine.api.events import RemovalSet
from engine.api.locations import cache_folder
from engine.api.settings import SearchSettings
from engine.fitness.evaluator import Evaluator
from engine.fitness.memory import Score
from engine.fitness.race import first_level_fitness
from engine.search.encoding import decode
from engine.search.factory import make_searcher
from engine.search.space import SearchSpace
from engine.search.starting_sets import grown_set
from engine.search.warm_start import warm_starts
from tests.benchmarks.demo_setup import demo_windows, fresh_evaluator, print_rows, write_json

Swarm = Literal["pso", "woa"]
SWARMS: tuple[Swarm, ...] = ("pso", "woa")
WINDOWS, POPULATION = 8, 20
PRUNABLE = tuple(range(2, 29))
REQUIREMENTS = ("mealpy==3.0.3", "numpy<2")
DRIVER = Path(__file__).with_name("mealpy_driver.py")


class CountingScorer:
    """Our evaluator; counts every candidate, remembered or not, as mealpy's callback does."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.levels = evaluator.levels
        self.count = 0
        self.best: tuple[float, RemovalSet] = (float("inf"), ())
        self._evaluator = evaluator

    def scores(self, population: Sequence[RemovalSet], level: int | None = None) -> list[Score]:
        """All windows, whatever the level."""
        self.count += len(population)
        return self._evaluator.scores(population, level)

    def search(self, population: Sequence[RemovalSet]) -> list[float]:
        """KL of candidates of the asked size, the best of which is kept."""
        values = [score.kl for score in self.scores(population)]
        self.best = min([self.best, *zip(values, population, strict=True)])
        return values


def ours(algorithm: Swarm, k: int, seed: int, evaluations: int, evaluator: Evaluator) -> tuple[float, RemovalSet]:
    """The best that our searcher finds; the analysis and the grown set are paid from the same purse."""
    space, scorer = SearchSpace(PRUNABLE, k), CountingScorer(evaluator)
    singles = scorer.scores([(layer,) for layer in PRUNABLE])
    single_kl = {layer: score.kl for layer, score in zip(PRUNABLE, singles, strict=True)}
    grown = grown_set(space, partial(first_level_fitness, scorer))
    suggested = warm_starts(space, single_kl, single_kl, POPULATION, np.random.default_rng([seed, 1]))
    iterations = (evaluations - scorer.count) // POPULATION
    settings = SearchSettings(algorithm=algorithm, seed=seed, population=POPULATION, iterations=iterations)
    searcher = make_searcher(settings, space, [grown, *suggested], single_kl)
    while not searcher.finished:
        searcher.tell(scorer.search(searcher.ask()))
    assert scorer.count <= evaluations
    return scorer.best


def theirs(
    python: Path, algorithm: Swarm, k: int, seed: int, evaluations: int, evaluator: Evaluator
) -> tuple[float, RemovalSet]:
    """The best that mealpy's searcher finds."""
    space, scorer = SearchSpace(PRUNABLE, k), CountingScorer(evaluator)
    command = [python, DRIVER, algorithm, space.n, POPULATION, evaluations, seed]
    with subprocess.Popen(
        list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as driver:
        assert driver.stdin is not None
        assert driver.stdout is not None
        for line in driver.stdout:
            (value,) = scorer.search([decode(np.array(json.loads(line)), space)])
            driver.stdin.write(f"{value!r}\n")
            driver.stdin.flush()
    if driver.returncode:
        raise RuntimeError(f"mealpy ended with {driver.returncode}")
    assert scorer.count <= evaluations
    return scorer.best


def mealpy_python() -> Path:
    """The interpreter of mealpy's own environment, built when it is not there."""
    folder = cache_folder() / "benchmarks" / "mealpy"
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not (folder / "ready").is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *REQUIREMENTS], check=True)
        (folder / "ready").touch()
    return python


def compared(ks: Sequence[int], seeds: int, evaluations: int, console: Console) -> list[dict[str, Any]]:
    """A row for each k and algorithm: the median KL of both, and all of them."""
    python, evaluator = mealpy_python(), fresh_evaluator(demo_windows(WINDOWS))
    rows = []
    for k in ks:
        for algorithm in SWARMS:
            own = [ours(algorithm, k, seed, evaluations, evaluator)[0] for seed in range(seeds)]
            peer = [theirs(python, algorithm, k, seed, evaluations, evaluator)[0] for seed in range(seeds)]
            median, peer_median = statistics.median(own), statistics.median(peer)
            rows.append(
                {
                    "k": k,
                    "algorithm": algorithm,
                    "ours": round(median, 4),
                    "mealpy": round(peer_median, 4),
                    "ratio": round(median / peer_median, 3),
                    "ours is better": median < peer_median,
                    "ours by seed": [round(value, 4) for value in own],
                    "mealpy by seed": [round(value, 4) for value in peer],
                }
            )
            console.print(rows[-1])
    return rows


def main() -> None:
    """Search, print and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--k", default="6,9")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--evaluations", type=int, default=240)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    console = Console(width=160)
    rows = compared([int(k) for k in given.k.split(",")], given.seeds, given.evaluations, console)
    print_rows(rows, console)
    write_json(given.out, {"windows": WINDOWS, "evaluations": given.evaluations, "peer": REQUIREMENTS[0], "rows": rows})


if __name__ == "__main__":
    main()
