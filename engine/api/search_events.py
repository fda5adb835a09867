"""Events of the search for the removal set."""

from typing import Literal

import msgspec

from engine.api.event import Event, RemovalSet
from engine.api.search_settings import Algorithm, Objective

Baseline = Literal["block_influence", "angular", "analysis"]
"""What proposes a removal set at once: Block Influence, angular distance, or the analysis of single layers."""


class CandidatesScored(Event, frozen=True, kw_only=True):
    """New scores, remembered permanently by the key (removed, level, calibration, model)."""

    model: str
    calibration: str
    level: int
    removed: tuple[RemovalSet, ...]
    kl: tuple[float, ...]
    nll: tuple[float, ...]
    accuracy: tuple[float, ...] = ()
    """Accuracy on a task's questions; empty where the calibration set is text."""


class IterationFinished(Event, frozen=True, kw_only=True):
    """One iteration is done. Fitness is the objective: of the best on ``best_level``, of the others on ``level``.

    A level is a number of calibration windows, or of questions where the objective is a task.
    """

    iteration: int
    """From 0."""
    iterations: int
    objective: Objective = "kl"
    best_fitness: float
    best_removed: RemovalSet
    mean_fitness: float
    worst_fitness: float
    removal_frequency: tuple[float, ...]
    """Share of this iteration's candidates that remove layer i, [layers]."""
    candidates: tuple[RemovalSet, ...]
    fitness: tuple[float, ...]
    level: int = 0
    """Level on which every candidate was scored; 0 (in journals older than racing) for all windows."""
    best_level: int = 0
    """Level on which the best set was scored: all windows or questions; 0 in older journals."""
    evaluations: int
    """Candidates computed so far, without remembered ones."""
    remembered: int
    layer_applications: int
    layer_items: int | None = None
    """Layer applications counted once for each window or question, without rounding, so that a resumed search counts on
    from the same number; None in older journals."""
    tokens: float | None = None
    """Layer applications expressed as tokens of whole forward passes; None in older journals."""


class BaselineScored(Event, frozen=True, kw_only=True):
    """The set that a baseline proposes at once was scored on all windows, as the answer of the search is."""

    baseline: Baseline
    removed: RemovalSet
    objective: Objective = "kl"
    fitness: float
    level: int
    """Number of windows, or of a task's questions."""


class ParetoPoint(msgspec.Struct, frozen=True, kw_only=True):
    """The best set for one number of layers."""

    removed: RemovalSet
    fitness: float
    """Fitness before any fold."""
    compensated_fitness: float | None = None
    """Fitness after the fold; None where the sets are compared without it."""
    bytes: int
    """Size of the model without the set."""
    time_share: float
    """Time of the kept layers as a share of the dense model's, from the analysis."""
    cost: float
    """The weighted sum; the set with the lowest cost is chosen."""

    @property
    def final_fitness(self) -> float:
        """The fitness that the sets are compared by: after the fold where there is one."""
        return self.fitness if self.compensated_fitness is None else self.compensated_fitness


class SearchFinished(Event, frozen=True, kw_only=True):
    """The search found its removal set; ``early`` where the user stopped it."""

    removed: RemovalSet
    fitness: float
    objective: Objective = "kl"
    level: int = 0
    """Number of windows, or of a task's questions, on which the fitness was measured; 0 in older journals."""
    evaluations: int
    layer_applications: int
    seconds: float
    early: bool = False
    front: tuple[ParetoPoint, ...] = ()
    """The Pareto front where several numbers of layers were searched, the largest model first."""


class TextFit(msgspec.Struct, frozen=True):
    """Distance of a model to the dense one on a text that it was not calibrated on."""

    kl: float
    perplexity: float


class SearchCompared(Event, frozen=True, kw_only=True):
    """One search of a comparison is done. Every search starts with the scores of the analysis alone."""

    algorithm: Algorithm
    seed: int
    removed: RemovalSet
    objective: Objective = "kl"
    fitness: float
    """The objective on all calibration windows."""
    heldout_kl: float
    heldout_perplexity: float
    texts: dict[str, TextFit] = msgspec.field(default_factory=dict)
    """Distances on the requested texts, by path."""
    parameters: int
    bytes: int
    """Size of the model without the removal set."""
    candidates: int
    tokens: int
    """Tokens sent through the model beyond the analysis, as whole forward passes."""
    seconds: float
    course_tokens: tuple[int, ...]
    """Tokens spent after each iteration that has a best set."""
    course_fitness: tuple[float, ...]
    """Fitness of the best set after each of these iterations."""
    importance: tuple[float, ...]
    """Share of the best fifth of all candidates that remove layer i, [layers]; high for dispensable layers."""


SearchEvent = CandidatesScored | IterationFinished | BaselineScored | SearchFinished | SearchCompared
