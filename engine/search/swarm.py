"""The common part of PSO and WOA: a population of positions, warm start, new candidates, refinement of the best."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np

from engine.api.events import RemovalSet
from engine.search.diversity import Novelty, neighbour, neighbourhood
from engine.search.encoding import HIGH, LOW, Positions, decode, encode
from engine.search.searcher import Leader, Rounds, SearchProblem, comparable
from engine.search.surrogate import Surrogate


class Swarm(Rounds, ABC):
    """A swarm of positions; a subclass defines how they move.

    The last ``refine_share`` of the candidates are scouts: neighbours of the best set so far, one or two swaps away,
    chosen by a surrogate model of the fitness or at random. The other members move by the algorithm's own equations,
    which alone remain when ``avoid_repeats`` is off and ``refine_share`` is 0.

    Args:
        problem: Settings with the parameters of the algorithm, space, starts and the cost of single layers. At most
            half of the first population is taken from the starts, the rest is random.
    """

    def __init__(self, problem: SearchProblem) -> None:
        settings, space = problem.settings, problem.space
        super().__init__(iterations=settings.iterations if space.size > 1 else 1)
        self.settings = settings
        self.space = space
        self.rng = problem.rng
        self._novelty = Novelty(space, self.rng) if settings.avoid_repeats else None
        self._surrogate = Surrogate(space, problem.single_cost) if settings.guided_scouts else None
        self._scouts = min(round(settings.refine_share * settings.population), settings.population - 1)
        self.members = settings.population - self._scouts if space.size > 1 else 1
        first = self._first_positions(problem.starts)
        self.positions, self._first_scouts = first[: self.members], first[self.members :]
        self.best_position = self.positions[0]
        self._asked: list[RemovalSet] | None = None
        self._scout_positions = np.empty((0, space.n))

    def ask(self) -> list[RemovalSet]:
        """Return the removal sets of the current positions and of the scouts."""
        if self._asked is None:
            if self.space.size > 1:
                self.positions = np.array([self._fresh(position) for position in self.positions])
            self._scout_positions = self._send_scouts()
            self._asked = [decode(row, self.space) for row in (*self.positions, *self._scout_positions)]
        return list(self._asked)

    def tell(self, fitness: Sequence[float], leader: Leader | None = None) -> None:
        """Take the fitness of the population and move it.

        Args:
            fitness: Fitness of each candidate in the order of ``ask``.
            leader: The best candidate so far by its score on all text; members and scouts follow it.

        Raises:
            ValueError: There are more or fewer values than candidates.
        """
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
        """Take the fitness of the current positions [members], for algorithms whose members remember their own."""

    @abstractmethod
    def moved(self) -> Positions:
        """Return the positions of the next iteration [members, n]; ``best_position`` [n] is the best so far."""

    @property
    def progress(self) -> float:
        """Share of the moves that are completed: 0 at the first move, just below 1 at the last."""
        return (self.iteration - 1) / max(self.iterations - 1, 1)

    def _position_of(self, removed: RemovalSet, asked: Sequence[RemovalSet]) -> Positions:
        """Return the position [n] of an asked candidate, or a random one of a leader from an earlier iteration."""
        if removed not in asked:
            return encode(removed, self.space, self.rng)
        rows = np.concatenate([self.positions, self._scout_positions])
        return np.array(rows[asked.index(removed)])

    def _first_positions(self, starts: Sequence[RemovalSet]) -> Positions:
        """Return the first positions [members + scouts, n]: at most half of them the starts, the rest random."""
        count = self.settings.population if self.space.size > 1 else 1
        positions = self.rng.uniform(LOW, HIGH, size=(count, self.space.n))
        for row, removed in enumerate(starts[: max(1, count // 2)]):
            positions[row] = encode(removed, self.space, self.rng)
        return positions

    def _send_scouts(self) -> Positions:
        """Return the positions of the scouts [scouts, n]."""
        if self._scouts == 0 or self.space.size == 1:
            return np.empty((0, self.space.n))
        if self.iteration == 0:  # there is no best set yet
            return np.array([self._fresh(position) for position in self._first_scouts])
        if self._surrogate is None:
            return np.array([self._neighbour() for _ in range(self._scouts)])
        guided = [encode(removed, self.space, self.rng) for removed in self._promising(self._surrogate)]
        return np.array([*guided, *(self._neighbour() for _ in range(self._scouts - len(guided)))])

    def _promising(self, surrogate: Surrogate) -> list[RemovalSet]:
        """Return new sets near the best one, each the lowest prediction of one draw of the surrogate."""
        taken = {decode(position, self.space) for position in self.positions}
        near = [removed for removed in neighbourhood(self.best[0], self.space, self.rng) if removed not in taken]
        if self._novelty is not None:
            near = [removed for removed in near if self._novelty.is_new(removed)]
        picked: list[int] = []
        for values in surrogate.sampled(near, min(self._scouts, len(near)), self.rng) if near else ():
            values[picked] = np.inf
            picked.append(int(values.argmin()))
        chosen = [near[index] for index in picked]
        if self._novelty is not None:
            self._novelty.note(chosen)
        return chosen

    def _fresh(self, position: Positions) -> Positions:
        return position if self._novelty is None else self._novelty.fresh(position)

    def _neighbour(self) -> Positions:
        if self._novelty is None:
            return neighbour(self.best_position, self.space, self.rng)
        return self._novelty.fresh_neighbour(self.best_position)
