"""What the engine says of all the runs of a project: each in a few figures, and the table of the research."""

from typing import Literal

import msgspec

from engine.api.evaluation_events import Variant
from engine.api.event import Event
from engine.api.search_settings import Objective


class RunSummarised(Event, frozen=True, kw_only=True):
    """One run of a project: where its search has come to, and what its best model has been measured to be."""

    run: str
    algorithm: str
    started: float
    """Seconds since the epoch; 0 where the journal is empty."""
    objective: Objective = "kl"
    layers: int | None = None
    """Layers removed; None before the search has ended."""
    fitness: float | None = None
    variant: Variant | None = None
    """The model that the figures are of: recovered where that helped, else pruned."""
    heldout_kl: float | None = None
    heldout_perplexity: float | None = None
    bytes: int | None = None
    course_evaluations: tuple[int, ...] = ()
    """Candidates measured after each iteration."""
    course_fitness: tuple[float, ...] = ()
    """Of the best set after each of these iterations."""


class ResearchColumn(msgspec.Struct, frozen=True):
    """What one algorithm has come to; None where nothing was measured."""

    algorithm: str
    run: str
    """The latest run of the algorithm that has come furthest; empty where it is known from comparisons only."""
    layers: int
    """Layers removed."""
    size_reduction: float | None
    """Share of the bytes."""
    loss_of: Literal["accuracy", "perplexity", "KL"]
    """What the losses are of: mean accuracy over the tasks; else held-out perplexity; else held-out KL."""
    tasks: tuple[str, ...]
    """Those that the mean is over."""
    loss_before: float | None
    """Before retraining: share of the dense model's accuracy that is lost, or by which its perplexity grows; or KL."""
    loss_after: float | None
    search_seconds: float | None
    candidates: float | None
    prefill_speed: float | None
    """Pace of the result as a multiple of the dense model's."""
    decode_speed: float | None
    seeds: int
    agreement: float | None
    """Mean Jaccard index of the removal sets of two seeds."""
    spread: float | None
    """Largest minus least fitness over the seeds."""


class ResearchTold(Event, frozen=True, kw_only=True):
    """The table of the research, a column for each algorithm with a removal set."""

    columns: tuple[ResearchColumn, ...]
