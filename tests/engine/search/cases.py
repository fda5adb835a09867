"""Landscapes to search, and how a search is driven."""

import math
from collections.abc import Callable

import numpy as np

from engine.api.events import RemovalSet
from engine.api.settings import SearchSettings
from engine.search.factory import make_searcher
from engine.search.searcher import Searcher
from engine.search.space import SearchSpace

Fitness = Callable[[RemovalSet], float]
SPACE = SearchSpace(tuple(range(2, 29)), 6)


def separable(seed: int = 0) -> Fitness:
    """Every layer has a cost of its own, and costs add up: the easiest landscape there is."""
    costs = np.random.default_rng(seed).uniform(0.1, 2.0, size=64)
    return lambda removed: float(costs[list(removed)].sum())


def entangled(seed: int = 0) -> Fitness:
    """Costs that depend on the company: neighbours are cheaper together, as in real models."""
    rng = np.random.default_rng(seed)
    costs = np.exp(rng.uniform(math.log(0.11), math.log(2.3), size=64))
    pairs = rng.normal(0.0, 0.05, size=(64, 64))

    def fitness(removed: RemovalSet) -> float:
        alone = float(costs[list(removed)].sum())
        together = sum(float(pairs[i, j]) for i in removed for j in removed if i < j)
        neighbours = sum(1 for i in removed if i + 1 in removed)
        return 1.0 + alone * (1.0 - 0.1 * neighbours) + together

    return fitness


def driven(searcher: Searcher, fitness: Fitness) -> list[list[RemovalSet]]:
    """Run a search to its end; all its populations."""
    asked = []
    while not searcher.finished:
        population = searcher.ask()
        asked.append(population)
        searcher.tell([fitness(removed) for removed in population])
    return asked


def searched(settings: SearchSettings, fitness: Fitness, space: SearchSpace = SPACE) -> tuple[RemovalSet, float]:
    """The best that a search finds."""
    searcher = make_searcher(settings, space)
    driven(searcher, fitness)
    return searcher.best
