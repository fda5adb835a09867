"""Prefix sharing is exact, complete and computes each distinct prefix once."""

from hypothesis import given
from hypothesis import strategies as st

from engine.api.events import RemovalSet
from engine.fitness.trie import walk
from tests.engine.fitness.cases import removal_sets

LAYERS = 7
Populations = st.lists(removal_sets(LAYERS, LAYERS), max_size=12)
Kept = tuple[int, ...]


def walked(population: list[RemovalSet]) -> tuple[dict[RemovalSet, Kept], list[tuple[int, Kept]]]:
    """Walk with the tuple of layers applied so far as the state; also every application that was made."""
    applied: list[tuple[int, Kept]] = []

    def apply(layer: int, state: Kept) -> Kept:
        applied.append((layer, state))
        return (*state, layer)

    return dict(walk(population, LAYERS, lambda layer: tuple(range(layer)), apply)), applied


@given(Populations)
def test_every_candidate_ends_with_exactly_its_kept_layers_in_order(population: list[RemovalSet]) -> None:
    ends, _ = walked(population)
    assert set(ends) == set(population)
    for removed, kept in ends.items():
        assert kept == tuple(layer for layer in range(LAYERS) if layer not in removed)


@given(Populations)
def test_no_prefix_is_computed_twice(population: list[RemovalSet]) -> None:
    _, applied = walked(population)
    assert len(applied) == len(set(applied))


@given(Populations)
def test_the_dense_prefix_is_never_computed(population: list[RemovalSet]) -> None:
    _, applied = walked(population)
    assert all(state != tuple(range(layer)) for layer, state in applied)


@given(Populations)
def test_nothing_is_computed_for_nobody(population: list[RemovalSet]) -> None:
    ends, applied = walked(population)
    for layer, state in applied:
        prefix = (*state, layer)
        assert any(kept[: len(prefix)] == prefix for kept in ends.values())


def test_candidates_come_one_branch_at_a_time() -> None:
    population = [(1, 2), (1, 3), (4, 5)]
    assert [removed for removed, _ in walk(population, LAYERS, lambda _layer: (), lambda _layer, state: state)] == [
        (1, 3),
        (1, 2),
        (4, 5),
    ]
