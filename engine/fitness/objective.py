"""What is minimised of a score."""

import math
from collections.abc import Callable

from engine.api.settings import Objective
from engine.fitness.memory import Score

Fitness = Callable[[Score], float]
"""Lower is better; a score that is no number is the worst there is."""


def fitness_of(objective: Objective) -> Fitness:
    """The fitness that the setting ``search.objective`` names."""
    return {"kl": kl_of, "perplexity": perplexity_of, "task": error_of}[objective]


def kl_of(score: Score) -> float:
    """KL divergence from the dense model in nats per token: the default."""
    return math.inf if math.isnan(score.kl) else score.kl


def perplexity_of(score: Score) -> float:
    """Perplexity of the calibration text, whatever the dense model thinks of it."""
    return math.inf if math.isnan(score.nll) else perplexity(score.nll)


def error_of(score: Score) -> float:
    """Share of the task's questions that is answered wrongly."""
    return math.inf if math.isnan(score.accuracy) else 1.0 - score.accuracy


def perplexity(nll: float) -> float:
    """The exponential of a mean negative log-likelihood in nats; infinite where a float cannot hold it."""
    try:
        return math.exp(nll)
    except OverflowError:
        return math.inf
