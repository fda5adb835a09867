"""Starting sets for each algorithm."""

from collections.abc import Sequence

import numpy as np
import pytest

from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.api.settings import Algorithm, SearchSettings
from engine.search.space import SearchSpace
from engine.search.starting_sets import LayerFindings, grown_set, nearest_block, starting_sets
from engine.search.warm_start import lowest, warm_starts

SPACE = SearchSpace(tuple(range(2, 14)), 3)
COST = {layer: float(abs(layer - 7)) for layer in SPACE.prunable}
INFLUENCE = {layer: float(layer) for layer in SPACE.prunable}


def summed_cost(population: Sequence[RemovalSet]) -> list[float]:
    return [sum(COST[layer] for layer in removed) for removed in population]


def angle(first: int, last: int) -> float:
    return abs(first - 9) + abs(last - 11)


FINDINGS = LayerFindings(COST, INFLUENCE, angle, summed_cost)


def starts(algorithm: Algorithm, smaller: RemovalSet | None = None, **changes: bool) -> Sequence[RemovalSet]:
    return starting_sets(SearchSettings(algorithm=algorithm, seed=4, **changes), SPACE, FINDINGS, smaller)


def test_block_influence_proposes_the_layers_of_least_influence() -> None:
    assert starts("block_influence") == ((2, 3, 4),)


def test_angular_proposes_the_nearest_block() -> None:
    assert starts("angular") == ((9, 10, 11),)


@pytest.mark.parametrize("algorithm", ["greedy", "random", "textbook_pso", "textbook_woa"])
def test_some_algorithms_start_from_no_set(algorithm: Algorithm) -> None:
    assert list(starts(algorithm, smaller=(2, 3))) == []


def test_a_swarm_starts_from_a_grown_set_and_then_the_warm_starts() -> None:
    suggested = warm_starts(SPACE, COST, INFLUENCE, 20, np.random.default_rng([4, 1]))
    assert starts("pso") == [grown_set(SPACE, summed_cost), *suggested]
    assert starts("woa", grown_start=False) == suggested
    assert starts("evolution") == suggested


def test_no_warm_start_means_no_set_at_all() -> None:
    assert list(starts("pso", smaller=(2, 3), warm_start=False)) == []


@pytest.mark.parametrize("algorithm", ["pso", "woa", "evolution"])
def test_the_answer_of_one_layer_less_comes_first(algorithm: Algorithm) -> None:
    assert starts(algorithm, smaller=(2, 3))[0] == lowest(SPACE, COST, given=(2, 3)) == (2, 3, 7)


def test_growing_is_announced() -> None:
    announced: list[bool] = []
    starting_sets(SearchSettings(algorithm="pso"), SPACE, FINDINGS, on_grow=lambda: announced.append(True))
    assert announced == [True]


def test_a_grown_set_takes_the_cheapest_layers() -> None:
    assert grown_set(SPACE, summed_cost) == (6, 7, 8)


def test_the_nearest_block_of_no_layers_is_empty() -> None:
    assert nearest_block(SearchSpace(SPACE.prunable, 0), angle) == ()


def test_protected_layers_may_leave_no_block() -> None:
    with pytest.raises(BadInput, match="leave no 3 layers in a row"):
        nearest_block(SearchSpace((2, 4, 6, 8), 3), angle)
