"""Make a searcher from the search settings."""

import inspect
import pkgutil
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.api.algorithms import SearchAlgorithm, search_algorithm
from engine.api.events import RemovalSet
from engine.api.message import worded
from engine.api.settings import SearchSettings, as_published
from engine.search.guarded import GuardedSearcher, guarded
from engine.search.searcher import Searcher, SearchProblem
from engine.search.space import SearchSpace

_CONTRACT = ("iterations", "iteration", "finished", "best", "ask", "tell")
_ABSENT = object()


def make_searcher(
    settings: SearchSettings,
    space: SearchSpace,
    starts: Sequence[RemovalSet] = (),
    single_cost: Mapping[int, float] = MappingProxyType({}),
) -> Searcher:
    """Return the searcher that ``settings.algorithm`` names, ready for its first ``ask``.

    Args:
        settings: Algorithm, seed, population, iterations and parameters.
        space: The removal sets.
        starts: Removal sets to begin with. For the criteria that propose a set at once (Block Influence, angular
            distance) the first one is that set.
        single_cost: Fitness of each layer when it alone is removed, by layer, as far as it is known.

    Raises:
        BadInput: The algorithm is not installed.
        LayerSwarmError: The searcher of another distribution cannot be imported or made.
    """
    algorithm = search_algorithm(settings.algorithm)
    problem = SearchProblem(as_published(settings), space, starts, single_cost, np.random.default_rng(settings.seed))
    if algorithm.distribution:
        with guarded(algorithm, worded("cannot begin")):
            return GuardedSearcher(algorithm, space, _created(algorithm, problem))
    searcher: Searcher = _factory(algorithm)(problem)
    return searcher


def _created(algorithm: SearchAlgorithm, problem: SearchProblem) -> Searcher:
    searcher = _factory(algorithm)(problem)
    # Not isinstance: on Python 3.11 it would evaluate the property ``best``, which raises before the first tell.
    missing = [name for name in _CONTRACT if inspect.getattr_static(searcher, name, _ABSENT) is _ABSENT]
    if missing:
        raise TypeError(f"{algorithm.factory} returns a {type(searcher).__name__} without {', '.join(missing)}")
    made: Searcher = searcher
    return made


def _factory(algorithm: SearchAlgorithm) -> Any:
    return pkgutil.resolve_name(algorithm.factory)
