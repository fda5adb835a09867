"""The evaluator: a whole population of removal sets in, one score each out."""

from collections.abc import Callable, Sequence
from copy import copy
from typing import TypeVar

import torch

from engine.api.errors import LayerSwarmError
from engine.api.events import RemovalSet
from engine.fitness.batches import TrieBatch
from engine.fitness.calibration_set import BRANCH_SHARE, CalibrationSet, items_of_a_batch
from engine.fitness.memory import Score, ScoreMemory
from engine.models.out_of_memory import halve_until_it_fits

T = TypeVar("T")

STATES_BYTES = 2 * 10**9
"""Memory for hidden states where nothing else is said."""


class Evaluator:
    """Scores removal sets on nested calibration levels, in memory: layers are skipped, nothing is copied.

    A level is a number of items (windows of text, questions of a task), counted from the first, so a larger level
    contains the smaller ones and every candidate of a level sees the same tokens. Scores are compared at one level
    only. Candidates of one call share their prefixes (``engine.fitness.trie``), and a candidate that was scored
    before costs nothing.

    Args:
        calibration: what candidates are scored on.
        memory: the scores already known; new ones are added to it.
        levels: nested numbers of items, rising; the last one must be all of them.
        check: called between layer applications; may raise to stop.
        states_bytes: memory for hidden states. The items of a batch are as many as let one state for each layer, the
            most that a walk of the trie holds, fit a quarter of it; the rest keeps the dense model's own states.
    """

    def __init__(
        self,
        calibration: CalibrationSet,
        memory: ScoreMemory,
        levels: Sequence[int] = (),
        check: Callable[[], None] = lambda: None,
        states_bytes: int = STATES_BYTES,
    ) -> None:
        self._calibration = calibration
        self.memory = memory
        self._check = check
        self.levels = tuple(levels) or (len(calibration),)
        if self.levels[-1] != len(calibration) or sorted(set(self.levels)) != list(self.levels):
            raise ValueError(f"levels {self.levels} do not rise to {len(calibration)}")
        self.evaluations = 0
        self.remembered = 0
        self._applications = 0.0
        self._states_bytes = states_bytes
        self._batch_items = items_of_a_batch(calibration, states_bytes)
        self._batches: list[TrieBatch] = []
        self._in_fitting_batches(lambda: None)

    @property
    def layer_applications(self) -> int:
        """Layers applied so far, the whole calibration set counting as one application."""
        return round(self._applications)

    @property
    def weight(self) -> int:
        """Positions, or questions, that are scored at the full level."""
        return sum(batch.weight for batch in self._batches)

    @property
    def tokens_per_application(self) -> float:
        """Tokens of a whole forward pass that one layer applied to the whole calibration set stands for."""
        return sum(batch.tokens for batch in self._batches) / len(self._calibration.stack)

    @property
    def batches(self) -> Sequence[TrieBatch]:
        """In order."""
        return self._batches

    def remembering(self, memory: ScoreMemory) -> "Evaluator":
        """One that shares the dense model's states, but knows what ``memory`` knows and counts from 0."""
        other = copy(self)
        other.memory = memory
        other.evaluations = other.remembered = 0
        other._applications = 0.0
        return other

    def scores(self, population: Sequence[RemovalSet], level: int | None = None) -> list[Score]:
        """The score of each removal set, in the order of ``population``.

        Args:
            population: sorted removal sets; repeated and remembered ones are free.
            level: one of ``levels``; the full calibration set when not given.
        """
        level = level or self.levels[-1]
        new = sorted({removed for removed in population if self.memory.get(removed, level) is None})
        if level == self.levels[0]:  # what is promoted to a higher level was counted there
            self.evaluations += len(new)
            self.remembered += len(population) - len(new)
        if new:
            measured = self._in_fitting_batches(lambda: self._measure(new, level))
            self.memory.remember(level, measured)
        return [self._known(removed, level) for removed in population]

    def _known(self, removed: RemovalSet, level: int) -> Score:
        score = self.memory.get(removed, level)
        assert score is not None
        return score

    def _measure(self, population: list[RemovalSet], level: int) -> dict[RemovalSet, Score]:
        """Scores at ``level``; the items of a smaller level that a candidate was scored on are not walked again."""
        known = {removed: self._smaller_level(removed, level) for removed in population}
        sums = {removed: self._sums(removed, smaller) for removed, smaller in known.items() if smaller}
        items = weight = 0
        for batch in self._batches_of(level):
            before = batch.applications
            missing = [removed for removed in population if known[removed] <= items]
            for removed, score in batch.score(missing, self._check).items():
                sums[removed] = sums[removed] + score if removed in sums else score
            items += batch.items
            weight += batch.weight
            self._applications += (batch.applications - before) * batch.items / len(self._calibration)
        return {removed: total * (1.0 / weight) for removed, total in sums.items()}

    def _smaller_level(self, removed: RemovalSet, level: int) -> int:
        """The largest level below ``level`` at which the score is known, 0 for none."""
        known = (smaller for smaller in self.levels if smaller < level and self.memory.get(removed, smaller))
        return max(known, default=0)

    def _sums(self, removed: RemovalSet, level: int) -> Score:
        """A known score as sums over its level."""
        return self._known(removed, level) * sum(batch.weight for batch in self._batches_of(level))

    def _batches_of(self, level: int) -> list[TrieBatch]:
        chosen, items = [], 0
        for batch in self._batches:
            if items >= level:
                break
            chosen.append(batch)
            items += batch.items
        return chosen

    def _build_batches(self) -> None:
        """Cut the items into batches that never straddle a level."""
        self._batches = []
        share = (1.0 - BRANCH_SHARE) * self._states_bytes / len(self._calibration)
        for start, stop in zip((0, *self.levels), self.levels, strict=False):
            for first in range(start, stop, self._batch_items):
                self._check()
                last = min(first + self._batch_items, stop)
                batch = self._calibration.batch(first, last, int(share * (last - first)))
                self._applications += batch.applications * batch.items / len(self._calibration)
                self._batches.append(batch)

    def _in_fitting_batches(self, work: Callable[[], T]) -> T:
        """Return the result of ``work``, with smaller batches where the present ones do not fit in memory."""

        def attempt(_size: int) -> T:
            if not self._batches:
                self._build_batches()
            return work()

        try:
            return halve_until_it_fits(self._batch_items, attempt, self._shrink_batches)
        except torch.OutOfMemoryError:
            raise LayerSwarmError(
                "The device ran out of memory on a single calibration window or question; "
                "choose shorter windows (calibration.window_length) or another device."
            ) from None

    def _shrink_batches(self, items: int) -> None:
        self._batch_items, self._batches = items, []
