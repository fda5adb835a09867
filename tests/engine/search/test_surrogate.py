"""The surrogate learns the fitness from what was told, and doubts where it knows little."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.events import RemovalSet
from engine.search.diversity import neighbourhood
from engine.search.space import SearchSpace
from engine.search.surrogate import Surrogate
from tests.engine.search.cases import SPACE, entangled


def correlation(taught: int, singles: bool) -> float:
    """Rank agreement of a taught surrogate's expectation with the fitness of sets that it has not seen."""
    rng = np.random.default_rng(0)
    fitness = entangled(3)
    costs = {layer: fitness((layer,)) for layer in SPACE.prunable} if singles else {}
    surrogate = Surrogate(SPACE, costs)
    seen, unseen = ([SPACE.random(rng) for _ in range(count)] for count in (taught, 200))
    surrogate.learn(seen, [fitness(removed) for removed in seen])
    expected = surrogate.sampled(unseen, 50, rng).mean(axis=0)
    truth = np.array([fitness(removed) for removed in unseen])
    ranks = (expected.argsort().argsort(), truth.argsort().argsort())
    return float(np.corrcoef(*ranks)[0, 1])


def test_it_ranks_what_it_has_not_seen() -> None:
    assert correlation(taught=200, singles=False) > 0.8


def test_the_analysis_helps_when_little_is_known() -> None:
    assert correlation(taught=10, singles=True) > correlation(taught=10, singles=False)
    assert correlation(taught=10, singles=True) > 0.6


def test_doubt_shrinks_with_knowledge() -> None:
    fitness, rng = entangled(1), np.random.default_rng(0)
    spreads = []
    for taught in (30, 300):
        surrogate = Surrogate(SPACE, {})
        seen = [SPACE.random(rng) for _ in range(taught)]
        surrogate.learn(seen, [fitness(removed) for removed in seen])
        asked = [SPACE.random(rng) for _ in range(20)]
        spreads.append(float(surrogate.sampled(asked, 50, rng).std(axis=0).mean()))
    assert spreads[1] < spreads[0]


def test_many_draws_are_those_of_one_after_the_other() -> None:
    """So a population does not depend on how many of its scouts are drawn at once."""
    fitness, rng = entangled(2), np.random.default_rng(0)
    surrogate = Surrogate(SPACE, {})
    seen, asked = ([SPACE.random(rng) for _ in range(40)] for _ in range(2))
    surrogate.learn(seen, [fitness(removed) for removed in seen])
    together = surrogate.sampled(asked, 5, np.random.default_rng(7))
    rng = np.random.default_rng(7)
    assert np.allclose(together, np.concatenate([surrogate.sampled(asked, 1, rng) for _ in range(5)]))


@pytest.mark.parametrize("value", [math.inf, math.nan, 0.0, -1.0])
def test_what_has_no_logarithm_teaches_nothing(value: float) -> None:
    surrogate, untaught = Surrogate(SPACE, {}), Surrogate(SPACE, {})
    surrogate.learn([(2, 3, 4, 5, 6, 7)], [value])
    asked: list[RemovalSet] = [(2, 3, 4, 5, 6, 8), (8, 9, 10, 11, 12, 13)]
    draws = (each.sampled(asked, 1, np.random.default_rng(5)) for each in (surrogate, untaught))
    assert np.array_equal(*draws)


@given(st.integers(2, 9), st.data())
def test_a_neighbourhood_is_one_or_two_swaps_wide(n: int, data: st.DataObject) -> None:
    space = SearchSpace(tuple(range(3, 3 + n)), data.draw(st.integers(1, n - 1)))
    removed = data.draw(st.permutations(space.prunable).map(lambda order: tuple(sorted(order[: space.k]))))
    near = neighbourhood(removed, space, np.random.default_rng(0))
    distances = [len(set(removed) - set(each)) for each in near]
    assert all(len(each) == space.k and set(each) <= set(space.prunable) for each in near)
    assert set(distances) <= {1, 2}
    assert distances.count(1) == space.k * (n - space.k)
    assert len(near) == len(set(near))
