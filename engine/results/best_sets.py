"""The best known removal set of every size, from the scores that a project's runs remember: no search, no model."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable

import msgspec

from engine.api.events import CandidatesScored, Event, RemovalSet
from engine.api.settings import Objective


class KnownSet(msgspec.Struct, frozen=True, kw_only=True):
    """A removal set and the best that is known of it."""

    removed: RemovalSet
    fitness: float
    """What the objective says; lower is better."""
    level: int
    """Calibration windows, or questions, that it was scored on."""
    complete: bool
    """Whether these are all of them. Fitness can be compared among complete sets only."""


class ScoreBook:
    """All that is known of a model on one calibration set, by removal set.

    Args:
        events: Of every run, the oldest first.
        objective: What fitness is taken from a score.
        calibration: Name of the calibration set, as in ``CandidatesScored``; the latest that has the objective's
            scores when not given.
        prunable: The layers that may be removed; all when not given.
    """

    def __init__(
        self,
        events: Iterable[Event],
        objective: Objective,
        calibration: str | None = None,
        prunable: Collection[int] | None = None,
    ) -> None:
        scored = [event for event in events if isinstance(event, CandidatesScored) and _tells(event, objective)]
        named = [event for event in scored if calibration in (None, event.calibration)]
        latest = named[-1] if named else None
        self._fitness: dict[RemovalSet, dict[int, float]] = defaultdict(dict)
        for event in named:
            if latest is not None and (event.model, event.calibration) == (latest.model, latest.calibration):
                self._take_in(event, objective, prunable)
        self.windows = max((level for levels in self._fitness.values() for level in levels), default=0)
        """Of the full calibration set."""

    def best_of_each(self) -> list[KnownSet]:
        """The best set of every number of layers of which any is known, the fewest layers first."""
        return [self.known(number)[0] for number in self.numbers]

    @property
    def numbers(self) -> list[int]:
        """Numbers of layers of which a set is known."""
        return sorted({len(removed) for removed in self._fitness})

    def known(self, number: int) -> list[KnownSet]:
        """Every known set of so many layers: those scored on all windows first, and the best first among equals."""
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


def _tells(event: CandidatesScored, objective: Objective) -> bool:
    """Whether the scores are of the kind that the objective asks for: of text, or of a task's questions."""
    return bool(event.accuracy) == (objective == "task")


def _fitness(value: float, objective: Objective) -> float:
    if math.isnan(value):
        return math.inf
    if objective == "perplexity":
        return math.exp(value) if value < 700 else math.inf
    return 1.0 - value if objective == "task" else value
