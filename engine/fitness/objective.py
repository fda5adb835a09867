"""Objectives: the figure of a score that a search minimises."""

import math
from collections.abc import Callable

from engine.api.settings import Objective
from engine.fitness.memory import Score

Fitness = Callable[[Score], float]
"""Maps a score to a fitness; lower is better, and NaN becomes infinite, the worst fitness."""


def fitness_of(objective: Objective) -> Fitness:
    """Return the fitness that the setting ``search.objective`` names."""
    return {"kl": kl_of, "perplexity": perplexity_of, "task": error_of}[objective]


def kl_of(score: Score) -> float:
    """Return the KL divergence from the dense model in nats per token, the default objective."""
    return math.inf if math.isnan(score.kl) else score.kl


def perplexity_of(score: Score) -> float:
    """Return the perplexity of the calibration text, regardless of the dense model's predictions."""
    return math.inf if math.isnan(score.nll) else perplexity(score.nll)


def error_of(score: Score) -> float:
    """Return the share of the task's questions that is answered wrongly."""
    return math.inf if math.isnan(score.accuracy) else 1.0 - score.accuracy


def perplexity(nll: float) -> float:
    """Return the exponential of a mean negative log-likelihood in nats; infinite when it overflows a float."""
    try:
        return math.exp(nll)
    except OverflowError:
        return math.inf
