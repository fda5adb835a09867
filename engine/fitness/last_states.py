"""Run a whole model on many batches of tokens: batch by batch, or layer by layer where layers are streamed."""

from collections.abc import Callable, Iterator, Sequence

from torch import Tensor

from engine.fitness.dense_walk import DenseWalk, walk_together
from engine.models.decoder_stack import DecoderStack

STATES_BYTES = 10**9
"""Hidden states that are held at a time where layers are streamed."""


def last_states(
    stack: DecoderStack, batches: Sequence[Tensor], check: Callable[[], None] = lambda: None
) -> Iterator[Tensor]:
    """Yield the last layer's output [batch, length, hidden] for each batch of tokens [batch, length], in order.

    Args:
        stack: The model.
        batches: The tokens.
        check: Called before each layer of each batch; may raise to stop.
    """
    for together in _together(stack, batches):
        walks = [DenseWalk(stack, tokens, (len(stack),)) for tokens in together]
        walk_together(stack, walks, check)
        while walks:
            yield walks.pop(0).dense(len(stack)).to(stack.device)


def _together(stack: DecoderStack, batches: Sequence[Tensor]) -> Iterator[list[Tensor]]:
    """Cut the batches into groups that pass each layer together."""
    room = STATES_BYTES if stack.streamed else 0
    group: list[Tensor] = []
    taken = 0
    for tokens in batches:
        needed = 2 * stack.state_bytes(tokens.numel())  # in front of a layer and behind it
        if group and taken + needed > room:
            yield group
            group, taken = [], 0
        group.append(tokens)
        taken += needed
    if group:
        yield group
