"""One row for each algorithm: medians, spread and stability over its seeds."""

import pytest

from engine.api.events import RemovalSet, SearchCompared, TextFit
from engine.api.settings import Algorithm
from engine.results.searches import search_rows


def search(algorithm: Algorithm, seed: int, kl: float, removed: RemovalSet, tokens: int = 100) -> SearchCompared:
    """One search, with figures that follow from its KL."""
    return SearchCompared(
        algorithm=algorithm,
        seed=seed,
        removed=removed,
        fitness=kl,
        heldout_kl=2 * kl,
        heldout_perplexity=10 * kl,
        texts={"a.txt": TextFit(3 * kl, 4 * kl)},
        parameters=10,
        bytes=20,
        candidates=30,
        tokens=tokens,
        seconds=1.0,
        course_tokens=(tokens,),
        course_fitness=(kl,),
        importance=(),
    )


def test_the_best_median_comes_first() -> None:
    rows = search_rows([search("greedy", 0, 0.5, (1, 2)), search("pso", 0, 0.4, (1, 2)), search("woa", 0, 0.6, (1, 2))])
    assert [row.algorithm for row in rows] == ["pso", "greedy", "woa"]


def test_of_equal_quality_the_cheaper_comes_first() -> None:
    rows = search_rows([search("pso", 0, 0.4, (1,), tokens=200), search("woa", 0, 0.4, (1,), tokens=100)])
    assert [row.algorithm for row in rows] == ["woa", "pso"]


def test_a_row_has_median_spread_and_agreement() -> None:
    (row,) = search_rows(
        [search("pso", 0, 0.5, (1, 2)), search("pso", 1, 0.4, (2, 3)), search("pso", 2, 0.9, (1, 2), tokens=400)]
    )
    assert (row.seeds, row.kl, row.kl_least, row.kl_most) == (3, 0.5, 0.4, 0.9)
    assert (row.heldout_kl, row.tokens, row.best) == (1.0, 100, (2, 3))
    assert row.agreement == pytest.approx((1 / 3 + 1 / 3 + 1) / 3)
    assert row.text_kl == {"a.txt": 1.5}
