"""Compare searches by quality, cost and stability, in one row for each algorithm."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from engine.api.events import RemovalSet, SearchCompared
from engine.api.settings import Algorithm
from engine.results.agreement import agreement


@dataclass(frozen=True)
class AlgorithmRow:
    """Results of one algorithm: medians over its seeds, and the range of its KL."""

    algorithm: Algorithm
    seeds: int
    kl: float
    kl_least: float
    kl_most: float
    heldout_kl: float
    heldout_perplexity: float
    text_kl: dict[str, float]
    """Median KL on each measured text."""
    bytes: int
    candidates: float
    tokens: float
    seconds: float
    agreement: float
    """Mean Jaccard index of the removal sets of two seeds; 1 where all are equal."""
    best: RemovalSet
    """The removal set of the seed with the lowest KL."""


def search_rows(searches: Iterable[SearchCompared]) -> list[AlgorithmRow]:
    """Return a row for each algorithm, lowest median KL first."""
    groups: dict[Algorithm, list[SearchCompared]] = {}
    for search in searches:
        groups.setdefault(search.algorithm, []).append(search)
    return sorted(map(_row, groups.values()), key=lambda row: (row.kl, row.tokens, row.algorithm))


def _row(group: list[SearchCompared]) -> AlgorithmRow:
    kls = [search.fitness for search in group]
    texts = dict.fromkeys(text for search in group for text in search.texts)
    best = min(group, key=lambda search: search.fitness)
    return AlgorithmRow(
        algorithm=best.algorithm,
        seeds=len(group),
        kl=statistics.median(kls),
        kl_least=min(kls),
        kl_most=max(kls),
        heldout_kl=statistics.median(search.heldout_kl for search in group),
        heldout_perplexity=statistics.median(search.heldout_perplexity for search in group),
        text_kl={
            text: statistics.median(search.texts[text].kl for search in group if text in search.texts) for text in texts
        },
        bytes=best.bytes,
        candidates=statistics.median(search.candidates for search in group),
        tokens=statistics.median(search.tokens for search in group),
        seconds=statistics.median(search.seconds for search in group),
        agreement=agreement([search.removed for search in group]),
        best=best.removed,
    )
