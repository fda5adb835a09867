"""Whale optimisation algorithm."""

import numpy as np

from engine.search.encoding import Positions
from engine.search.swarm import Swarm


class WhaleSwarm(Swarm):
    """WOA (Mirjalili and Lewis 2016, https://doi.org/10.1016/j.advengsoft.2016.01.008, equations 2.1 to 2.8).

    All whales move at once. With a decreasing linearly to 0, A = 2 a r - a and C = 2 r, a whale either circles the
    best X* or, while |A| >= 1, a random whale: X <- X' - A |C X' - X|; or it spirals towards the best:
    X <- |X* - X| e^(b l) cos(2 pi l) + X*. As in the authors' reference code, the random whale and l are drawn for each
    coordinate, and l is uniform between a2 and 1, where a2 decreases from -1 to -2; A, C and the choice between the
    moves are drawn once for each whale.

    Args:
        problem: Settings with the parameters ``woa``, space, starts and the cost of single layers.
    """

    def moved(self) -> Positions:
        """Return the next position of every whale [members, n], led by the best or by a random one."""
        return np.array([self._moved(whale) for whale in self.positions])

    def _moved(self, whale: Positions) -> Positions:
        """Return the next position of one whale [n]."""
        if self.rng.random() < self.settings.woa.spiral_probability:
            return self._spiral(whale)
        a = self.settings.woa.a_start * (1.0 - self.progress)
        step = 2.0 * a * self.rng.random() - a
        weight = 2.0 * self.rng.random()
        target = self.best_position if abs(step) < 1.0 else self._random_whales()
        return target - step * np.abs(weight * target - whale)

    def _spiral(self, whale: Positions) -> Positions:
        """Return a position [n] on the spiral from the whale to the best."""
        lowest = -1.0 - self.progress
        turn = (lowest - 1.0) * self.rng.random(self.space.n) + 1.0
        distance = np.abs(self.best_position - whale)
        place: Positions = distance * np.exp(self.settings.woa.spiral * turn) * np.cos(2.0 * np.pi * turn)
        place += self.best_position
        return place

    def _random_whales(self) -> Positions:
        """Return a position [n] that takes each coordinate from another random whale."""
        chosen = self.rng.integers(len(self.positions), size=self.space.n)
        mixed: Positions = self.positions[chosen, np.arange(self.space.n)]
        return mixed
