"""A search that finds nothing better is recognised, with what stopping it would keep."""

import msgspec

from engine.api.events import BudgetResolved, IterationFinished
from engine.api.run_state import RunState
from engine.api.settings import Settings
from engine.results.search_stall import search_stall
from tests.gui import canned

EVENTS = canned.run_events(Settings())
FIRST = next(event for event in EVENTS if isinstance(event, IterationFinished))
BUDGET = next(event for event in EVENTS if isinstance(event, BudgetResolved))


def state_of(*best: float, iterations: int = 10, removed: tuple[int, ...] = FIRST.best_removed) -> RunState:
    events = [
        msgspec.structs.replace(
            FIRST, iteration=number, iterations=iterations, best_fitness=fitness, best_removed=removed
        )
        for number, fitness in enumerate(best)
    ]
    return RunState.replay([BUDGET, *events])


def test_it_names_the_iterations_without_a_better_set_and_what_is_kept() -> None:
    stall = search_stall(state_of(0.9, 0.7, 0.7, 0.7, 0.7))
    assert stall is not None
    assert (stall.iterations, stall.fitness, stall.removed) == (3, 0.7, FIRST.best_removed)


def test_a_search_that_improves_is_not_stalled() -> None:
    assert search_stall(state_of(0.9, 0.8, 0.7, 0.7)) is None
    assert search_stall(RunState()) is None


def test_a_long_search_may_rest_for_longer() -> None:
    assert search_stall(state_of(*[0.7] * 10, iterations=100)) is None
    assert search_stall(state_of(*[0.7] * 21, iterations=100)) is not None


def test_a_set_that_is_still_being_built_up_is_nothing_to_keep() -> None:
    assert search_stall(state_of(*[0.7] * 9, removed=FIRST.best_removed[:-1])) is None
