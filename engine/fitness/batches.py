"""Batches of calibration windows and what is computed once per batch: dense states, scored positions, reference."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from engine.fitness.dense_walk import DenseWalk
from engine.fitness.memory import Score
from engine.fitness.reference import DenseReference
from engine.fitness.trie import walk
from engine.models.decoder_stack import DecoderStack

HEAD_CHUNK_BYTES = 64 * 2**20
"""Size of the largest float32 block of logits that is held at a time."""


class TrieBatch(DenseWalk, ABC):
    """Rows of tokens that enter the stack together, to be walked without any set of layers.

    The dense model is walked once, and the states before every ``stride``-th layer are kept, so that a candidate starts
    at its first removed layer instead of the embedding.

    Args:
        stack: The dense model.
        tokens: Tokens [batch, length].
        dense_bytes: Memory limit for the dense states of this batch.
    """

    def __init__(self, stack: DecoderStack, tokens: Tensor, dense_bytes: int) -> None:
        states = dense_bytes // stack.state_bytes(tokens.numel())
        stride = _widest_memory(len(stack), states)
        super().__init__(stack, tokens, {*range(0, len(stack), stride), len(stack)})

    @property
    @abstractmethod
    def items(self) -> int:
        """Number of items of the calibration set (windows or questions) in the batch."""

    @property
    @abstractmethod
    def weight(self) -> int:
        """Divisor that turns the sums returned by ``score`` into means."""

    @abstractmethod
    def sums(self, hidden: Tensor) -> Score:
        """Return summed scores, given the last layer's output [batch, length, hidden]."""

    def score(self, population: list[tuple[int, ...]], check: Callable[[], None]) -> dict[tuple[int, ...], Score]:
        """Return the summed, not averaged, score of each removal set.

        Args:
            population: Sorted removal sets.
            check: Called before each layer application; may raise to stop.
        """

        def applied(layer: int, hidden: Tensor) -> Tensor:
            check()
            return self.apply(layer, hidden)

        return {
            removed: self.sums(hidden) for removed, hidden in walk(population, len(self._stack), self.dense, applied)
        }


class WindowBatch(TrieBatch):
    """Calibration windows, their scored positions and the dense model's predictions there.

    Args:
        stack: The dense model.
        tokens: Windows [batch, length].
        scored_every: Every n-th position is scored; the last position has no next token and is never scored.
        dense_bytes: Memory limit for the dense states of this batch.
    """

    def __init__(self, stack: DecoderStack, tokens: Tensor, scored_every: int, dense_bytes: int) -> None:
        super().__init__(stack, tokens, dense_bytes)
        length = tokens.shape[1]
        self._positions = torch.arange(length - 2, -1, -scored_every, device=stack.device).flip(0)
        self._targets = self._windows.tokens[:, self._positions + 1].flatten()
        self._reference = DenseReference.joined(
            [DenseReference.of(logits) for logits, _, _ in self._logit_chunks(self.dense(len(stack)))]
        )

    @property
    def items(self) -> int:
        """Number of windows in the batch."""
        return self._windows.tokens.shape[0]

    @property
    def weight(self) -> int:
        """Number of scored positions in the batch."""
        return self._targets.numel()

    def sums(self, hidden: Tensor) -> Score:
        kl = nll = 0.0
        for logits, start, stop in self._logit_chunks(hidden):
            # Gathering before subtracting the normaliser saves one pass over the vocabulary.
            normaliser = logits.logsumexp(-1, keepdim=True)
            kl += float(self._reference.part(start, stop).divergence(logits, normaliser).sum(dtype=torch.float64))
            targets = self._targets[start:stop, None]
            nll -= float((logits.gather(-1, targets) - normaliser).sum(dtype=torch.float64))
        return Score(kl, nll)

    def _logit_chunks(self, hidden: Tensor) -> Iterator[tuple[Tensor, int, int]]:
        """Yield float32 logits [positions, vocabulary] of positions start to stop, in blocks of bounded size."""
        scored = hidden[:, self._positions]
        per_window = scored.shape[1]
        per_chunk = positions_of_a_chunk(self._stack)
        rows, step = max(1, per_chunk // per_window), min(per_window, per_chunk)
        for row in range(0, scored.shape[0], rows):
            for position in range(0, per_window, step):
                block = scored[row : row + rows, position : position + step]
                start = row * per_window + position
                yield self._stack.logits(block).flatten(0, 1).float(), start, start + block.shape[0] * block.shape[1]


def positions_of_a_chunk(stack: DecoderStack) -> int:
    """Return the number of positions whose logits are held at a time."""
    return max(1, HEAD_CHUNK_BYTES // (4 * stack.vocabulary))


def _widest_memory(layers: int, states: int) -> int:
    """Return the smallest stride at which one state per stride layers, and the last one, are at most ``states``."""
    strides = range(1, max(layers, 1))
    return next((stride for stride in strides if -(-layers // stride) + 1 <= states), max(layers, 1))
