"""Run a whole model on many batches of tokens: batch by batch, or layer by layer where layers are streamed."""

from collections.abc import Callable, Iterable, Iterator

from torch import Tensor

from engine.fitness.dense_walk import DenseWalk, fitting_groups, walk_together
from engine.models.decoder_stack import DecoderStack

STATES_BYTES = 10**9
"""Bytes of hidden states in memory at a time where layers are streamed."""


def last_states(
    stack: DecoderStack, batches: Iterable[Tensor], check: Callable[[], None] = lambda: None
) -> Iterator[Tensor]:
    """Yield the last layer's output [batch, length, hidden] for each batch of tokens [batch, length], in order.

    Args:
        stack: The model.
        batches: The tokens; each is requested only when there is room for its states.
        check: Called before each layer of each batch; may raise to stop.
    """
    parking = stack.parking(STATES_BYTES)

    def share_of(tokens: Tensor) -> float:
        states = 2 * stack.state_bytes(tokens.numel())  # in front of a layer and behind it
        return states / parking.room + tokens.shape[-1] ** 2 / STATES_BYTES  # and a mask, which always is in memory

    for together in fitting_groups(batches, share_of, 1.0 if stack.streamed else 0.0):
        walks = [DenseWalk(stack, tokens, (len(stack),), parking) for tokens in together]
        walk_together(stack, walks, check)
        while walks:
            yield walks.pop(0).dense(len(stack)).to(stack.device)
