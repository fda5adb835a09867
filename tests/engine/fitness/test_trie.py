"""Prefix sharing is exact, complete and computes each distinct prefix once."""

from hypothesis import given
from hypothesis import strategies as st

from engine.api.events import RemovalSet
from engine.fitness.trie import TrieWalk
from tests.engine.fitness.cases import removal_sets

LAYERS = 7
Populations = st.lists(removal_sets(LAYERS, LAYERS), max_size=12)
Kept = tuple[int, ...]


def walked(
    population: list[RemovalSet], known: frozenset[int] = frozenset(range(LAYERS + 1))
) -> tuple[dict[RemovalSet, Kept], list[tuple[int, Kept]]]:
    """Walk with the tuple of layers applied so far as the state; also every application that was made.

    Args:
        population: Removal sets.
        known: Layers before which the dense model's state is known.
    """
    applied: list[tuple[int, Kept]] = []

    def apply(layer: int, states: list[Kept]) -> list[Kept]:
        applied.extend((layer, state) for state in states)
        return [(*state, layer) for state in states]

    walk = TrieWalk(population, LAYERS, {layer: tuple(range(layer)) for layer in known}, apply)
    for layer in range(LAYERS):
        before = len(applied)
        needed = walk.applies(layer)
        walk.advance(layer)
        assert needed == (len(applied) > before)
    return dict(walk.ends()), applied


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


@given(Populations, st.frozensets(st.integers(0, LAYERS)).map(lambda known: known | {0}))
def test_dense_states_that_are_not_known_are_computed_once(population: list[RemovalSet], known: frozenset[int]) -> None:
    ends, applied = walked(population, known)
    assert ends == walked(population)[0]
    assert len(applied) == len(set(applied))
    firsts = {removed[0] if removed else LAYERS for removed in population}
    dense = {layer for layer, state in applied if state == tuple(range(layer))}
    assert dense == {layer for first in firsts for layer in range(max(each for each in known if each <= first), first)}


@given(Populations)
def test_layers_are_applied_in_ascending_order(population: list[RemovalSet]) -> None:
    _, applied = walked(population)
    layers = [layer for layer, _ in applied]
    assert layers == sorted(layers)
