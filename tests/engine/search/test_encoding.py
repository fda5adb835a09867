"""Rank decoding: every position is a removal set of exactly k prunable layers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.api.errors import BadInput
from engine.search.diversity import neighbour
from engine.search.encoding import decode, encode, swap
from engine.search.space import SearchSpace


@st.composite
def spaces(draw: st.DrawFn) -> SearchSpace:
    prunable = draw(st.sets(st.integers(0, 90), min_size=1, max_size=40))
    return SearchSpace(tuple(sorted(prunable)), draw(st.integers(0, len(prunable))))


@st.composite
def places(draw: st.DrawFn) -> tuple[SearchSpace, NDArray[np.float64]]:
    space = draw(spaces())
    score = st.floats(-1, 1) | st.sampled_from([-1.0, 0.0, 0.5, 1.0])
    return space, np.array(draw(st.lists(score, min_size=space.n, max_size=space.n)))


Seeds = st.integers(0, 2**32)


@given(places())
def test_exactly_k_distinct_prunable_layers_in_order(place: tuple[SearchSpace, NDArray[np.float64]]) -> None:
    space, position = place
    removed = decode(position, space)
    assert len(removed) == space.k
    assert set(removed) <= set(space.prunable)
    assert list(removed) == sorted(set(removed))


@given(places())
def test_no_kept_layer_scores_higher_than_a_removed_one(place: tuple[SearchSpace, NDArray[np.float64]]) -> None:
    space, position = place
    removed = decode(position, space)
    scores = dict(zip(space.prunable, position, strict=True))
    kept = [scores[layer] for layer in space.prunable if layer not in removed]
    assert max(kept, default=-9.0) <= min((scores[layer] for layer in removed), default=9.0)


@given(places(), st.floats(0.01, 5.0), st.floats(-3, 3))
def test_only_the_order_of_the_scores_counts(
    place: tuple[SearchSpace, NDArray[np.float64]], scale: float, shift: float
) -> None:
    space, position = place
    coarse = np.round(position, 3)  # so that scaling cannot merge scores that differ
    assert decode(coarse * scale + shift, space) == decode(coarse, space)


@given(spaces(), Seeds)
def test_every_removal_set_has_a_position(space: SearchSpace, seed: int) -> None:
    rng = np.random.default_rng(seed)
    removed = space.random(rng)
    position = encode(removed, space, rng)
    assert decode(position, space) == removed
    assert np.abs(position).max() <= 1.0


@given(spaces(), Seeds)
def test_a_neighbour_differs_in_one_layer(space: SearchSpace, seed: int) -> None:
    rng = np.random.default_rng(seed)
    removed = space.random(rng)
    moved = set(decode(neighbour(encode(removed, space, rng), space, rng), space))
    assert len(moved - set(removed)) == (0 if space.k in (0, space.n) else 1)


def test_a_swap_exchanges_two_scores_and_nothing_else() -> None:
    position = np.array([0.5, -0.25, 0.0])
    assert swap(position, 0, 1).tolist() == [-0.25, 0.5, 0.0]
    assert position.tolist() == [0.5, -0.25, 0.0]


def test_of_equal_scores_the_lower_layer_goes() -> None:
    assert decode(np.zeros(4), SearchSpace((3, 5, 7, 9), 2)) == (3, 5)


@given(spaces())
def test_the_size_of_a_space_is_counted(space: SearchSpace) -> None:
    assert space.size >= 1
    assert (space.size == 1) == (space.k in (0, space.n))


def test_more_layers_than_may_go_is_explained() -> None:
    with pytest.raises(BadInput, match="5 layers cannot be removed when 3 may be"):
        SearchSpace((1, 2, 3), 5)
