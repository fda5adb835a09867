"""Keep what the layers around the gaps learn from: the states in front of them, and the dense model's behind them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.api.settings import RecoverySettings
from engine.fitness.dense_walk import DenseWalk, walk_layers, walk_together
from engine.models.decoder_stack import DecoderStack
from engine.models.state_parking import StateParking, free_for_states
from engine.recovery.local.blocks import Block
from engine.recovery.randomness import DATA_ORDER, derived_seed

Progress = Callable[[int, int], None]
"""Called with the layer applications done and those in all. It may raise to stop."""


@dataclass(frozen=True)
class Part:
    """Some windows of a batch that are run at once."""

    walk: DenseWalk
    entry: Tensor
    """States of the repaired model in front of the block [windows, length, hidden]."""
    share: float
    """Their share of the windows of the batch."""


class LocalLessons:
    """The training windows in batches, with their hidden states at the gaps.

    The dense model is run once for all gaps. The repaired model is run from gap to gap, upward. States beyond the
    memory for lessons wait in files without names (``StateParking``); a resumed training computes them again.

    Args:
        stack: The dense model.
        windows: Training windows [windows, length].
        blocks: The layers around the gaps, from below.
        settings: Seed, batch size, windows at once and memory.
    """

    def __init__(
        self, stack: DecoderStack, windows: Tensor, blocks: Sequence[Block], settings: RecoverySettings
    ) -> None:
        memory, moves = round(1e6 * settings.lesson_megabytes), stack.device.type != "cpu"
        parking = StateParking(memory, free_for_states(), moves)
        wanted = {blocks[0].first, *(block.following for block in blocks)}
        rows = settings.pass_windows or settings.batch_windows
        generator = np.random.default_rng(derived_seed(settings.seed, DATA_ORDER))
        shuffled = windows[torch.from_numpy(generator.permutation(len(windows)))]
        self._stack, self._seed, self._first = stack, settings.seed, blocks[0].first
        self._batches = [
            [DenseWalk(stack, tokens, wanted, parking) for tokens in batch.split(rows)]
            for batch in shuffled.split(settings.batch_windows)
        ]
        self._at, self._states = -1, list[Tensor]()

    @property
    def _walks(self) -> list[DenseWalk]:
        return [walk for batch in self._batches for walk in batch]

    def read(self, progress: Progress) -> None:
        """Run the dense model up to the last state that is needed, and take the states in front of the first block."""
        walks = self._walks
        done, total = 0, sum(walk.reach for walk in walks)

        def check() -> None:
            nonlocal done
            progress(done, total)
            done += 1

        walk_together(self._stack, walks, check)
        self._at, self._states = self._first, [walk.dense(self._first) for walk in walks]

    def move_to(self, layer: int, removed: Collection[int], check: Callable[[], None]) -> None:
        """Run the repaired model, whose weights the dense one has now, up to the input of ``layer``."""
        between = [each for each in range(self._at, layer) if each not in removed]
        self._states = walk_layers(self._stack, self._walks, self._states, between, check)
        self._at = layer

    def batch(self, step: int) -> list[Part]:
        """Return the windows of an optimiser step.

        Each epoch runs through all batches in an order of its own.

        Args:
            step: Number of the step, from 0.
        """
        epoch, place = divmod(step, len(self._batches))
        order = np.random.default_rng(derived_seed(self._seed, DATA_ORDER, epoch)).permutation(len(self._batches))
        number = int(order[place])
        start = sum(len(batch) for batch in self._batches[:number])
        chosen = self._batches[number]
        whole = sum(walk.rows for walk in chosen)
        states = self._states[start : start + len(chosen)]
        return [Part(walk, entry, walk.rows / whole) for walk, entry in zip(chosen, states, strict=True)]
