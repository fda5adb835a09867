"""The evaluator: a whole population of removal sets in, one score each out."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import torch
from torch import Tensor

from engine.api.errors import LayerSwarmError
from engine.api.events import RemovalSet
from engine.fitness.batches import WindowBatch
from engine.fitness.memory import Score, ScoreMemory
from engine.models.decoder_stack import DecoderStack

T = TypeVar("T")

BATCH_TOKENS = 2048
"""Tokens of one batch: enough to keep the matrix products efficient, small enough for a laptop."""
STATES_BYTES = 2 * 10**9
"""Memory for hidden states where nothing else is said."""
_BRANCH_SHARE = 0.25
"""Share of it for the branches of the trie that are open at a time; the rest holds the dense model's states."""


class Evaluator:
    """Scores removal sets on nested calibration levels, in memory: layers are skipped, nothing is copied.

    A level is a number of windows, counted from the first, so a larger level contains the smaller ones and every
    candidate of a level sees the same tokens. Scores are compared at one level only. Candidates of one call share
    their prefixes (``engine.fitness.trie``), and a candidate that was scored before costs nothing.

    Args:
        stack: the dense model.
        tokens: calibration windows [windows, length].
        scored_every: every n-th position goes through the LM head.
        memory: the scores already known; new ones are added to it.
        levels: nested numbers of windows, rising; the last one must be all windows.
        check: called between layer applications; may raise to stop.
        states_bytes: memory for hidden states. The windows of a batch are as many as let one state for each layer, the
            most that a walk of the trie holds, fit a quarter of it; the rest keeps the dense model's own states.
    """

    def __init__(
        self,
        stack: DecoderStack,
        tokens: Tensor,
        scored_every: int,
        memory: ScoreMemory,
        levels: Sequence[int] = (),
        check: Callable[[], None] = lambda: None,
        states_bytes: int = STATES_BYTES,
    ) -> None:
        self._stack = stack
        self._tokens = tokens
        self._scored_every = scored_every
        self._memory = memory
        self._check = check
        self.levels = tuple(levels) or (len(tokens),)
        if self.levels[-1] != len(tokens) or sorted(set(self.levels)) != list(self.levels):
            raise ValueError(f"levels {self.levels} do not rise to the {len(tokens)} windows")
        self.evaluations = 0
        self.remembered = 0
        self._applications = 0.0
        self._states_bytes = states_bytes
        self._batch_windows = windows_of_a_batch(stack, tokens, states_bytes)
        self._batches: list[WindowBatch] = []
        self._with_smaller_batches_when_out_of_memory(self._build_batches)

    @property
    def layer_applications(self) -> int:
        """Layers applied so far, the whole calibration set counting as one application."""
        return round(self._applications)

    @property
    def scored_positions(self) -> int:
        """Positions that are scored at the full level."""
        return sum(batch.scored_positions for batch in self._batches)

    @property
    def batches(self) -> Sequence[WindowBatch]:
        """The window batches, in order."""
        return self._batches

    def scores(self, population: Sequence[RemovalSet], level: int | None = None) -> list[Score]:
        """The score of each removal set, in the order of ``population``.

        Args:
            population: sorted removal sets; repeated and remembered ones are free.
            level: one of ``levels``; the full calibration set when not given.
        """
        level = level or self.levels[-1]
        new = sorted({removed for removed in population if self._memory.get(removed, level) is None})
        if level == self.levels[0]:  # what is promoted to a higher level was counted there
            self.evaluations += len(new)
            self.remembered += len(population) - len(new)
        if new:
            measured = self._with_smaller_batches_when_out_of_memory(lambda: self._measure(new, level))
            self._memory.remember(level, measured)
        return [self._known(removed, level) for removed in population]

    def _known(self, removed: RemovalSet, level: int) -> Score:
        score = self._memory.get(removed, level)
        assert score is not None
        return score

    def _measure(self, population: list[RemovalSet], level: int) -> dict[RemovalSet, Score]:
        """Scores at ``level``; the windows of a smaller level that a candidate was scored on are not walked again."""
        known = {removed: self._smaller_level(removed, level) for removed in population}
        sums = {removed: self._sums(removed, smaller) for removed, smaller in known.items()}
        windows = positions = 0
        for batch in self._batches_of(level):
            before = batch.applications
            missing = [removed for removed in population if known[removed] <= windows]
            for removed, score in batch.score(missing, self._check).items():
                sums[removed] = Score(sums[removed].kl + score.kl, sums[removed].nll + score.nll)
            windows += batch.windows
            positions += batch.scored_positions
            self._applications += (batch.applications - before) * batch.windows / len(self._tokens)
        return {removed: Score(total.kl / positions, total.nll / positions) for removed, total in sums.items()}

    def _smaller_level(self, removed: RemovalSet, level: int) -> int:
        """The largest level below ``level`` at which the score is known, 0 for none."""
        known = (smaller for smaller in self.levels if smaller < level and self._memory.get(removed, smaller))
        return max(known, default=0)

    def _sums(self, removed: RemovalSet, level: int) -> Score:
        """A known score as sums over the scored positions of its level."""
        if level == 0:
            return Score(0.0, 0.0)
        positions = sum(batch.scored_positions for batch in self._batches_of(level))
        mean = self._known(removed, level)
        return Score(mean.kl * positions, mean.nll * positions)

    def _batches_of(self, level: int) -> list[WindowBatch]:
        chosen, windows = [], 0
        for batch in self._batches:
            if windows >= level:
                break
            chosen.append(batch)
            windows += batch.windows
        return chosen

    def _build_batches(self) -> None:
        """Cut the windows into batches that never straddle a level."""
        self._batches = []
        share = (1.0 - _BRANCH_SHARE) * self._states_bytes / len(self._tokens)
        for start, stop in zip((0, *self.levels), self.levels, strict=False):
            for tokens in self._tokens[start:stop].split(self._batch_windows):
                self._check()
                batch = WindowBatch(self._stack, tokens, self._scored_every, int(share * len(tokens)))
                self._applications += len(self._stack) * batch.windows / len(self._tokens)
                self._batches.append(batch)

    def _with_smaller_batches_when_out_of_memory(self, work: Callable[[], T]) -> T:
        while True:
            try:
                return work()
            except torch.OutOfMemoryError:
                if self._batch_windows == 1:
                    raise LayerSwarmError(
                        "The device ran out of memory on a single calibration window; "
                        "choose shorter windows (calibration.window_length) or another device."
                    ) from None
            self._batches = []
            self._batch_windows = max(1, self._batch_windows // 2)
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
            if work != self._build_batches:
                self._with_smaller_batches_when_out_of_memory(self._build_batches)


def windows_of_a_batch(stack: DecoderStack, tokens: Tensor, states_bytes: int) -> int:
    """How many windows are walked at once, at least one: what is efficient, and what the memory allows.

    Args:
        stack: the dense model.
        tokens: calibration windows [windows, length].
        states_bytes: memory for hidden states.
    """
    state = stack.enter(tokens[:1]).embedded
    open_branches = (len(stack) + 1) * state.numel() * state.element_size()
    fitting = int(_BRANCH_SHARE * states_bytes) // open_branches
    return max(1, min(BATCH_TOKENS // tokens.shape[1], fitting))
