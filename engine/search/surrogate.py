"""A cheap model of the fitness, learnt from all that was told: it says which swaps are worth asking for."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.api.events import RemovalSet
from engine.search.space import SearchSpace

Matrix = NDArray[np.float64]

_RIDGE = 1.0
"""Strength of the pull towards zero, in units of the features: as much as one candidate tells."""


class Surrogate:
    """Bayesian ridge regression of log fitness, with Thompson sampling (Agrawal and Goyal 2013).

    Features of a removal set: which layers go, which neighbours go together (a model repairs one long gap more easily
    than two short ones), and the sum of what the analysis says that each layer costs alone.

    Args:
        space: the removal sets.
        single_cost: fitness of each layer when it alone is removed; empty when nothing is known.
    """

    def __init__(self, space: SearchSpace, single_cost: Mapping[int, float]) -> None:
        self._space = space
        known = [single_cost.get(layer, np.nan) for layer in space.prunable]
        costs = np.array(known, dtype=np.float64)
        usable = np.isfinite(costs).all() and len(costs) > 0 and costs.std() > 0
        self._costs = (costs - costs.mean()) / costs.std() if usable else np.zeros(space.n)
        self._told: dict[RemovalSet, float] = {}

    def learn(self, candidates: Sequence[RemovalSet], fitness: Sequence[float]) -> None:
        """Take in what was told; a fitness without a logarithm teaches nothing."""
        for removed, value in zip(candidates, fitness, strict=True):
            if np.isfinite(value) and value > 0 and len(removed) == self._space.k:
                self._told[removed] = float(np.log(value))

    def sampled(self, candidates: Sequence[RemovalSet], rng: np.random.Generator) -> Matrix:
        """Log fitness of each candidate by one draw from the posterior [candidates]; before learning, a random draw."""
        features = self._features(candidates)
        mean, root = self._posterior(features.shape[1])
        weights = mean + root @ rng.standard_normal(len(mean))
        values: Matrix = features @ weights
        return values

    def _posterior(self, width: int) -> tuple[Matrix, Matrix]:
        """Mean of the weights and a root of their covariance."""
        if not self._told:
            return np.zeros(width), np.eye(width)
        features = self._features(list(self._told))
        values = np.array(list(self._told.values()))
        centre = values.mean()
        precision = features.T @ features + _RIDGE * np.eye(width)
        mean = np.linalg.solve(precision, features.T @ (values - centre))
        noise = float(np.std(values - centre - features @ mean))
        root = np.linalg.inv(np.linalg.cholesky(precision)).T
        return mean, noise * root

    def _features(self, candidates: Sequence[RemovalSet]) -> Matrix:
        """[candidates, features]"""
        place = {layer: index for index, layer in enumerate(self._space.prunable)}
        gone = np.zeros((len(candidates), self._space.n))
        for row, removed in enumerate(candidates):
            gone[row, [place[layer] for layer in removed]] = 1.0
        together = gone[:, 1:] * gone[:, :-1]
        return np.column_stack([np.ones(len(gone)), gone, together, gone @ self._costs])
