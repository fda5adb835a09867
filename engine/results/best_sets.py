"""Look up the best known removal set of every size in the scores of a project's runs, without search or model."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable

import msgspec

from engine.api.events import CandidatesScored, Event, RemovalSet
from engine.api.settings import Objective


class KnownSet(msgspec.Struct, frozen=True, kw_only=True):
    """A removal set and its best known score."""

    removed: RemovalSet
    fitness: float
    """Value of the objective; lower is better."""
    level: int
    """Number of calibration windows, or questions, on which it was scored."""
    complete: bool
    """Whether it was scored on all of them. Only the fitness of complete sets can be compared."""


class ScoreBook:
    """Collects all scores of a model on one calibration set, by removal set.

    Args:
        events: Events of all runs, oldest first.
        objective: The objective whose value is the fitness.
        calibration: Name of the calibration set, as in ``CandidatesScored``; by default the latest one with scores of
            the objective.
        prunable: The layers that may be removed; by default all.
    """

    def __init__(
        self,
        events: Iterable[Event],
        objective: Objective,
        calibration: str | None = None,
        prunable: Collection[int] | None = None,
    ) -> None:
        scored = [event for event in events if isinstance(event, CandidatesScored) and _has_scores(event, objective)]
        named = [event for event in scored if calibration in (None, event.calibration)]
        latest = named[-1] if named else None
        self._fitness: dict[RemovalSet, dict[int, float]] = defaultdict(dict)
        for event in named:
            if latest is not None and (event.model, event.calibration) == (latest.model, latest.calibration):
                self._take_in(event, objective, prunable)
        self.windows = max((level for levels in self._fitness.values() for level in levels), default=0)
        """Number of windows of the full calibration set."""

    def best_of_each(self) -> list[KnownSet]:
        """Return the best set for each known number of layers, fewest layers first."""
        return [self.known(number)[0] for number in self.numbers]

    @property
    def numbers(self) -> list[int]:
        """The numbers of layers for which a set is known."""
        return sorted({len(removed) for removed in self._fitness})

    def known(self, number: int) -> list[KnownSet]:
        """Return all known sets of a number of layers, sorted by scored windows (most first), then by fitness."""
        sets = [self._known_set(removed) for removed in self._fitness if len(removed) == number]
        return sorted(sets, key=lambda each: (-each.level, each.fitness, each.removed))

    def _take_in(self, event: CandidatesScored, objective: Objective, prunable: Collection[int] | None) -> None:
        values = {"kl": event.kl, "perplexity": event.nll, "task": event.accuracy}[objective]
        for removed, value in zip(event.removed, values, strict=True):
            if removed and (prunable is None or set(removed) <= set(prunable)):
                self._fitness[tuple(removed)][event.level] = _fitness(value, objective)

    def _known_set(self, removed: RemovalSet) -> KnownSet:
        level = max(self._fitness[removed])
        fitness = self._fitness[removed][level]
        return KnownSet(removed=removed, fitness=fitness, level=level, complete=level == self.windows)


def _has_scores(event: CandidatesScored, objective: Objective) -> bool:
    """Return whether the scores are those of the objective: on text, or on a task's questions."""
    return bool(event.accuracy) == (objective == "task")


def _fitness(value: float, objective: Objective) -> float:
    if math.isnan(value):
        return math.inf
    if objective == "perplexity":
        return math.exp(value) if value < 700 else math.inf
    return 1.0 - value if objective == "task" else value
