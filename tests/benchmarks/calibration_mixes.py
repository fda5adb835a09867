"""How far a removal set carries: found on one kind of text, measured on others.

PSO at k = 6 on the demo model, calibrated on the model's own text, an encyclopaedia, web pages, instructions, or all
four in turn, always on equally many windows. wikitext2 and c4 are calibrated on by nobody; of the web pages and
the instructions other documents are measured on. Needs the shared texts beside the checkout.

    python -m tests.benchmarks.calibration_mixes [--windows 16] [--seeds 2] [--out FILE]
"""

import argparse
import statistics
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from engine.api.events import RemovalSet
from engine.api.settings import SearchSettings
from engine.fitness.levels import nested_levels
from engine.fitness.race import first_level_fitness
from engine.pipeline.hunt import Hunt
from engine.results.agreement import agreement
from engine.search.factory import make_searcher
from engine.search.space import SearchSpace
from engine.search.starting_sets import grown_set
from engine.search.warm_start import warm_starts
from tests.benchmarks.demo_setup import PARAMETERS, demo_folder, fresh_evaluator, print_rows, write_json
from tests.benchmarks.texts import DATA, HELDOUT, MIXES, calibration_windows, heldout_windows, texts_are_here

SPACE = SearchSpace(tuple(range(2, 29)), 6)


def found(mix: str, windows: int, seed: int) -> tuple[RemovalSet, float]:
    """What PSO finds on windows of a mix, with everything on."""
    settings = SearchSettings(algorithm="pso", seed=seed)
    levels = nested_levels(windows, PARAMETERS, settings.racing)
    evaluator = fresh_evaluator(calibration_windows(mix, windows), levels=levels)
    singles = evaluator.scores([(layer,) for layer in SPACE.prunable])
    single_kl = {layer: score.kl for layer, score in zip(SPACE.prunable, singles, strict=True)}
    suggested = warm_starts(SPACE, single_kl, single_kl, settings.population, np.random.default_rng([seed, 1]))
    searcher = make_searcher(
        settings, SPACE, [grown_set(SPACE, partial(first_level_fitness, evaluator)), *suggested], single_kl
    )
    hunt = Hunt(demo_folder().config(), SPACE, searcher, evaluator, settings.racing)
    while not hunt.finished:
        hunt.iterate()
    return hunt.result()


def measured(windows: int, seeds: int, console: Console) -> list[dict[str, Any]]:
    """A row for each mix: the KL that the search saw, and the KL on each text in the median of the seeds."""
    judges = {name: fresh_evaluator(heldout_windows(name), scored_every=1) for name in HELDOUT}
    rows = []
    for mix in MIXES:
        answers = [found(mix, windows, seed) for seed in range(seeds)]
        kls = {name: [judge.scores([removed])[0].kl for removed, _ in answers] for name, judge in judges.items()}
        rows.append(
            {
                "calibrated on": mix,
                "KL there": round(statistics.median(kl for _, kl in answers), 4),
                **{name: round(statistics.median(values), 3) for name, values in kls.items()},
                "mean": round(statistics.mean(statistics.median(values) for values in kls.values()), 3),
                "agreement": round(agreement([removed for removed, _ in answers]), 2),
                "removed": ", ".join(map(str, answers[0][0])),
            }
        )
        console.print(rows[-1])
    return rows


def main() -> None:
    """Search, print and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--windows", type=int, default=16)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    console = Console(width=160)
    if not texts_are_here():
        console.print(f"Skipped: the texts to measure on are not in {DATA}.")
        return
    rows = measured(given.windows, given.seeds, console)
    print_rows(rows, console)
    write_json(given.out, {"windows": given.windows, "k": SPACE.k, "seeds": given.seeds, "rows": rows})


if __name__ == "__main__":
    main()
