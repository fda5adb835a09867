"""What candidates are scored on, cut into batches: windows of text here, a task's questions in ``questions``."""

from typing import Protocol

from torch import Tensor

from engine.fitness.batches import TrieBatch, WindowBatch
from engine.models.decoder_stack import DecoderStack

BATCH_TOKENS = 2048
"""Tokens of one batch: enough to keep the matrix products efficient, small enough for a laptop."""
BRANCH_SHARE = 0.25
"""Share of the memory for hidden states that goes to the branches of the trie that are open at a time; the rest holds
the dense model's states."""


class CalibrationSet(Protocol):
    """A sequence of items that batches can be cut from."""

    @property
    def row_tokens(self) -> int:
        """Tokens of an item, all its rows together, at most."""

    @property
    def stack(self) -> DecoderStack:
        """The dense model."""

    def __len__(self) -> int:
        """How many items there are."""

    def batch(self, start: int, stop: int, dense_bytes: int) -> TrieBatch:
        """Items ``start`` to ``stop``; their dense states may take ``dense_bytes``."""


class CalibrationWindows:
    """Windows of text.

    Args:
        stack: the dense model.
        tokens: [windows, length].
        scored_every: every n-th position goes through the LM head.
    """

    def __init__(self, stack: DecoderStack, tokens: Tensor, scored_every: int) -> None:
        self.stack = stack
        self.row_tokens = tokens.shape[1]
        self._tokens = tokens
        self._scored_every = scored_every

    def __len__(self) -> int:
        return len(self._tokens)

    def batch(self, start: int, stop: int, dense_bytes: int) -> WindowBatch:
        """Windows ``start`` to ``stop``."""
        return WindowBatch(self.stack, self._tokens[start:stop], self._scored_every, dense_bytes)


def items_of_a_batch(calibration: CalibrationSet, states_bytes: int) -> int:
    """How many items are walked at once, at least one: what is efficient, and what the memory allows.

    Args:
        calibration: what is scored on.
        states_bytes: memory for hidden states.
    """
    stack = calibration.stack
    open_branches = (len(stack) + 1) * stack.state_bytes(calibration.row_tokens)
    fitting = int(BRANCH_SHARE * states_bytes) // open_branches
    return max(1, min(BATCH_TOKENS // calibration.row_tokens, fitting))
