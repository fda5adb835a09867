"""A searcher and an evaluator at work together: one population after the other, asked, raced and told."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import RemovalSet
from engine.api.settings import RacingSettings
from engine.fitness.objective import Fitness, kl_of
from engine.fitness.race import Race, Scorer
from engine.models.pruned_config import pruned_config
from engine.search.limits import SearchLimits, SearchProgress
from engine.search.searcher import Leader, Searcher
from engine.search.space import SearchSpace

Spent = tuple[float, float]
"""Layer applications, and seconds."""


@dataclass(frozen=True)
class Population:
    """The candidates of one iteration and their fitness on the first level of the race."""

    candidates: tuple[RemovalSet, ...]
    fitness: tuple[float, ...]


class Hunt:
    """Drives a searcher.

    Args:
        config: the model's ``config.json``; a set that it cannot describe gets an infinite fitness.
        space: the removal sets.
        searcher: asked for candidates and told their fitness.
        scorer: the evaluator, with its nested levels.
        racing: how many are promoted.
        fitness: what is minimised of a score.
        allowed: a set of the asked size that is not allowed gets an infinite fitness too.
        dtype: what the model computes in, to be told where nothing has a finite fitness.
    """

    def __init__(
        self,
        config: dict[str, Any],
        space: SearchSpace,
        searcher: Searcher,
        scorer: Scorer,
        racing: RacingSettings,
        fitness: Fitness = kl_of,
        allowed: Callable[[RemovalSet], bool] = lambda _removed: True,
        dtype: str = "its number format",
    ) -> None:
        self._config = config
        self._space = space
        self._allowed = allowed
        self._dtype = dtype
        self._searcher = searcher
        self._race = Race(scorer, racing.promoted_share, fitness)
        self.ended_by = ""
        """The limit that ended ``run`` early, in a sentence."""

    @property
    def k(self) -> int:
        """How many layers an answer removes."""
        return self._space.k

    @property
    def finished(self) -> bool:
        """Whether the searcher asks for nothing more."""
        return self._searcher.finished

    @property
    def iteration(self) -> int:
        """How many iterations are over."""
        return self._searcher.iteration

    @property
    def iterations(self) -> int:
        """How many iterations are planned."""
        return self._searcher.iterations

    @property
    def best(self) -> Leader | None:
        """The best set of the asked size that was scored on all windows."""
        return self._race.champion(self._space.k)

    @property
    def leader(self) -> Leader:
        """The searcher's best so far, which may be a step on its way."""
        return self._searcher.best

    def run(self, limits: SearchLimits, spent: Callable[[], Spent]) -> Iterator[Population]:
        """All iterations, until the searcher asks for nothing more or a limit is reached.

        Args:
            limits: checked after each iteration.
            spent: what the search has cost when it is called.
        """
        while not self.finished:
            yield self.iterate()
            self.ended_by = limits.reached(SearchProgress(self.iteration - 1, self.best, *spent()))
            if self.ended_by:
                return

    def iterate(self) -> Population:
        """One iteration."""
        candidates = tuple(self._searcher.ask())
        valid = [removed for removed in candidates if self._is_possible(removed)]
        values = dict(zip(valid, self._race.run(valid), strict=True))
        fitness = tuple(values.get(removed, math.inf) for removed in candidates)
        self._searcher.tell(fitness, self._race.champion(len(candidates[0])))
        return Population(candidates, fitness)

    def result(self) -> Leader:
        """The best set of the asked size.

        Raises:
            LayerSwarmError: the family's config can describe none.
            BadInput: the model computes no numbers.
        """
        if self.best is not None and not math.isfinite(self.best[1]):
            raise BadInput(
                f"No set of {self._space.k} layers has a finite score: the model computes nan or inf in {self._dtype}; "
                "its weights are damaged, or try device.dtype=float32."
            )
        if self.best is None:
            raise LayerSwarmError(
                f"No set of {self._space.k} layers can be removed from this model without breaking the fixed pattern "
                "of its layer kinds; choose another number of layers."
            )
        return self.best

    def _is_possible(self, removed: RemovalSet) -> bool:
        """Whether the set is allowed, and can be written down: some families repeat a fixed pattern of layer kinds."""
        if len(removed) < self._space.k:
            return True  # a step on the way, not a result
        if not self._allowed(removed):
            return False
        try:
            pruned_config(self._config, removed)
        except BadInput:
            return False
        return True
