"""Steps that every benchmark of a search shares."""

from collections.abc import Sequence

from engine.fitness.race import Scorer
from engine.pipeline.hunt import Hunt
from engine.search.searcher import Leader


def single_costs(scorer: Scorer, layers: Sequence[int]) -> dict[int, float]:
    """Return the KL of removing each layer alone."""
    return {layer: score.kl for layer, score in zip(layers, scorer.scores([(each,) for each in layers]), strict=True)}


def run_to_the_end(hunt: Hunt) -> Leader:
    """Run all iterations of a search and return its answer."""
    while not hunt.finished:
        hunt.iterate()
    return hunt.result()
