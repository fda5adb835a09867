"""What every search algorithm promises, whatever it does inside."""

import math
import statistics

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.api.algorithms import OWN_ALGORITHMS
from engine.api.settings import SearchSettings
from engine.search.factory import make_searcher
from engine.search.greedy import GreedyRemoval
from engine.search.space import SearchSpace
from tests.engine.search.cases import SPACE, driven, entangled, searched, separable

pytestmark = pytest.mark.slow

ALGORITHMS = tuple(each.key for each in OWN_ALGORITHMS if each.cost != "one")
SWARMS = ("pso", "woa")
PLAIN = {"avoid_repeats": False, "refine_share": 0.0}


def settings_of(algorithm: str, **values: object) -> SearchSettings:
    return msgspec.structs.replace(SearchSettings(algorithm=algorithm, seed=5), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_the_same_seed_asks_the_same(algorithm: str) -> None:
    first, again = (driven(make_searcher(settings_of(algorithm), SPACE), entangled()) for _ in range(2))
    assert first == again


@pytest.mark.parametrize("algorithm", ["pso", "woa", "evolution", "random"])
def test_another_seed_asks_something_else(algorithm: str) -> None:
    first, other = (driven(make_searcher(settings_of(algorithm, seed=seed), SPACE), entangled()) for seed in (1, 2))
    assert first != other


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_asking_twice_answers_the_same(algorithm: str) -> None:
    searcher = make_searcher(settings_of(algorithm), SPACE)
    assert searcher.ask() == searcher.ask()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_the_best_is_the_lowest_that_was_told(algorithm: str) -> None:
    searcher, fitness = make_searcher(settings_of(algorithm), SPACE), entangled()
    lowest = math.inf
    while not searcher.finished:
        population = searcher.ask()
        values = [fitness(removed) for removed in population]
        searcher.tell(values)
        lowest = min(values) if algorithm == "greedy" else min(lowest, *values)
        assert searcher.best[1] == lowest
        assert fitness(searcher.best[0]) == lowest


@pytest.mark.parametrize("algorithm", ["pso", "woa", "evolution", "greedy"])
def test_an_easy_landscape_is_solved(algorithm: str) -> None:
    fitness = separable()
    optimum = tuple(sorted(sorted(SPACE.prunable, key=lambda layer: fitness((layer,)))[: SPACE.k]))
    assert searched(settings_of(algorithm, iterations=60), fitness)[0] == optimum


@pytest.mark.parametrize("algorithm", [*SWARMS, "evolution"])
@pytest.mark.parametrize("seed", range(3))
def test_a_swarm_beats_random_search_of_the_same_length(algorithm: str, seed: int) -> None:
    fitness = entangled(seed)
    chance = searched(settings_of("random", seed=seed), fitness)[1]
    assert searched(settings_of(algorithm, seed=seed), fitness)[1] < chance


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_fitness_that_is_no_number_is_worst(algorithm: str) -> None:
    searcher = make_searcher(settings_of(algorithm), SPACE)
    population = searcher.ask()
    searcher.tell([math.nan, *(1.0 + index for index in range(len(population) - 1))])
    assert searcher.best == (population[1], 1.0)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_hopeless_everywhere_still_ends(algorithm: str) -> None:
    searcher = make_searcher(settings_of(algorithm), SPACE)
    driven(searcher, lambda _removed: math.inf)
    assert len(searcher.best[0]) == SPACE.k


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(ALGORITHMS), st.integers(1, 6), st.data())
def test_small_spaces_are_no_trouble(algorithm: str, n: int, data: st.DataObject) -> None:
    space = SearchSpace(tuple(range(n)), data.draw(st.integers(0, n)))
    searcher = make_searcher(settings_of(algorithm, iterations=4), space)
    for population in driven(searcher, separable()):
        assert population
        assert all(set(removed) <= set(space.prunable) for removed in population)
    assert len(searcher.best[0]) == space.k


@pytest.mark.parametrize("algorithm", [*SWARMS, "evolution"])
def test_only_one_possible_set_is_asked_once(algorithm: str) -> None:
    searcher = make_searcher(settings_of(algorithm), SearchSpace((1, 2), 2))
    assert driven(searcher, separable()) == [[(1, 2)]]


@pytest.mark.parametrize("algorithm", [*SWARMS, "evolution", "random"])
def test_nothing_is_asked_twice(algorithm: str) -> None:
    asked = [
        removed
        for population in driven(make_searcher(settings_of(algorithm), SPACE), entangled())
        for removed in population
    ]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("algorithm", SWARMS)
def test_a_whole_small_space_is_seen(algorithm: str) -> None:
    space = SearchSpace(tuple(range(8)), 2)
    asked = driven(make_searcher(settings_of(algorithm, iterations=20), space), entangled())
    assert len({removed for population in asked for removed in population}) == space.size


def test_a_plain_pso_collapses_and_a_diverse_one_does_not() -> None:
    def distinct(**values: object) -> int:
        searcher = make_searcher(settings_of("pso", iterations=40, **values), SPACE)
        return len({removed for population in driven(searcher, separable()) for removed in population})

    assert distinct() == 800
    assert distinct(**PLAIN) < 700


@pytest.mark.parametrize("algorithm", [*SWARMS, "evolution"])
def test_the_starts_are_asked_first_and_leave_room_for_chance(algorithm: str) -> None:
    starts = [tuple(range(first, first + 6)) for first in range(2, 20)]
    population = make_searcher(settings_of(algorithm), SPACE, starts).ask()
    assert population[:10] == starts[:10]
    assert len(population) == 20
    assert not set(population[10:]) & set(starts)


@pytest.mark.parametrize("algorithm", SWARMS)
@pytest.mark.parametrize(("guided", "most"), [(False, 1), (True, 2)])
def test_scouts_are_neighbours_of_the_best(algorithm: str, guided: bool, most: int) -> None:
    searcher = make_searcher(settings_of(algorithm, refine_share=0.5, guided_scouts=guided), SPACE)
    fitness = entangled()
    searcher.tell([fitness(removed) for removed in searcher.ask()])
    best = set(searcher.best[0])
    assert all(1 <= len(best - set(scout)) <= most for scout in searcher.ask()[10:])


def test_children_are_one_to_three_swaps_from_their_parent() -> None:
    searcher = make_searcher(settings_of("evolution"), SPACE)
    fitness = entangled()
    while not searcher.finished:
        if searcher.iteration > 0:
            parent = set(searcher.best[0])
            assert all(1 <= len(parent - set(child)) <= 3 for child in searcher.ask())
        searcher.tell([fitness(removed) for removed in searcher.ask()])


@pytest.mark.parametrize("algorithm", ["block_influence", "angular"])
def test_a_criterion_asks_for_its_one_proposal(algorithm: str) -> None:
    searcher = make_searcher(settings_of(algorithm), SPACE, [(3, 4, 5, 6, 7, 8), (2, 4, 5, 6, 7, 8)])
    assert driven(searcher, separable()) == [[(3, 4, 5, 6, 7, 8)]]
    assert searcher.best[0] == (3, 4, 5, 6, 7, 8)


def test_telling_the_wrong_number_of_values_is_a_fault() -> None:
    searcher = make_searcher(settings_of("pso"), SPACE)
    searcher.ask()
    with pytest.raises(ValueError, match="3 values of fitness for 20 candidates"):
        searcher.tell([1.0, 2.0, 3.0])


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_named_leader_is_the_best_whatever_was_told(algorithm: str) -> None:
    searcher = make_searcher(settings_of(algorithm), SPACE)
    population = searcher.ask()
    leader = (population[-1], 5.0)
    searcher.tell([float(index) for index in range(len(population))], leader)
    assert searcher.best == leader


@pytest.mark.parametrize("algorithm", SWARMS)
@pytest.mark.parametrize("asked", [True, False])
def test_scouts_surround_the_leader(algorithm: str, asked: bool) -> None:
    searcher = make_searcher(settings_of(algorithm, refine_share=0.5), SPACE)
    population = searcher.ask()
    leader = population[7] if asked else (3, 4, 5, 6, 7, 8)
    searcher.tell([float(index) for index in range(len(population))], (leader, 5.0))
    assert all(1 <= len(set(leader) - set(scout)) <= 2 for scout in searcher.ask()[10:])


def test_the_leader_is_the_parent() -> None:
    searcher = make_searcher(settings_of("evolution"), SPACE)
    population = searcher.ask()
    leader = population[7]
    searcher.tell([float(index) for index in range(len(population))], (leader, 5.0))
    assert all(1 <= len(set(leader) - set(child)) <= 3 for child in searcher.ask())


@pytest.mark.parametrize("algorithm", SWARMS)
def test_a_guided_swarm_beats_greedy_and_chance_scouts_at_equal_candidates(algorithm: str) -> None:
    """The median over ten landscapes, two hundred candidates each; greedy takes 147."""
    to_greedy, to_chance = [], []
    for seed in range(10):
        fitness = entangled(seed)
        singles = {layer: fitness((layer,)) for layer in SPACE.prunable}
        guided, chance = (
            make_searcher(settings_of(algorithm, iterations=10, seed=seed, guided_scouts=on), SPACE, (), singles)
            for on in (True, False)
        )
        driven(guided, fitness)
        driven(chance, fitness)
        to_greedy.append(guided.best[1] / searched(settings_of("greedy"), fitness)[1])
        to_chance.append(guided.best[1] / chance.best[1])
    assert statistics.median(to_greedy) <= 1.0
    assert statistics.median(to_chance) < 1.0


@pytest.mark.parametrize("seed", range(5))
def test_a_shortlist_finds_nearly_what_greedy_finds_for_much_less(seed: int) -> None:
    fitness = entangled(seed)
    whole, short = GreedyRemoval(SPACE), GreedyRemoval(SPACE, shortlist=1 / 3)
    asked, asked_short = driven(whole, fitness), driven(short, fitness)
    assert sum(map(len, asked_short)) < 0.7 * sum(map(len, asked))
    assert short.best[1] <= 1.1 * whole.best[1]
    assert len(short.best[0]) == SPACE.k


def test_a_shortlist_keeps_the_neighbours_of_what_is_gone() -> None:
    searcher = GreedyRemoval(SPACE, shortlist=0.01)
    costs = {layer: float(layer) for layer in SPACE.prunable} | {20: 0.5}  # 19 and 21 are far from cheap
    searcher.tell([costs[removed[0]] for removed in searcher.ask()])
    assert {(19, 20), (20, 21)} <= set(searcher.ask())
