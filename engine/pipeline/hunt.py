"""Drive a searcher with an evaluator: ask for a population, race it, tell its fitness."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import RemovalSet
from engine.api.message import NO_WORDS, worded
from engine.api.settings import RacingSettings
from engine.fitness.objective import Fitness, kl_of
from engine.fitness.race import Race, Scorer
from engine.models.describable_sets import DescribableSets
from engine.search.limits import SearchLimits, SearchProgress
from engine.search.searcher import Leader, Searcher
from engine.search.space import SearchSpace

Spent = tuple[float, float]
"""Layer applications and seconds that a search has cost so far."""


@dataclass(frozen=True)
class Population:
    """The candidates of one iteration and their fitness on the first level of the race."""

    candidates: tuple[RemovalSet, ...]
    fitness: tuple[float, ...]


@dataclass(frozen=True)
class HuntOptions:
    """The fitness that a search minimises, and the sets that it may return."""

    fitness: Fitness = kl_of
    allowed: Callable[[RemovalSet], bool] = lambda _removed: True
    """Whether a set of k layers is allowed; one that is not gets an infinite fitness."""
    dtype: str = worded("its number format")
    """Number format of the model, for the error message where no fitness is finite."""


class Hunt:
    """Drives a searcher.

    Args:
        config: The model's ``config.json``; a set that it cannot describe gets an infinite fitness.
        space: The removal sets.
        searcher: Proposes the candidates.
        scorer: The evaluator with its nested levels.
        racing: How many candidates are promoted to the next level.
        options: Fitness and allowed sets.
    """

    def __init__(
        self,
        config: dict[str, Any],
        space: SearchSpace,
        searcher: Searcher,
        scorer: Scorer,
        racing: RacingSettings,
        options: HuntOptions = HuntOptions(),
    ) -> None:
        self._describable = DescribableSets(config)
        self._space = space
        self._options = options
        self._searcher = searcher
        self._race = Race(scorer, racing.promoted_share, options.fitness)
        self.ended_by = NO_WORDS
        """The limit that ended ``run`` early, as a sentence; empty if none did."""

    @property
    def k(self) -> int:
        """Number of layers that an answer removes."""
        return self._space.k

    @property
    def finished(self) -> bool:
        """Whether the searcher has finished."""
        return self._searcher.finished

    @property
    def iteration(self) -> int:
        """Number of completed iterations."""
        return self._searcher.iteration

    @property
    def iterations(self) -> int:
        """Number of planned iterations."""
        return self._searcher.iterations

    @property
    def best(self) -> Leader | None:
        """The best set of k layers that was scored on all windows; None before the first."""
        return self._race.champion(self._space.k)

    @property
    def leader(self) -> Leader:
        """The searcher's best set so far, which may have fewer than k layers."""
        return self._searcher.best

    def run(self, limits: SearchLimits, spent: Callable[[], Spent]) -> Iterator[Population]:
        """Yield the population of each iteration, until the searcher has finished or a limit is reached.

        Args:
            limits: Checked after each iteration.
            spent: Returns the current cost of the search.
        """
        while not self.finished:
            yield self.iterate()
            self.ended_by = limits.reached(SearchProgress(self.iteration - 1, self.best, *spent()))
            if self.ended_by:
                return

    def iterate(self) -> Population:
        """Do one iteration and return its population."""
        candidates = tuple(self._searcher.ask())
        valid = [removed for removed in candidates if self.allows(removed)]
        values = dict(zip(valid, self._race.run(valid), strict=True))
        fitness = tuple(values.get(removed, math.inf) for removed in candidates)
        self._searcher.tell(fitness, self._race.champion(len(candidates[0])))
        return Population(candidates, fitness)

    def result(self) -> Leader:
        """Return the best set of k layers.

        Raises:
            LayerSwarmError: The config of the model's family can describe no set of k layers.
            BadInput: The model computes nan or inf.
        """
        if self.best is not None and not math.isfinite(self.best[1]):
            raise BadInput(
                worded(
                    "No set of {0} layers has a finite score: the model computes nan or inf in {1}; its weights are "
                    "damaged, or try device.dtype=float32.",
                    self._space.k,
                    self._options.dtype,
                )
            )
        if self.best is None:
            raise LayerSwarmError(
                worded(
                    "No set of {0} layers can be removed from this model without breaking the fixed pattern of its "
                    "layer kinds; choose another number of layers.",
                    self._space.k,
                )
            )
        return self.best

    def allows(self, removed: RemovalSet) -> bool:
        """Return whether the set is allowed and its config valid: some families repeat a pattern of layer kinds."""
        if len(removed) < self._space.k:
            return True  # an intermediate set, not a result
        return self._options.allowed(removed) and removed in self._describable
