"""Events that summarise the runs of a project: a few figures of each run, and the research table."""

from typing import Literal

import msgspec

from engine.api.evaluation_events import Spread, Variant
from engine.api.event import Event
from engine.api.search_settings import Objective


class ModelPoint(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one model of a run that can be compared with those of others."""

    variant: Variant
    bytes: int
    heldout_kl: float
    accuracies: dict[str, float] = msgspec.field(default_factory=dict)
    """Accuracy of each task."""
    decode: Spread | None = None
    """Decode speed at the first prompt length and batch size; None where it was not measured."""
    busy: bool = False
    """Whether other programs kept the computer busy while the speed was measured."""


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
    models: tuple[ModelPoint, ...] = ()
    """Its measured models, each made from the one before."""
    digest: str = ""
    """Identifies the dense model; empty before it was read."""
    title: str = ""
    """The name that a person has given it; empty for ``run``."""
    note: str = ""
    starred: bool = False


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
