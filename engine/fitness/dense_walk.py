"""Run the dense model on a batch of token rows once, and keep its hidden states before some of the layers."""

from collections.abc import Collection

from torch import Tensor

from engine.models.decoder_stack import DecoderStack, Windows


class DenseWalk:
    """Rows of tokens that enter the stack together, with the dense model's states before the layers ``kept``.

    Args:
        stack: The dense model.
        tokens: Tokens [batch, length].
        kept: Layers whose input is kept; the number of layers stands for the last layer's output. The input of any
            other layer is computed again from the nearest one below.
    """

    def __init__(self, stack: DecoderStack, tokens: Tensor, kept: Collection[int]) -> None:
        self._stack = stack
        self._windows: Windows = stack.enter(tokens)
        self.applications = 0
        """Number of layers applied so far."""
        hidden = self._windows.embedded
        self._dense = {0: hidden}
        for layer in range(max(kept, default=0)):
            hidden = self.apply(layer, hidden)
            if layer + 1 in kept:
                self._dense[layer + 1] = hidden

    @property
    def tokens(self) -> int:
        """Number of tokens in the batch."""
        return self._windows.tokens.numel()

    def applies(self, layer: int) -> bool:
        """Return whether the model applies ``layer`` to text at all."""
        return self._windows.calls[layer] is not None

    def dense(self, layer: int) -> Tensor:
        """Return the dense model's hidden state before ``layer`` [batch, length, hidden]."""
        kept = max(known for known in self._dense if known <= layer)
        hidden = self._dense[kept]
        for between in range(kept, layer):
            hidden = self.apply(between, hidden)
        return hidden

    def apply(self, layer: int, hidden: Tensor) -> Tensor:
        """Apply one layer to hidden states [batch, length, hidden], and count it."""
        self.applications += 1
        return self._stack.apply(layer, hidden, self._windows)
