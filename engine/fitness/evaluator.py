"""Score whole populations of removal sets."""

from collections.abc import Callable, Sequence
from copy import copy
from typing import TypeVar

import torch

from engine.api.errors import LayerSwarmError
from engine.api.events import RemovalSet
from engine.api.message import worded
from engine.fitness.batches import TrieBatch
from engine.fitness.calibration_set import CalibrationSet, items_of_a_batch
from engine.fitness.crew import Crew
from engine.fitness.memory import Score, ScoreMemory
from engine.fitness.pieces import Cut, Piece, pieces_of
from engine.fitness.replica import Replica
from engine.models.out_of_memory import free_unused_memory, halve_until_it_fits, one_memory_error

T = TypeVar("T")

STATES_BYTES = 2 * 10**9
"""Default memory limit for hidden states."""


class Evaluator:
    """Scores removal sets on nested calibration levels by skipping layers, without copying weights.

    A level is a number of items (windows of text or questions of a task), counted from the first, so a larger level
    contains the smaller ones and all candidates of a level see the same tokens. Compare scores of the same level only.
    Candidates of one call share their prefixes (``engine.fitness.trie``), and scoring a candidate again is free.

    Args:
        calibration: The items that candidates are scored on.
        memory: Known scores; new ones are added.
        levels: Nested numbers of items in ascending order; the last one must be all items.
        check: Called between layer applications; may raise to stop.
        states_bytes: Memory limit for hidden states. A batch has so many items that one state per layer, the most that
            a walk of the trie holds, fits in a quarter of it; the rest keeps the dense model's states. Further states
            of a model whose layers are streamed are written to disk.
        crew: Shares the work with other devices; by default there are none. The scores are the same, to the last bit.

    Raises:
        ValueError: The levels do not ascend to the number of items.
        LayerSwarmError: The device runs out of memory on a single item.
    """

    def __init__(
        self,
        calibration: CalibrationSet,
        memory: ScoreMemory,
        levels: Sequence[int] = (),
        check: Callable[[], None] = lambda: None,
        states_bytes: int = STATES_BYTES,
        crew: Crew | None = None,
    ) -> None:
        self._calibration = calibration
        self.memory = memory
        self.levels = tuple(levels) or (len(calibration),)
        if self.levels[-1] != len(calibration) or sorted(set(self.levels)) != list(self.levels):
            raise ValueError(f"levels {self.levels} do not rise to {len(calibration)}")
        self.evaluations = 0
        self.remembered = 0
        self._layer_items = 0
        self._replica = Replica(calibration, states_bytes, check)
        self._crew = crew or Crew()
        self._batch_items = items_of_a_batch(calibration, states_bytes)
        self._joining = True
        self._batches: Sequence[TrieBatch] = ()
        self._in_fitting_batches(lambda: None)

    @property
    def layer_applications(self) -> int:
        """Number of layers applied so far, where one application covers the whole calibration set."""
        return round(self._layer_items / self.levels[-1])

    @property
    def layer_items(self) -> int:
        """Number of layers applied so far, counted once for each item."""
        return self._layer_items

    @property
    def weight(self) -> int:
        """Number of positions or questions scored at the full level."""
        return sum(batch.weight for batch in self._batches)

    @property
    def tokens_per_application(self) -> float:
        """Tokens of full forward passes that equal one layer application over the whole calibration set."""
        return sum(batch.tokens for batch in self._batches) / len(self._calibration.stack)

    @property
    def batches(self) -> Sequence[TrieBatch]:
        """The batches of this process's device, in the order of their items."""
        return self._batches

    def remembering(self, memory: ScoreMemory) -> "Evaluator":
        """Return an evaluator that shares the dense states, has another memory and starts its counters at 0."""
        other = copy(self)
        other.memory = memory
        other.evaluations = other.remembered = other._layer_items = 0
        return other

    def scores(self, population: Sequence[RemovalSet], level: int | None = None) -> list[Score]:
        """Return the score of each removal set, in the order of ``population``.

        Args:
            population: Sorted removal sets; repeated and remembered ones are free.
            level: One of ``levels``; by default the full calibration set.

        Raises:
            LayerSwarmError: The device runs out of memory on a single item.
        """
        level = level or self.levels[-1]
        new = sorted({removed for removed in population if self.memory.get(removed, level) is None})
        if level == self.levels[0]:  # candidates of higher levels were counted here before their promotion
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
        """Return scores at ``level``; items of a smaller level at which a candidate was scored are not walked again."""
        known = {removed: self._smaller_level(removed, level) for removed in population}
        sums = {removed: self._sums(removed, smaller) for removed, smaller in known.items() if smaller}
        items = weight = 0
        pieces: list[Piece] = []
        for number, batch in enumerate(self._batches_of(level)):
            candidates = [removed for removed in population if known[removed] <= items]
            pieces += pieces_of(number, batch, candidates, self._replica.room)
            items += batch.items
            weight += batch.weight
        found = self._crew.walk(self._replica, self._cut, pieces, self._calibration.stack.streamed)
        for piece, walked in zip(pieces, found, strict=True):
            self._layer_items += walked.layer_items
            for removed, score in zip(piece.candidates, walked.scores, strict=True):
                sums[removed] = sums[removed] + score if removed in sums else score
        return {removed: total * (1.0 / weight) for removed, total in sums.items()}

    def _smaller_level(self, removed: RemovalSet, level: int) -> int:
        """Return the largest level below ``level`` at which the score is known, or 0."""
        known = (smaller for smaller in self.levels if smaller < level and self.memory.get(removed, smaller))
        return max(known, default=0)

    def _sums(self, removed: RemovalSet, level: int) -> Score:
        """Return a known score as sums over its level."""
        return self._known(removed, level) * sum(batch.weight for batch in self._batches_of(level))

    def _batches_of(self, level: int) -> list[TrieBatch]:
        return [batch for batch, (start, _) in zip(self._batches, self._cut.bounds, strict=True) if start < level]

    @property
    def _cut(self) -> Cut:
        return Cut.at_levels(self.levels, self._batch_items, self._replica.dense_bytes, self._joining)

    def _build_batches(self) -> None:
        """Cut the items into batches, and run the dense model on all of them."""
        cut = self._cut
        self._batches = self._replica.batches(cut, range(len(cut.bounds)))
        self._layer_items += len(self._calibration) * len(self._calibration.stack)

    def _in_fitting_batches(self, work: Callable[[], T]) -> T:
        """Return the result of ``work``; where memory runs out, do not join candidates, then use smaller batches."""

        def attempt(_size: int) -> T:
            if self._joining:
                try:
                    with one_memory_error():
                        return self._with_batches(work)
                except torch.OutOfMemoryError:
                    pass  # tried again outside the handler, whose traceback keeps alive what filled the memory
                self._joining = False
                self._replica.stop_joining()
                free_unused_memory()
            return self._with_batches(work)

        try:
            return halve_until_it_fits(self._batch_items, attempt, self._shrink_batches)
        except torch.OutOfMemoryError:
            raise LayerSwarmError(
                worded(
                    "The device ran out of memory on a single calibration window or question; choose shorter windows "
                    "(calibration.window_length) or another device."
                )
            ) from None

    def _with_batches(self, work: Callable[[], T]) -> T:
        if not self._batches:
            self._build_batches()
        return work()

    def _shrink_batches(self, items: int) -> None:
        self._batch_items, self._batches = items, ()
        self._replica.drop()
