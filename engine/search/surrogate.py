"""A surrogate model of the fitness, fitted to all candidates so far, that predicts which swaps are worth scoring."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.api.events import RemovalSet
from engine.search.space import SearchSpace

Matrix = NDArray[np.float64]

_RIDGE = 1.0
"""Ridge penalty: the prior weighs as much as one candidate, since features are 0 or 1."""


class Surrogate:
    """Bayesian ridge regression of log fitness, with Thompson sampling.

    Features of a removal set: which layers are removed, which neighbours are removed together (a model compensates for
    one long gap more easily than for two short ones), and the sum of the layers' single costs.

    Reference: Agrawal and Goyal 2013, https://arxiv.org/abs/1209.3352.

    Args:
        space: The removal sets.
        single_cost: Fitness of each layer when it alone is removed, by layer; empty if unknown.
    """

    def __init__(self, space: SearchSpace, single_cost: Mapping[int, float]) -> None:
        self._space = space
        known = [single_cost.get(layer, np.nan) for layer in space.prunable]
        costs = np.array(known, dtype=np.float64)
        usable = np.isfinite(costs).all() and len(costs) > 0 and costs.std() > 0
        self._costs = (costs - costs.mean()) / costs.std() if usable else np.zeros(space.n)
        self._log_fitness: dict[RemovalSet, float] = {}
        self._fitted: tuple[Matrix, Matrix] | None = None

    def learn(self, candidates: Sequence[RemovalSet], fitness: Sequence[float]) -> None:
        """Add scored candidates; those whose fitness has no finite logarithm are ignored.

        Args:
            candidates: A population.
            fitness: Fitness of each candidate.
        """
        self._fitted = None
        for removed, value in zip(candidates, fitness, strict=True):
            if np.isfinite(value) and value > 0 and len(removed) == self._space.k:
                self._log_fitness[removed] = float(np.log(value))

    def sampled(self, candidates: Sequence[RemovalSet], draws: int, rng: np.random.Generator) -> Matrix:
        """Predict log fitness [draws, candidates], each row with one draw of the weights from the posterior.

        Before anything is learnt, the weights are drawn from the prior.

        Args:
            candidates: Sets of the space.
            draws: Number of draws.
            rng: Draws the weights.
        """
        features = self._features(candidates)
        if self._fitted is None:
            self._fitted = self._posterior(features.shape[1])
        mean, root = self._fitted
        weights = mean + rng.standard_normal((draws, len(mean))) @ root.T
        values: Matrix = weights @ features.T
        return values

    def _posterior(self, width: int) -> tuple[Matrix, Matrix]:
        """Return the mean of the weights [features] and a square root of their covariance [features, features]."""
        if not self._log_fitness:
            return np.zeros(width), np.eye(width)
        features = self._features(list(self._log_fitness))
        values = np.array(list(self._log_fitness.values()))
        centre = values.mean()
        precision = features.T @ features + _RIDGE * np.eye(width)
        mean = np.linalg.solve(precision, features.T @ (values - centre))
        noise = float(np.std(values - centre - features @ mean))
        root = np.linalg.inv(np.linalg.cholesky(precision)).T
        return mean, noise * root

    def _features(self, candidates: Sequence[RemovalSet]) -> Matrix:
        """Return the features of each candidate [candidates, features]."""
        removed = np.array(candidates, dtype=np.int64).reshape(len(candidates), self._space.k)
        gone = np.zeros((len(candidates), self._space.n))
        gone[np.arange(len(candidates))[:, None], np.searchsorted(self._space.prunable, removed)] = 1.0
        together = gone[:, 1:] * gone[:, :-1]
        return np.column_stack([np.ones(len(gone)), gone, together, gone @ self._costs])
