"""Calibration sets that candidates are scored on: windows of text here, questions of a task in ``questions``."""

from typing import Protocol

from torch import Tensor

from engine.fitness.batches import TrieBatch, WindowBatch
from engine.models.decoder_stack import DecoderStack
from engine.models.device_sizes import batch_tokens
from engine.models.state_parking import StateParking

BRANCH_SHARE = 0.25
"""Share of the memory for hidden states that is reserved for open branches of the trie; the rest holds the dense
model's states."""


class CalibrationSet(Protocol):
    """A sequence of items that can be cut into batches."""

    @property
    def row_tokens(self) -> int:
        """Most tokens of an item, over all its rows."""

    @property
    def stack(self) -> DecoderStack:
        """The dense model."""

    def __len__(self) -> int:
        """Return the number of items."""

    def batch(self, start: int, stop: int, dense_bytes: int, parking: StateParking | None = None) -> TrieBatch:
        """Return items ``start`` to ``stop`` as a batch whose dense states take at most ``dense_bytes``."""


class CalibrationWindows:
    """Windows of text.

    Args:
        stack: The dense model.
        tokens: Tokens [windows, length].
        scored_every: Every n-th position goes through the LM head.
    """

    def __init__(self, stack: DecoderStack, tokens: Tensor, scored_every: int) -> None:
        self.stack = stack
        self.row_tokens = tokens.shape[1]
        self._tokens = tokens
        self._scored_every = scored_every

    def __len__(self) -> int:
        return len(self._tokens)

    def batch(self, start: int, stop: int, dense_bytes: int, parking: StateParking | None = None) -> WindowBatch:
        """Return windows ``start`` to ``stop`` as a batch whose dense states take at most ``dense_bytes``."""
        return WindowBatch(self.stack, self._tokens[start:stop], self._scored_every, dense_bytes, parking)


def items_of_a_batch(calibration: CalibrationSet, states_bytes: int) -> int:
    """Return how many items to walk at once: as many as are efficient and fit in memory, at least one.

    Args:
        calibration: The items.
        states_bytes: Memory limit for hidden states.
    """
    stack = calibration.stack
    open_branches = (len(stack) + 1) * stack.state_bytes(calibration.row_tokens)
    fitting = int(BRANCH_SHARE * states_bytes) // open_branches
    return max(1, min(batch_tokens(stack.device, stack.state_bytes(1)) // calibration.row_tokens, fitting))
