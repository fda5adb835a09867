"""What the analysis suggests to a swarm."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.search.space import SearchSpace
from engine.search.warm_start import warm_starts

SPACE = SearchSpace(tuple(range(2, 14)), 3)
COST = {2: 9.0, 3: 9.0, 4: 0.4, 5: 0.5, 6: 0.6, 7: 9.0, 8: 0.1, 9: 9.0, 10: 0.2, 11: 9.0, 12: 0.3, 13: 9.0}
INFLUENCE = {layer: float(layer) for layer in SPACE.prunable}


def starts(count: int = 10, space: SearchSpace = SPACE) -> list[tuple[int, ...]]:
    return warm_starts(space, COST, INFLUENCE, count, np.random.default_rng(0))


def test_the_cheapest_single_removals_come_first() -> None:
    assert starts()[0] == (8, 10, 12)


def test_then_the_cheapest_block_in_a_row() -> None:
    assert starts()[1] == (4, 5, 6)


def test_then_the_least_block_influence() -> None:
    assert starts()[2] == (2, 3, 4)


def test_a_block_has_no_protected_layer_inside() -> None:
    gap = SearchSpace((2, 3, 5, 6), 3)
    assert (2, 3, 5) not in warm_starts(gap, {}, {}, 2, np.random.default_rng(0))[1:]


@given(st.integers(1, 12), st.data(), st.integers(1, 40))
def test_they_are_different_sets_of_the_space_and_no_more_than_wanted(n: int, data: st.DataObject, count: int) -> None:
    space = SearchSpace(tuple(range(n)), data.draw(st.integers(0, n)))
    found = warm_starts(space, COST, INFLUENCE, count, np.random.default_rng(1))
    assert 1 <= len(found) <= count
    assert len(found) == len(set(found))
    assert all(len(removed) == space.k and set(removed) <= set(space.prunable) for removed in found)
