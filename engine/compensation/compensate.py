"""Fold what the layers of each gap did into the layer below it, gap by gap from below."""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial

import torch
from torch import Tensor

from engine.api.compensation_events import NO_LAYER, NOT_FINITE
from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.api.settings import CompensationSettings
from engine.compensation.fold import Fold, FoldedGap
from engine.compensation.gaps import Gap, gaps_of
from engine.compensation.layer_fit import LayerFit, Sample
from engine.compensation.writers import find_writer
from engine.fitness.batches import WindowBatch
from engine.fitness.calibration_set import BATCH_TOKENS
from engine.fitness.dense_walk import DenseWalk, walk_layers, walk_together
from engine.models.decoder_stack import DecoderStack
from engine.models.state_parking import LEAST_STATES

_STATES_BYTES = 2 * 10**9
"""Bytes of hidden states that wait in main memory where layers are streamed to another device."""
_PROBED = 2
"""Windows on which the map of a layer is looked for."""
OnGap = Callable[[FoldedGap], object]


class Compensation:
    """Folds removal sets of one dense model, which is run only once for all of them and left unchanged.

    For each gap, with the gaps below it already folded: x [tokens, inputs] is the input of the last linear map of the
    layer below the gap, y what the layer's output lacks to be the dense model's hidden state behind the gap. The map
    gains D (and b where it has a bias), which minimises the sum over tokens of w² |D x + b - y|² + ridge |D|², where w
    is 1 / the length of that hidden state. The ridge, or no fold at all, is chosen by KL on validation windows. The
    idea of one linear map per gap is ReplaceMe's (Shopkhoev et al. 2025, https://arxiv.org/abs/2505.02819), which fits
    a matrix [hidden, hidden] behind the map instead.

    Args:
        stack: The dense model.
        fitted: Windows to fit on [windows, length].
        validation: Windows on which the ridge is chosen [windows, length]. Without any, the middle ridge is taken.
        settings: Ridges, and the widest map that is fitted whole.
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
        self.stack, self.settings, self.check = stack, settings, check
        self._parking = stack.parking(_STATES_BYTES if stack.device.type != "cpu" else LEAST_STATES, kept=True)
        rows = rows or batch_rows(fitted.shape[1])
        gaps = [gap for removed in removals for gap in gaps_of(len(stack), removed)]
        wanted = {layer for gap in gaps for layer in (max(gap.below, 0), gap.behind)}
        self.fitted = [DenseWalk(stack, tokens, wanted, self._parking) for tokens in fitted.split(rows) if len(tokens)]
        self.probed = DenseWalk(stack, fitted[: min(_PROBED, rows)], ())
        """A few of the fitted windows, which show how a layer responds as well as all of them."""
        self.validation = [self._scored(tokens, scored_every) for tokens in validation.split(rows) if len(tokens)]
        walk_together(stack, [*self.fitted, *self.validation], check)

    def fold(self, removed: RemovalSet, done: Sequence[FoldedGap] = (), on_gap: OnGap = lambda _gap: None) -> Fold:
        """Return the fold of a removal set.

        Args:
            removed: One of the removal sets.
            done: The outcome of its lowest gaps, where it is known.
            on_gap: Called with the outcome of each further gap.
        """
        return _Folding(self, removed).run(done, on_gap)

    def _scored(self, tokens: Tensor, scored_every: int) -> WindowBatch:
        every_layer = self.stack.state_bytes(tokens.numel()) * (len(self.stack) + 1)
        return WindowBatch(self.stack, tokens, scored_every, every_layer, self._parking)


def batch_rows(length: int) -> int:
    """Return how many windows of ``length`` tokens are run at once."""
    return max(1, BATCH_TOKENS // length)


class _Folding:
    """The fold of one removal set: hidden states of the pruned model, moved upward gap by gap."""

    def __init__(self, shared: Compensation, removed: RemovalSet) -> None:
        self._shared, self._removed, self._stack = shared, removed, shared.stack
        self._gaps = gaps_of(len(self._stack), removed)
        self._folded: list[FoldedGap] = []
        self._at = max(self._layer_below(self._gaps[0]), 0) if self._gaps else 0
        self._states = [walk.dense(self._at) for walk in shared.fitted]
        self._validation = [batch.dense(self._at) for batch in shared.validation]

    @torch.no_grad()
    def run(self, done: Sequence[FoldedGap], on_gap: OnGap) -> Fold:
        known = {each.gap.first: each for each in done}
        for gap in self._gaps:
            layer = self._layer_below(gap)
            if layer >= 0:
                self._move_to(layer)
            if gap.first in known:
                self._folded.append(known[gap.first])
            else:
                self._folded.append(self._fold(gap, layer))
                on_gap(self._folded[-1])
        return Fold(self._removed, tuple(self._folded))

    def _layer_below(self, gap: Gap) -> int:
        """Return the highest kept layer below a gap that the model applies to text; -1 where there is none."""
        kept = (layer for layer in range(gap.first - 1, -1, -1) if layer not in self._removed)
        return next((layer for layer in kept if self._shared.fitted[0].applies(layer)), -1)

    def _fold(self, gap: Gap, layer: int) -> FoldedGap:
        before = self._folded[-1].kl_after if self._folded else self._kl(None)
        if layer < 0:
            return FoldedGap(gap, layer, before, before, reason=NO_LAYER)
        ridges = self._ridges()
        try:
            map_name, fitted = self._fitted(gap, layer, ridges)
        except BadInput as error:
            return FoldedGap(gap, layer, before, before, reason=str(error))
        unchanged = FoldedGap(gap, layer, before, before, map_name=map_name)
        tried = [
            self._judged(FoldedGap(gap, layer, before, math.nan, weights, map_name, ridge))
            for ridge, weights in zip(ridges, fitted, strict=True)
        ]
        if not self._validation:
            return tried[0]
        if not any(math.isfinite(each.kl_after) for each in tried):
            return replace(unchanged, reason=NOT_FINITE)
        # Any number is better than none, which a fold may bring where the pruned model computes nan or inf.
        return min([unchanged, *tried], key=lambda each: each.kl_after if math.isfinite(each.kl_after) else math.inf)

    def _judged(self, tried: FoldedGap) -> FoldedGap:
        return replace(tried, kl_after=self._kl(tried))

    def _fitted(self, gap: Gap, layer: int, ridges: Sequence[float]) -> tuple[str, list[dict[str, Tensor]]]:
        """Return the map that is fitted and the changed weights for each ridge.

        Where only layers that the model does not apply to text lie between two gaps, both are folded into one layer,
        the second one on top of the first.
        """
        module, probed = self._stack.layers[layer], self._shared.probed
        states = self._states[0][:_PROBED]
        with self._stack.held(layer), self._with_folds(self._folded):
            writer = find_writer(module, lambda: probed.apply(layer, states))
            fit = LayerFit(module, writer, partial(self._samples, gap, layer), self._shared.settings.widest)
            return writer.name, fit.changed_weights(ridges)

    def _ridges(self) -> tuple[float, ...]:
        ridges = tuple(sorted(self._shared.settings.ridges))
        return ridges if self._validation else (ridges[len(ridges) // 2],)

    def _samples(self, gap: Gap, layer: int) -> Iterator[Sample]:
        for walk, states in zip(self._shared.fitted, self._states, strict=True):
            self._shared.check()
            yield Sample(partial(walk.apply, layer, states), walk.dense(gap.behind).to(self._stack.device))

    def _move_to(self, layer: int) -> None:
        """Run the pruned model, folded so far, up to the input of ``layer``."""
        walks = [*self._shared.fitted, *self._shared.validation]
        with self._with_folds(self._folded):
            states = self._run(walks, [*self._states, *self._validation], layer)
        self._states, self._validation = states[: len(self._states)], states[len(self._states) :]
        self._at = layer

    def _with_folds(self, folded: Sequence[FoldedGap]) -> AbstractContextManager[None]:
        """Give the dense model some folds inside a ``with`` block."""
        return Fold(self._removed, tuple(folded)).on_dense(self._stack.model).applied()

    def _run(self, walks: Sequence[DenseWalk], states: Sequence[Tensor], to: int) -> list[Tensor]:
        """Return the states of all walks in front of layer ``to``."""
        kept = [layer for layer in range(self._at, to) if layer not in self._removed]
        return walk_layers(self._stack, walks, states, kept, self._shared.check)

    def _kl(self, tried: FoldedGap | None) -> float:
        """Return the KL on the validation windows with one more gap folded; nan without such windows."""
        folded = (*self._folded, tried) if tried is not None else tuple(self._folded)
        total = positions = 0.0
        with self._with_folds(folded):
            ends = self._run(self._shared.validation, self._validation, len(self._stack))
        for batch, hidden in zip(self._shared.validation, ends, strict=True):
            total += batch.score_of(hidden).kl
            positions += batch.weight
        return total / positions if positions else math.nan
