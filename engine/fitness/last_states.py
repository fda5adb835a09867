"""Run a whole model on many batches of tokens: batch by batch, or layer by layer where layers are streamed."""

from collections.abc import Callable, Iterable, Iterator

from torch import Tensor

from engine.fitness.dense_walk import DenseWalk, fitting_groups, walk_together
from engine.models.decoder_stack import DecoderStack

STATES_BYTES = 10**9
"""Hidden states that are held at a time where layers are streamed."""


def last_states(
    stack: DecoderStack, batches: Iterable[Tensor], check: Callable[[], None] = lambda: None
) -> Iterator[Tensor]:
    """Yield the last layer's output [batch, length, hidden] for each batch of tokens [batch, length], in order.

    Args:
        stack: The model.
        batches: The tokens; each is requested only when there is room for its states.
        check: Called before each layer of each batch; may raise to stop.
    """
    room = STATES_BYTES if stack.streamed else 0

    def states_of(tokens: Tensor) -> int:
        return 2 * stack.state_bytes(tokens.numel())  # in front of a layer and behind it

    for together in fitting_groups(batches, states_of, room):
        walks = [DenseWalk(stack, tokens, (len(stack),)) for tokens in together]
        walk_together(stack, walks, check)
        while walks:
            yield walks.pop(0).dense(len(stack)).to(stack.device)
