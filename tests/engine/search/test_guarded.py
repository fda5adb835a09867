"""Faults of a searcher from another distribution become one sentence that names it."""

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from engine.api.algorithms import SearchAlgorithm
from engine.api.errors import LayerSwarmError
from engine.api.settings import SearchSettings
from engine.search import factory
from engine.search.factory import make_searcher
from engine.search.searcher import Rounds, Searcher, SearchProblem
from engine.search.space import SearchSpace
from tests.engine.search.cases import driven

SPACE = SearchSpace((1, 2, 4, 5), 2)


class Asks(Rounds):
    """Asks for what it is given."""

    def __init__(self, population: Any, counts: bool = True) -> None:
        super().__init__(iterations=2)
        self._population = population
        self._counts = counts

    def ask(self) -> Any:
        if isinstance(self._population, Exception):
            raise self._population
        return self._population

    def tell(self, fitness: Sequence[float], leader: Any = None) -> None:
        self.see(self._population, fitness, leader)
        self.iteration += self._counts


def searcher_of(made: Any, monkeypatch: pytest.MonkeyPatch) -> Searcher:
    """Return the searcher of an algorithm of the distribution 'theirs' that makes ``made``."""
    module = ModuleType("theirs")
    module.make = lambda problem: made(problem) if isinstance(made, type) else made  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "theirs", module)
    record = SearchAlgorithm(
        key="mine", title="Mine", explanation="Mine.", factory="theirs:make", distribution="theirs-package"
    )
    monkeypatch.setattr(factory, "search_algorithm", lambda _key: record)
    return make_searcher(SearchSettings(algorithm="mine"), SPACE)


def test_numbers_of_numpy_become_those_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    searcher = searcher_of(Asks([np.array([1, 4])]), monkeypatch)
    assert driven(searcher, sum) == [[(1, 4)], [(1, 4)]]
    assert [type(layer) for layer in searcher.best[0]] == [int, int]


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (Asks([]), "the population is empty"),
        (Asks([(4, 1)]), "no sorted tuple"),
        (Asks([(1, 3)]), "no sorted tuple of distinct prunable layers"),
        (Asks([(1, 2, 4)]), "has 3 layers, but the search removes 2"),
        (Asks([(1, 2), (4,)]), "has 1 layers"),
        (Asks(RuntimeError("lost")), r'fails in ask\(\) \("RuntimeError: lost"\)'),
        (Asks([(1, 2)], counts=False), r"iteration is 0 after 0; tell\(\) must add 1"),
        ("text", "returns a str without iterations, iteration, finished, best, ask, tell"),
    ],
)
def test_every_fault_names_the_distribution(made: Any, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LayerSwarmError, match=reason) as caught:
        driven(searcher_of(made, monkeypatch), sum)
    assert str(caught.value).startswith("The search algorithm 'mine' of theirs-package ")


def test_a_factory_that_fails_is_named_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Fails(Asks):
        def __init__(self, problem: SearchProblem) -> None:
            raise KeyError(problem.space.k)

    with pytest.raises(LayerSwarmError, match="theirs-package cannot begin"):
        searcher_of(Fails, monkeypatch)
