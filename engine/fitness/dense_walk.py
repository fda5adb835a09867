"""Run the dense model on a batch of token rows once, and keep its hidden states before some of the layers."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from torch import Tensor

from engine.models.decoder_stack import DecoderStack, Windows
from engine.models.state_parking import StateParking

T = TypeVar("T")


class DenseWalk:
    """Rows of tokens that enter the stack together, with the dense model's states before the layers ``kept``.

    The model is run when a state is asked for. Where several walks need it, ``walk_together`` runs it for all of them.

    Args:
        stack: The dense model.
        tokens: Tokens [batch, length].
        kept: Layers whose input is kept; the number of layers stands for the last layer's output. The input of any
            other layer is computed again from the nearest one below.
        parking: Where the states wait; by default in memory.
    """

    def __init__(
        self, stack: DecoderStack, tokens: Tensor, kept: Collection[int], parking: StateParking | None = None
    ) -> None:
        self.stack = stack
        """The dense model."""
        self.parked = (parking or stack.parking()).parked
        """Returns states where they wait."""
        entered = stack.enter(tokens)
        self._windows: Windows = replace(entered, embedded=self.parked(entered.embedded))
        self._wanted = frozenset(kept)
        self.reach = max(kept, default=0)
        """Number of layers that the model must be run through for all states that are kept."""
        self._dense = {0: self._windows.embedded}

    @property
    def tokens(self) -> int:
        """Number of tokens in the batch."""
        return self._windows.tokens.numel()

    @property
    def rows(self) -> int:
        """Number of token rows in the batch."""
        return len(self._windows.tokens)

    @property
    def state_bytes(self) -> int:
        """Bytes of one hidden state of the batch."""
        return self.stack.state_bytes(self.tokens)

    def applies(self, layer: int) -> bool:
        """Return whether the model applies ``layer`` to text at all."""
        return self._windows.calls[layer] is not None

    def dense(self, layer: int) -> Tensor:
        """Return the dense model's hidden state before ``layer`` [batch, length, hidden]."""
        known = max(known for known in self._dense if known <= layer)
        hidden = self._dense[known]
        for between in range(known, layer):
            hidden = self.next_dense(between, hidden)
        return hidden

    def next_dense(self, layer: int, hidden: Tensor) -> Tensor:
        """Return the dense model's state behind ``layer``, given the one before it; apply the layer where needed."""
        if layer + 1 in self._dense:
            return self._dense[layer + 1]
        hidden = self.apply(layer, hidden)
        if layer + 1 in self._wanted:
            self._dense[layer + 1] = hidden = self.parked(hidden)
        return hidden

    def apply(self, layer: int, hidden: Tensor) -> Tensor:
        """Apply one layer to hidden states [batch, length, hidden]."""
        return self.stack.apply(layer, hidden, self._windows)

    def apply_changed(self, layer: int, hidden: Tensor, weights: Mapping[str, Tensor]) -> Tensor:
        """Apply a layer with other values of some parameters; see ``DecoderStack.apply_changed``."""
        return self.stack.apply_changed(layer, hidden, self._windows, weights)


def walk_together(
    stack: DecoderStack,
    walks: Sequence[DenseWalk],
    check: Callable[[], None],
    seen: Callable[[int, DenseWalk, Tensor, Tensor], None] = lambda *_: None,
) -> None:
    """Take several walks of the dense model through the layers that they need, fetching each layer's weights once.

    Args:
        stack: The dense model.
        walks: Walks of ``stack``.
        check: Called before each layer of each walk; may raise to stop.
        seen: Called with the layer, the walk, and its states before and behind the layer [batch, length, hidden].
    """
    states = [walk.dense(0) for walk in walks]
    for layer in range(max((walk.reach for walk in walks), default=0)):
        with stack.held(layer):
            for number, walk in enumerate(walks):
                if layer < walk.reach:
                    check()
                    behind = walk.next_dense(layer, states[number])
                    seen(layer, walk, states[number], behind)
                    states[number] = walk.parked(behind)


def walk_layers(
    stack: DecoderStack,
    walks: Sequence[DenseWalk],
    states: Sequence[Tensor],
    layers: Iterable[int],
    check: Callable[[], None],
) -> list[Tensor]:
    """Return the states of several walks behind some layers, with the weights that the model has now.

    Args:
        stack: The model.
        walks: Walks of ``stack``.
        states: A state of each walk in front of the first of the layers [batch, length, hidden].
        layers: The layers to apply, in ascending order.
        check: Called before each layer of each walk; may raise to stop.
    """
    states = list(states)
    for layer in layers:
        with stack.held(layer):
            for number, walk in enumerate(walks):
                check()
                states[number] = walk.parked(walk.apply(layer, states[number]))
    return states


def fitting_groups(items: Iterable[T], bytes_of: Callable[[T], float], room: float) -> Iterator[list[T]]:
    """Cut items into groups that pass each layer together: as many as fit into ``room`` bytes, at least one."""
    group: list[T] = []
    taken = 0.0
    for item in items:
        needed = bytes_of(item)
        if group and taken + needed > room:
            yield group
            group, taken = [], 0.0
        group.append(item)
        taken += needed
    if group:
        yield group
