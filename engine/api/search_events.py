"""What the engine says of the search for the removal set."""

import msgspec

from engine.api.event import Event, RemovalSet
from engine.api.search_settings import Algorithm, Objective


class CandidatesScored(Event, frozen=True, kw_only=True):
    """New scores, to be remembered for good: key (removed, level, calibration, model)."""

    model: str
    calibration: str
    level: int
    removed: tuple[RemovalSet, ...]
    kl: tuple[float, ...]
    nll: tuple[float, ...]
    accuracy: tuple[float, ...] = ()
    """Of a task's questions; empty where the calibration set is text."""


class IterationFinished(Event, frozen=True, kw_only=True):
    """One iteration. Fitness is what the objective says: of the best on all windows, else on the first ``level``."""

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
    """Calibration windows that every candidate saw; 0 in journals older than racing: all."""
    evaluations: int
    """Candidates really computed so far; remembered ones are free."""
    remembered: int
    layer_applications: int
    tokens: float | None = None
    """What the layer applications amount to in tokens of a whole forward pass; None in older journals."""


class ParetoPoint(msgspec.Struct, frozen=True, kw_only=True):
    """The best set of one number of layers."""

    removed: RemovalSet
    fitness: float
    bytes: int
    """Of the model without the set."""
    time_share: float
    """Time of its layers as a share of the dense model's, by the analysis."""
    cost: float
    """The weighted sum; the lowest is the answer."""


class SearchFinished(Event, frozen=True, kw_only=True):
    """The removal set that the search leaves; ``early`` when a person stopped it."""

    removed: RemovalSet
    fitness: float
    objective: Objective = "kl"
    evaluations: int
    layer_applications: int
    seconds: float
    early: bool = False
    front: tuple[ParetoPoint, ...] = ()
    """Where several numbers of layers were searched: those that no other one beats, the largest model first."""


class TextFit(msgspec.Struct, frozen=True):
    """How near a model is to the dense one on a text that it was not calibrated on."""

    kl: float
    perplexity: float


class SearchCompared(Event, frozen=True, kw_only=True):
    """One search of a comparison. Every search begins with the scores of the analysis and with no others."""

    algorithm: Algorithm
    seed: int
    removed: RemovalSet
    objective: Objective = "kl"
    fitness: float
    """What the objective says, on all calibration windows."""
    heldout_kl: float
    heldout_perplexity: float
    texts: dict[str, TextFit] = msgspec.field(default_factory=dict)
    """By path, for the texts that were asked for."""
    parameters: int
    bytes: int
    """Of the model without the removal set."""
    candidates: int
    tokens: int
    """Sent through the model, as whole forward passes, beyond the analysis."""
    seconds: float
    course_tokens: tuple[int, ...]
    """Spent after each iteration that has an answer."""
    course_fitness: tuple[float, ...]
    """Of the best set after each of these iterations."""
    importance: tuple[float, ...]
    """Share of the best fifth of all candidates that remove layer i, [layers]: high for what the model misses least."""
