"""Events that summarise the runs of a project: a few figures of each run, and the research table."""

from typing import Literal

import msgspec

from engine.api.evaluation_events import Variant
from engine.api.event import Event
from engine.api.search_settings import Objective


class RunSummarised(Event, frozen=True, kw_only=True):
    """A few figures of one run: its search, and the measurements of its best model."""

    run: str
    algorithm: str
    started: float
    """Seconds since the epoch; 0 where the journal is empty."""
    objective: Objective = "kl"
    layers: int | None = None
    """Layers removed; None before the search has ended."""
    fitness: float | None = None
    level: int = 0
    """Number of windows, or of a task's questions, on which the fitness was measured; 0 where unknown."""
    variant: Variant | None = None
    """The model that the figures describe: recovered where that helped, else pruned."""
    heldout_kl: float | None = None
    heldout_perplexity: float | None = None
    bytes: int | None = None
    course_evaluations: tuple[int, ...] = ()
    """Number of candidates measured after each iteration."""
    course_fitness: tuple[float, ...] = ()
    """Fitness of the best set after each of these iterations."""


class ResearchColumn(msgspec.Struct, frozen=True):
    """Results of one search algorithm; None for figures that were not measured."""

    algorithm: str
    run: str
    """The latest run of the algorithm that reached the furthest stage; empty where only comparisons have it."""
    layers: int
    """Layers removed."""
    size_reduction: float | None
    """Removed share of the bytes."""
    loss_of: Literal["accuracy", "perplexity", "KL"]
    """The figure whose loss is shown: mean accuracy over the tasks, else held-out perplexity, else held-out KL."""
    tasks: tuple[str, ...]
    """The tasks of the mean accuracy."""
    loss_before: float | None
    """Before retraining: lost share of the dense accuracy, relative increase of the perplexity, or the KL."""
    loss_after: float | None
    search_seconds: float | None
    candidates: float | None
    prefill_speed: float | None
    """Prefill speed of the result as a multiple of the dense model's."""
    decode_speed: float | None
    seeds: int
    agreement: float | None
    """Mean Jaccard index of the removal sets of two seeds."""
    spread: float | None
    """Largest minus least fitness over the seeds."""


class ResearchSummarised(Event, frozen=True, kw_only=True):
    """The research table: a column for each algorithm with a removal set."""

    columns: tuple[ResearchColumn, ...]
