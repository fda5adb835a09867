"""What the candidates of a swarm tell of the layers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.events import RemovalSet
from engine.results.agreement import agreement
from engine.search.importance import good_candidates, removal_frequency

sets = st.lists(st.sets(st.integers(0, 9), max_size=5).map(lambda chosen: tuple(sorted(chosen))), max_size=8)


def test_frequency_is_the_share_of_candidates_that_remove_a_layer() -> None:
    assert removal_frequency([(0, 2), (2, 3)], 5) == (0.5, 0.0, 1.0, 0.5, 0.0)


@given(sets)
def test_frequencies_add_up_to_the_mean_size(found: list[RemovalSet]) -> None:
    mean = sum(map(len, found)) / len(found) if found else 0.0
    assert sum(removal_frequency(found, 10)) == pytest.approx(mean)


def test_the_good_ones_are_the_best_share() -> None:
    scored: dict[RemovalSet, float] = {(layer,): float(layer) for layer in range(10)}
    assert good_candidates(scored, 0.2) == [(0,), (1,)]
    assert good_candidates(scored, 0.01) == [(0,)]
    assert good_candidates({}, 0.2) == []


@given(sets)
def test_agreement_is_between_none_and_all(found: list[RemovalSet]) -> None:
    assert 0.0 <= agreement(found) <= 1.0


def test_agreement_of_like_and_unlike_sets() -> None:
    assert agreement([(1, 2), (1, 2), (1, 2)]) == 1.0
    assert agreement([(1, 2), (3, 4)]) == 0.0
    assert agreement([(1, 2), (2, 3)]) == pytest.approx(1 / 3)
    assert agreement([(1, 2)]) == 1.0
