"""Fold what the layers of each gap did into the layer below it, gap by gap from below, then refit the maps beside."""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import torch
from torch import Tensor

from engine.api.compensation_events import NO_LAYER, NOT_FINITE
from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.api.settings import CompensationSettings
from engine.compensation.fold import FitOutcome, Fold, FoldedGap, RefittedMap
from engine.compensation.layer_fit import LayerFit, Sample
from engine.compensation.writers import Writer, find_writer, find_writers
from engine.fitness.batches import WindowBatch
from engine.fitness.dense_walk import DenseWalk, walk_layers
from engine.models.decoder_stack import DecoderStack
from engine.models.gaps import Gap, gaps_of, layers_beside

OnFit = Callable[[FitOutcome], object]
Outcome = TypeVar("Outcome", bound=FitOutcome)


@dataclass(frozen=True)
class Walks:
    """The dense model and the windows that folds are fitted and judged on."""

    stack: DecoderStack
    fitted: Sequence[DenseWalk]
    """Windows to fit on."""
    validation: Sequence[WindowBatch]
    """Windows to choose the ridge on."""
    probed: DenseWalk
    """A few of the fitted windows, which show how a layer responds as well as all of them."""
    settings: CompensationSettings
    check: Callable[[], None]
    """Called between layers; may raise to stop."""


class Folding:
    """The fold of one removal set: hidden states of the pruned model, moved upward fit by fit.

    Args:
        walks: The dense model, run through the layers that the removal set needs.
        removed: The removal set.
    """

    def __init__(self, walks: Walks, removed: RemovalSet) -> None:
        self._walks, self._removed, self._stack = walks, removed, walks.stack
        self._unused = [layer for layer in range(len(walks.stack)) if not walks.fitted[0].applies(layer)]
        self._fold = Fold(removed, ())
        """All outcomes so far."""
        self._at = 0
        self._states: list[Tensor] = []
        self._validation: list[Tensor] = []

    @torch.no_grad()
    def run(self, done: Fold, on_fit: OnFit) -> Fold:
        """Return the fold.

        Args:
            done: The first outcomes, where they are known.
            on_fit: Called with each further outcome.
        """
        gaps = gaps_of(len(self._stack), self._removed)
        if gaps:
            self._restart()
            self._fold_gaps(gaps, done, on_fit)
            self._refit(done, on_fit)
        return self._fold

    def _fold_gaps(self, gaps: Sequence[Gap], done: Fold, on_fit: OnFit) -> None:
        known = {each.gap.first: each for each in done.gaps}
        for gap in gaps:
            layer = self._layer_below(gap)
            if layer >= 0:
                self._move_to(layer)
            outcome = known.get(gap.first) or self._fitted_gap(gap, layer)
            self._fold = self._fold.with_fit(outcome)
            if gap.first not in known:
                on_fit(outcome)

    def _refit(self, done: Fold, on_fit: OnFit) -> None:
        """Fit all other maps beside the gaps from below, each kept only where it lowers the KL."""
        behind = self._walks.settings.refitted_layers
        if not (behind and self._walks.validation and math.isfinite(self._latest_kl)):
            return
        beside = layers_beside(len(self._stack), self._removed, behind, self._unused)
        known = {(each.layer, each.map_name): each for each in done.refits}
        folded = {(each.layer, each.map_name) for each in self._fold.gaps}
        for layer, following in beside.items():
            if layer < self._at:
                self._restart()
            self._move_to(layer)
            for writer in self._writers(layer):
                where = layer, writer.name
                if where in folded:
                    continue
                outcome = known.get(where) or self._refitted(writer, layer, following)
                self._fold = self._fold.with_fit(outcome)
                if where not in known:
                    on_fit(outcome)

    def _fitted_gap(self, gap: Gap, layer: int) -> FoldedGap:
        before = self._latest_kl
        if layer < 0:
            return FoldedGap(gap, layer, before, before, reason=NO_LAYER)
        try:
            with self._stack.held(layer), self._with_fits():
                writer = find_writer(self._stack.layers[layer], self._probe(layer))
        except BadInput as error:
            return FoldedGap(gap, layer, before, before, reason=str(error))
        unchanged = FoldedGap(gap, layer, before, before, map_name=writer.name)
        best = self._best(unchanged, writer, gap.behind)
        return best if best is not None else replace(unchanged, reason=NOT_FINITE)

    def _refitted(self, writer: Writer, layer: int, following: int) -> RefittedMap:
        before = self._latest_kl
        unchanged = RefittedMap(layer, writer.name, before, before)
        return self._best(unchanged, writer, following) or unchanged

    def _best(self, unchanged: Outcome, writer: Writer, following: int) -> Outcome | None:
        """Return the best outcome of all ridges and of no change; None where each computes nan or inf.

        Without validation windows the middle ridge is taken. A map that was fitted before is fitted on top: where only
        layers that the model does not apply to text lie between two gaps, both are folded into one layer.

        Args:
            unchanged: The outcome without a change, with the layer's number.
            writer: The map that is fitted.
            following: The layer whose dense input is wanted behind the fitted layer.
        """
        layer, ridges = unchanged.layer, self._ridges()
        with self._stack.held(layer), self._with_fits():
            samples = partial(self._samples, layer, following)
            widest = self._walks.settings.widest
            fitted = LayerFit(self._stack.layers[layer], writer, samples, widest).changed_weights(ridges)
        tried = [
            self._judged(replace(unchanged, ridge=ridge, weights=weights))
            for ridge, weights in zip(ridges, fitted, strict=True)
        ]
        if not self._walks.validation:
            return tried[0]
        if not any(math.isfinite(each.kl_after) for each in tried):
            return None
        # Any number is better than none, which a fold may bring where the pruned model computes nan or inf.
        return min([unchanged, *tried], key=_finite_kl)

    def _judged(self, tried: Outcome) -> Outcome:
        return replace(tried, kl_after=self._kl(self._fold.with_fit(tried)))

    @property
    def _latest_kl(self) -> float:
        fits = self._fold.fits
        return fits[-1].kl_after if fits else self._kl(self._fold)

    def _ridges(self) -> tuple[float, ...]:
        ridges = tuple(sorted(self._walks.settings.ridges))
        return ridges if self._walks.validation else (ridges[len(ridges) // 2],)

    def _layer_below(self, gap: Gap) -> int:
        """Return the highest kept layer below a gap that the model applies to text; -1 where there is none."""
        outside = {*self._removed, *self._unused}
        return next((layer for layer in range(gap.first - 1, -1, -1) if layer not in outside), -1)

    def _writers(self, layer: int) -> list[Writer]:
        with self._stack.held(layer), self._with_fits():
            return find_writers(self._stack.layers[layer], self._probe(layer))

    def _probe(self, layer: int) -> Callable[[], Tensor]:
        """Return a function that applies a layer to a few of the fitted windows."""
        probed = self._walks.probed
        return partial(probed.apply, layer, self._states[0][: probed.rows])

    def _samples(self, layer: int, following: int) -> Iterator[Sample]:
        for walk, states in zip(self._walks.fitted, self._states, strict=True):
            self._walks.check()
            yield Sample(partial(walk.apply, layer, states), walk.dense(following).to(self._stack.device))

    def _restart(self) -> None:
        """Take the dense model's states in front of the lowest layer that may be fitted."""
        first = gaps_of(len(self._stack), self._removed)[0]
        self._at = max(self._layer_below(first), 0)
        self._states = [walk.dense(self._at) for walk in self._walks.fitted]
        self._validation = [batch.dense(self._at) for batch in self._walks.validation]

    def _move_to(self, layer: int) -> None:
        """Run the pruned model, folded so far, up to the input of ``layer``."""
        walks = [*self._walks.fitted, *self._walks.validation]
        with self._with_fits():
            states = self._run(walks, [*self._states, *self._validation], layer)
        self._states, self._validation = states[: len(self._states)], states[len(self._states) :]
        self._at = layer

    def _with_fits(self) -> AbstractContextManager[None]:
        """Give the dense model the changed weights so far inside a ``with`` block."""
        return self._fold.on_dense(self._stack.model).applied()

    def _run(self, walks: Sequence[DenseWalk], states: Sequence[Tensor], to: int) -> list[Tensor]:
        """Return the states of all walks in front of layer ``to``."""
        kept = [layer for layer in range(self._at, to) if layer not in self._removed]
        return walk_layers(self._stack, walks, states, kept, self._walks.check)

    def _kl(self, fold: Fold) -> float:
        """Return the KL of a fold on the validation windows; nan without such windows."""
        total = positions = 0.0
        with fold.on_dense(self._stack.model).applied():
            ends = self._run(self._walks.validation, self._validation, len(self._stack))
        for batch, hidden in zip(self._walks.validation, ends, strict=True):
            total += batch.score_of(hidden).kl
            positions += batch.weight
        return total / positions if positions else math.nan


def _finite_kl(outcome: FitOutcome) -> float:
    return outcome.kl_after if math.isfinite(outcome.kl_after) else math.inf
