"""Batches of calibration items and what is computed once per batch: dense states, scored positions, reference."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import nullcontext
from functools import cached_property

import torch
from torch import Tensor

from engine.api.events import RemovalSet
from engine.fitness.dense_walk import DenseWalk
from engine.fitness.memory import Score
from engine.fitness.reference import DenseReference
from engine.fitness.trie import TrieWalk
from engine.models.decoder_stack import DecoderStack, Windows
from engine.models.device_sizes import head_chunk_bytes, joined_tokens
from engine.models.exact_sums import exact_sum
from engine.models.state_parking import StateParking


class TrieBatch(DenseWalk, ABC):
    """Rows of tokens that enter the stack together, to be walked without any set of layers.

    The dense model's states before every ``stride``-th layer are kept, so that a candidate starts at its first removed
    layer instead of the embedding.

    Args:
        stack: The dense model.
        tokens: Tokens [batch, length].
        dense_bytes: Limit for the dense states of this batch.
        parking: Where the dense states wait; by default in memory.
    """

    def __init__(
        self, stack: DecoderStack, tokens: Tensor, dense_bytes: int, parking: StateParking | None = None
    ) -> None:
        states = dense_bytes // stack.state_bytes(tokens.numel())
        stride = _widest_memory(len(stack), states)
        super().__init__(stack, tokens, {*range(0, len(stack), stride), len(stack)}, parking)
        self.joining = True
        """Whether a layer may be applied to several candidates at once."""
        self.branches = stack.parking()
        """Where the states of candidates wait."""
        self._joins: dict[int, Windows] = {}

    @property
    @abstractmethod
    def items(self) -> int:
        """Number of items of the calibration set (windows or questions) in the batch."""

    @property
    @abstractmethod
    def weight(self) -> int:
        """Divisor that turns the sums of a ``Score`` into means."""

    @abstractmethod
    def figures(self, states: Sequence[Tensor]) -> Tensor:
        """Return what ``sums`` needs of each candidate [candidates, 2, figures], float32, on the device.

        Args:
            states: The last layer's output of each candidate [batch, length, hidden].
        """

    @abstractmethod
    def sums(self, figures: Tensor) -> Score:
        """Return summed, not averaged, scores, given a candidate's figures in main memory [2, figures]."""

    def walk(self, population: Collection[RemovalSet]) -> TrieWalk[Tensor]:
        """Return a walk of sorted removal sets that applies each layer to as many of them at once as is efficient."""
        return TrieWalk(population, len(self.stack), self._dense, self._apply_joined)

    def scores(self, walk: TrieWalk[Tensor]) -> dict[RemovalSet, Score]:
        """Return the summed score of each removal set of a walk that has passed all layers."""
        ends = dict(walk.ends())
        if not ends:
            return {}
        found = self.figures(list(ends.values())).cpu()  # the one place where the device is waited for
        return {removed: self.sums(figures) for removed, figures in zip(ends, found, strict=True)}

    def score_of(self, hidden: Tensor) -> Score:
        """Return the summed score of a candidate, given the last layer's output [batch, length, hidden]."""
        return self.sums(self.figures([hidden])[0].cpu())

    @torch.no_grad()
    def _apply_joined(self, layer: int, states: list[Tensor]) -> list[Tensor]:
        """Apply a layer to several states, as many at once as the device likes, in powers of two."""
        most = max(1, joined_tokens(self.stack.device, self.stack.state_bytes(1)) // self.tokens) if self.joining else 1
        after: list[Tensor] = []
        while len(after) < len(states):
            count = min(most, len(states) - len(after))
            count = 1 << (count.bit_length() - 1)
            some = states[len(after) : len(after) + count]
            after += map(self.branches.parked, self._apply_at_once(layer, some))
        return after

    def _apply_at_once(self, layer: int, states: list[Tensor]) -> Sequence[Tensor]:
        if len(states) == 1:
            return [self.apply(layer, states[0])]
        if len(states) not in self._joins:
            self._joins[len(states)] = self.stack.enter(self._windows.tokens.repeat(len(states), 1))
        return self.stack.apply(layer, torch.cat(states), self._joins[len(states)]).chunk(len(states))


class WindowBatch(TrieBatch):
    """Calibration windows, their scored positions and the dense model's predictions there.

    Args:
        stack: The dense model.
        tokens: Windows [batch, length].
        scored_every: Every n-th position is scored; the last position has no next token and is never scored.
        dense_bytes: Limit for the dense states of this batch.
        parking: Where the dense states wait; by default in memory.
    """

    def __init__(
        self,
        stack: DecoderStack,
        tokens: Tensor,
        scored_every: int,
        dense_bytes: int,
        parking: StateParking | None = None,
    ) -> None:
        super().__init__(stack, tokens, dense_bytes, parking)
        length = tokens.shape[1]
        self._positions = torch.arange(length - 2, -1, -scored_every, device=stack.device).flip(0)
        self._targets = self._windows.tokens[:, self._positions + 1].flatten()

    @property
    def items(self) -> int:
        """Number of windows in the batch."""
        return self._windows.tokens.shape[0]

    @property
    def weight(self) -> int:
        """Number of scored positions in the batch."""
        return self._targets.numel()

    @torch.no_grad()
    def figures(self, states: Sequence[Tensor]) -> Tensor:
        """Return KL and negative log-likelihood at each scored position [candidates, 2, positions]."""
        parts: list[list[Tensor]] = []
        for logits, start, stop in self._logit_chunks(states):
            # Gathering before subtracting the normaliser saves one pass over the vocabulary.
            normaliser = logits.logsumexp(-1, keepdim=True)
            kl = self._reference.part(start, stop).divergence(logits, normaliser)
            targets = self._targets[start:stop, None].expand(len(logits), -1, -1)
            nll = (normaliser - logits.gather(-1, targets))[..., 0]
            if start == 0:
                parts.append([])
            parts[-1].append(torch.stack((kl, nll), dim=1))
        return torch.cat([torch.cat(part, dim=-1) for part in parts])

    def sums(self, figures: Tensor) -> Score:
        kl, nll = exact_sum(figures, -1).tolist()
        return Score(kl, nll)

    @cached_property
    def _reference(self) -> DenseReference:
        chunks = self._logit_chunks([self.dense(len(self.stack))])
        return DenseReference.joined([DenseReference.of(logits[0]) for logits, *_ in chunks])

    def _logit_chunks(self, states: Sequence[Tensor]) -> Iterator[tuple[Tensor, int, int]]:
        """Yield float32 logits [candidates, positions, vocabulary] and their first and last (excluded) position."""
        device, per_chunk, step = self.stack.device, positions_of_a_chunk(self.stack), self.weight
        together = max(1, per_chunk // step)
        step = min(step, per_chunk)
        for first in range(0, len(states), together):
            some = states[first : first + together]
            scored = torch.stack([state.to(device)[:, self._positions].flatten(0, 1) for state in some])
            for start in range(0, self.weight, step):
                block = scored[:, start : start + step]
                yield self.stack.logits(block).float(), start, start + block.shape[1]


def walk_batches(stack: DecoderStack, walks: Sequence[TrieWalk[Tensor]], check: Callable[[], None]) -> None:
    """Take the walks of several batches through all layers, so that each layer's weights are needed once.

    Args:
        stack: The dense model.
        walks: One walk for each batch.
        check: Called before each layer of each walk; may raise to stop.
    """
    for layer in range(len(stack)):
        needed = any(walk.applies(layer) for walk in walks)
        with stack.held(layer) if needed else nullcontext():
            for walk in walks:
                check()
                walk.advance(layer)


def positions_of_a_chunk(stack: DecoderStack) -> int:
    """Return the number of positions whose logits are held at a time."""
    return max(1, head_chunk_bytes(stack.device) // (4 * stack.vocabulary))


def _widest_memory(layers: int, states: int) -> int:
    """Return the smallest stride at which one state per stride layers, and the last one, are at most ``states``."""
    strides = range(1, max(layers, 1))
    return next((stride for stride in strides if -(-layers // stride) + 1 <= states), max(layers, 1))
