"""Compensate removal sets of one dense model, which is run only once for all of them."""

from collections.abc import Callable, Sequence

from torch import Tensor

from engine.api.events import RemovalSet
from engine.api.settings import CompensationSettings
from engine.compensation.fold import Fold
from engine.compensation.folding import Folding, OnFit, Walks
from engine.fitness.batches import WindowBatch
from engine.fitness.dense_walk import DenseWalk, walk_together
from engine.models.decoder_stack import DecoderStack
from engine.models.device_sizes import BATCH_TOKENS
from engine.models.gaps import gaps_of, layers_beside
from engine.models.state_parking import LEAST_STATES, StateParking

_STATES_BYTES = 2 * 10**9
"""Bytes of hidden states that wait in main memory where layers are streamed to another device."""
_PROBED = 2
"""Windows on which the maps of a layer are looked for."""


class Compensation:
    """Folds removal sets of one dense model, which is run only once for all of them and left unchanged.

    For each gap, with the gaps below it already folded: x [tokens, inputs] is the input of the last linear map of the
    layer below the gap, y what the layer's output lacks to be the dense model's hidden state behind the gap. The map
    gains D (and b where it has a bias), which minimises the sum over tokens of w² |D x + b - y|² + ridge |D|², where w
    is 1 / the length of that hidden state. The ridge, or no fold at all, is chosen by KL on validation windows. The
    idea of one linear map per gap is ReplaceMe's (Shopkhoev et al. 2025, https://arxiv.org/abs/2505.02819), which fits
    a matrix [hidden, hidden] behind the map instead.

    One map cannot replace everything, so the other maps of that layer and all maps of the first layers behind the gap
    are fitted in the same way afterwards, from below: attention's brings what other tokens know, the MLP's has other
    activations to fit with. That happens only where there are validation windows to choose on.

    Args:
        stack: The dense model.
        fitted: Windows to fit on [windows, length].
        validation: Windows on which the ridge is chosen [windows, length]. Without any, the middle ridge is taken.
        settings: Ridges, layers behind a gap to refit, and the widest map that is fitted whole.
        removals: The removal sets that will be folded.
        scored_every: Every n-th position of the validation windows is scored.
        rows: Windows in a batch; by default as many as are efficient.
        check: Called between layers; may raise to stop.

    Raises:
        torch.OutOfMemoryError: A batch does not fit; ``fold`` raises it too.
    """

    def __init__(
        self,
        stack: DecoderStack,
        fitted: Tensor,
        validation: Tensor,
        settings: CompensationSettings,
        removals: Sequence[RemovalSet],
        scored_every: int = 1,
        rows: int | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        rows = rows or batch_rows(fitted.shape[1])
        behind = settings.refitted_layers if len(validation) else 0
        wanted = {layer for removed in removals for layer in _kept_states(len(stack), removed, behind)}
        parking = stack.parking(_STATES_BYTES if stack.device.type != "cpu" else LEAST_STATES, kept=True)
        validated = (tokens for tokens in validation.split(rows) if len(tokens))
        self._walks = Walks(
            stack,
            fitted=[DenseWalk(stack, tokens, wanted, parking) for tokens in fitted.split(rows) if len(tokens)],
            validation=[_scored(stack, tokens, scored_every, parking) for tokens in validated],
            probed=DenseWalk(stack, fitted[: min(_PROBED, rows)], ()),
            settings=settings,
            check=check,
        )
        walk_together(stack, [*self._walks.fitted, *self._walks.validation], check)

    def fold(self, removed: RemovalSet, done: Fold | None = None, on_fit: OnFit = lambda _outcome: None) -> Fold:
        """Return the fold of a removal set.

        Args:
            removed: One of the removal sets.
            done: What is known of it already: the outcome of its lowest gaps and, with all gaps, of the first refits.
            on_fit: Called with each further outcome.
        """
        return Folding(self._walks, removed).run(done or Fold(removed, ()), on_fit)


def batch_rows(length: int) -> int:
    """Return how many windows of ``length`` tokens are run at once."""
    return max(1, BATCH_TOKENS // length)


def _kept_states(layers: int, removed: RemovalSet, behind: int) -> set[int]:
    """Return the layers whose dense inputs a fold needs: those that are fitted first, and what follows each."""
    gaps = {layer for gap in gaps_of(layers, removed) for layer in (max(gap.below, 0), gap.behind)}
    return gaps | set(layers_beside(layers, removed, behind).values()) if behind else gaps


def _scored(stack: DecoderStack, tokens: Tensor, scored_every: int, parking: StateParking) -> WindowBatch:
    every_layer = stack.state_bytes(tokens.numel()) * (len(stack) + 1)
    return WindowBatch(stack, tokens, scored_every, every_layer, parking)
