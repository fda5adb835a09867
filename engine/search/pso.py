"""Particle swarm optimisation."""

import numpy as np

from engine.search.encoding import HIGH, LOW, Positions
from engine.search.searcher import SearchProblem
from engine.search.swarm import Swarm


class ParticleSwarm(Swarm):
    """PSO with inertia weight.

    v <- w v + c1 r1 (own best - x) + c2 r2 (neighbourhood's best - x), x <- x + v, with r1 and r2 uniform in [0, 1] for
    each particle and layer. The inertia w decreases linearly; v is clamped; the neighbourhood is the whole swarm or, in
    the ring, a particle and its two neighbours. A particle that reaches the boundary of the space stops there: its
    velocity in that direction becomes 0.

    References:
        Kennedy and Eberhart 1995, https://doi.org/10.1109/ICNN.1995.488968;
        inertia weight: Shi and Eberhart 1998, https://doi.org/10.1109/ICEC.1998.699146;
        ring: Kennedy 1999, https://doi.org/10.1109/CEC.1999.785509.

    Args:
        problem: Settings with the parameters ``pso``, space, starts and the cost of single layers.
    """

    def __init__(self, problem: SearchProblem) -> None:
        super().__init__(problem)
        self._limit = self.settings.pso.velocity_limit * (HIGH - LOW)
        self._velocity = self.rng.uniform(-self._limit, self._limit, size=self.positions.shape)
        self._own_best = self.positions.copy()
        self._own_fitness = np.full(len(self.positions), np.inf)

    def note(self, fitness: Positions) -> None:
        """Update the best position of every particle.

        Args:
            fitness: Fitness of the current positions [members].
        """
        improved = fitness < self._own_fitness
        self._own_best[improved] = self.positions[improved]
        self._own_fitness[improved] = fitness[improved]

    def moved(self) -> Positions:
        """Return the next position of every particle [members, n]."""
        self._velocity = self._next_velocity()
        moved = self.positions + self._velocity
        self._velocity[(moved < LOW) | (moved > HIGH)] = 0.0
        return moved

    def _next_velocity(self) -> Positions:
        """Return the next velocity of every particle [members, n]."""
        pso, here = self.settings.pso, self.positions
        inertia = pso.inertia_start + (pso.inertia_end - pso.inertia_start) * self.progress
        r1, r2 = self.rng.random(here.shape), self.rng.random(here.shape)
        pulled = pso.c1 * r1 * (self._own_best - here) + pso.c2 * r2 * (self._leaders() - here)
        return np.clip(inertia * self._velocity + pulled, -self._limit, self._limit)

    def _leaders(self) -> Positions:
        """Return the position that each particle follows [members, n]."""
        if self.settings.pso.neighbourhood == "global":
            return np.broadcast_to(self.best_position, self.positions.shape)
        members = np.arange(len(self.positions))
        ring = np.stack([np.roll(members, 1), members, np.roll(members, -1)])
        leader = ring[self._own_fitness[ring].argmin(axis=0), members]
        leaders: Positions = self._own_best[leader]
        return leaders
