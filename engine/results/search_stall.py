"""Recognise a search that no longer improves."""

from dataclasses import dataclass

from engine.api.events import IterationFinished, RemovalSet
from engine.api.run_state import RunState

_LEAST, _SHARE = 3, 0.2


@dataclass(frozen=True)
class SearchStall:
    """The best set of a search, and for how many iterations there has been no better one."""

    iterations: int
    fitness: float
    removed: RemovalSet


def kept_by_stopping(state: RunState) -> IterationFinished | None:
    """Return the iteration whose best set would be kept if the search stopped now; None where there is no answer yet.

    Searches that build their sets up, or begin with fewer layers, have none before they have reached the budget.
    """
    last, budget = state.last_iteration, state.budget
    if last is None or (budget is not None and len(last.best_removed) != budget.layers):
        return None
    return last


def search_stall(state: RunState) -> SearchStall | None:
    """Return how long a search has found nothing better; None while it improves, or has no answer to keep yet.

    A fifth of the planned iterations, and at least three, count as long.
    """
    last = kept_by_stopping(state)
    if last is None:
        return None
    rounds = sorted(state.iterations.values(), key=lambda event: event.iteration)
    same_size = [event for event in rounds if len(event.best_removed) == len(last.best_removed)]
    since = next(event.iteration for event in same_size if event.best_fitness == last.best_fitness)
    iterations = last.iteration - since
    if iterations < max(_LEAST, _SHARE * last.iterations):
        return None
    return SearchStall(iterations, last.best_fitness, last.best_removed)
