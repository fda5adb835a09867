"""What PSO and WOA share: a population of positions, warm start, fresh candidates, refinement of the best."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

import numpy as np

from engine.api.events import RemovalSet
from engine.api.settings import SearchSettings
from engine.search.diversity import Novelty, neighbour, neighbourhood
from engine.search.encoding import HIGH, LOW, Positions, decode, encode
from engine.search.searcher import Leader, Rounds, comparable
from engine.search.space import SearchSpace
from engine.search.surrogate import Surrogate


class Swarm(Rounds, ABC):
    """A swarm of positions; a subclass says how they move.

    The last ``refine_share`` of the candidates are scouts: swap neighbours of the best set so far, those that a model
    of the fitness expects most of, or any. The other members move by the algorithm's own equations. With
    ``avoid_repeats`` off and ``refine_share`` 0 nothing is left but these.

    Args:
        settings: population, iterations, seed and the algorithm's own parameters.
        space: the removal sets.
        starts: removal sets to begin with; at most half of the population, the rest is random.
        single_cost: fitness of each layer when it alone is removed, as far as it is known.
    """

    def __init__(
        self,
        settings: SearchSettings,
        space: SearchSpace,
        starts: Sequence[RemovalSet],
        single_cost: Mapping[int, float],
    ) -> None:
        super().__init__(iterations=settings.iterations if space.size > 1 else 1)
        self.settings = settings
        self.space = space
        self.rng = np.random.default_rng(settings.seed)
        self._novelty = Novelty(space, self.rng) if settings.avoid_repeats else None
        self._surrogate = Surrogate(space, single_cost) if settings.guided_scouts else None
        self._scouts = min(round(settings.refine_share * settings.population), settings.population - 1)
        self.members = settings.population - self._scouts if space.size > 1 else 1
        first = self._first_positions(starts)
        self.positions, self._first_scouts = first[: self.members], first[self.members :]
        self.best_position = self.positions[0]
        self._asked: list[RemovalSet] | None = None
        self._scout_positions = np.empty((0, space.n))

    def ask(self) -> list[RemovalSet]:
        """The removal sets of the present positions, and of the scouts."""
        if self._asked is None:
            if self.space.size > 1:
                self.positions = np.array([self._fresh(position) for position in self.positions])
            self._scout_positions = self._send_scouts()
            self._asked = [decode(row, self.space) for row in (*self.positions, *self._scout_positions)]
        return list(self._asked)

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """Take the fitness of the population and move it."""
        if self._asked is None or len(fitness) != len(self._asked):
            raise ValueError(f"{len(fitness)} values of fitness for {len(self._asked or [])} candidates")
        values = comparable(fitness)
        before = self._best
        self.see(self._asked, values, leader)
        if self._surrogate is not None:
            self._surrogate.learn(self._asked, values)
        if before is None or self.best[0] != before[0]:
            self.best_position = self._position_of(self.best[0], self._asked)
        self._asked = None
        self.iteration += 1
        if not self.finished:
            self.note(np.array(values[: self.members]))
            self.positions = np.clip(self.moved(), LOW, HIGH)

    def note(self, fitness: Positions) -> None:
        """Take the fitness of the present positions [members], where members remember their own."""

    @abstractmethod
    def moved(self) -> Positions:
        """The positions of the next iteration [members, n]; ``best_position`` is the best of all so far."""

    @property
    def progress(self) -> float:
        """Share of the moves that are over: 0 at the first, just below 1 at the last."""
        return (self.iteration - 1) / max(self.iterations - 1, 1)

    def _position_of(self, removed: RemovalSet, asked: Sequence[RemovalSet]) -> Positions:
        """Where the asked candidate is; some place of its own for a leader that was not asked now."""
        if removed not in asked:
            return encode(removed, self.space, self.rng)
        rows = np.concatenate([self.positions, self._scout_positions])
        return np.array(rows[asked.index(removed)])

    def _first_positions(self, starts: Sequence[RemovalSet]) -> Positions:
        """Members, then scouts: half of all at most from the starts, the rest anywhere."""
        count = self.settings.population if self.space.size > 1 else 1
        positions = self.rng.uniform(LOW, HIGH, size=(count, self.space.n))
        for row, removed in enumerate(starts[: max(1, count // 2)]):
            positions[row] = encode(removed, self.space, self.rng)
        return positions

    def _send_scouts(self) -> Positions:
        if self._scouts == 0 or self.space.size == 1:
            return np.empty((0, self.space.n))
        if self.iteration == 0:  # nothing to be near to yet
            return np.array([self._fresh(position) for position in self._first_scouts])
        if self._surrogate is None:
            return np.array([self._neighbour() for _ in range(self._scouts)])
        guided = [encode(removed, self.space, self.rng) for removed in self._promising(self._surrogate)]
        return np.array([*guided, *(self._neighbour() for _ in range(self._scouts - len(guided)))])

    def _promising(self, surrogate: Surrogate) -> list[RemovalSet]:
        """Sets near the best that were not asked before, each the first choice of one draw of the surrogate."""
        taken = {decode(position, self.space) for position in self.positions}
        near = [removed for removed in neighbourhood(self.best[0], self.space, self.rng) if removed not in taken]
        if self._novelty is not None:
            near = [removed for removed in near if self._novelty.is_new(removed)]
        chosen: list[RemovalSet] = []
        for _ in range(min(self._scouts, len(near))):
            values = surrogate.sampled(near, self.rng)
            chosen.append(near.pop(int(values.argmin())))
        if self._novelty is not None:
            self._novelty.note(chosen)
        return chosen

    def _fresh(self, position: Positions) -> Positions:
        return position if self._novelty is None else self._novelty.fresh(position)

    def _neighbour(self) -> Positions:
        if self._novelty is None:
            return neighbour(self.best_position, self.space, self.rng)
        return self._novelty.fresh_neighbour(self.best_position)
