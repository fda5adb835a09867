"""The compensation stage: fold what the removed layers did into the layers before them."""

import time
from functools import partial

import torch
from torch import Tensor

from engine.api.errors import BadInput, LayerSwarmError
from engine.api.events import CompensationFinished, GapFolded, MessageLogged
from engine.compensation.compensate import Compensation, batch_rows
from engine.compensation.fold import Fold, FoldedGap
from engine.compensation.folded_weights import load_folded, save_folded
from engine.compensation.gaps import Gap
from engine.models.architecture import find_decoder
from engine.models.decoder_stack import DecoderStack
from engine.models.out_of_memory import halve_until_it_fits
from engine.models.removal import Removal
from engine.pipeline.workspace import Workspace


def compensate(workspace: Workspace) -> None:
    """Fold each gap that was not folded in an earlier session, or log why there is nothing to do.

    Raises:
        StopRequested: A person stopped the run; the gaps folded so far stay in the run's folder.
        LayerSwarmError: The device runs out of memory on a single window.
    """
    if not workspace.settings.compensation.enabled:
        workspace.emit(MessageLogged(level="info", message="Compensation is switched off; the pruned model stays."))
        return
    if not workspace.removed:
        workspace.emit(MessageLogged(level="info", message="No layer is removed, so there is nothing to compensate."))
        return
    _Stage(workspace).run()


class _Stage:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._layers = workspace.sizes.layers
        self._started = time.monotonic()
        self._gaps: list[FoldedGap] = []

    def run(self) -> None:
        workspace = self._workspace
        workspace.release_evaluators()
        windows = workspace.windows
        rows = batch_rows(windows.recovery.shape[1])
        try:
            fold = halve_until_it_fits(rows, self._folded)
        except torch.OutOfMemoryError:
            raise LayerSwarmError(
                "The device ran out of memory on a single window while folding the removed layers; set shorter windows "
                "(calibration.window_length) or a smaller compensation.widest, or choose another device."
            ) from None
        self._report(fold)

    def _folded(self, rows: int) -> Fold:
        workspace, settings = self._workspace, self._workspace.settings
        windows = workspace.windows
        workspace.report("Running the dense model on the windows of the compensation", 0, 0)
        compensation = Compensation(
            DecoderStack(workspace.dense),
            windows.recovery[: settings.compensation.windows],
            torch.cat([windows.validation, windows.elsewhere]),
            settings.compensation,
            [workspace.removed],
            settings.calibration.scored_every,
            rows,
            workspace.check,
        )
        self._gaps = list(self._known())
        gaps = compensation.gaps_of(workspace.removed)
        workspace.report("Folding the removed layers", len(self._gaps), len(gaps))
        return compensation.fold(workspace.removed, tuple(self._gaps), partial(self._keep, len(gaps)))

    def _keep(self, total: int, folded: FoldedGap) -> None:
        """Write the weights so far and then the event, so that a gap in the journal has its weights on disk."""
        self._gaps.append(folded)
        fold = Fold(self._workspace.removed, tuple(self._gaps))
        if fold.helped:
            path = find_decoder(self._workspace.dense).path
            save_folded(self._workspace.compensation_folder, fold.pruned_names(path, self._layers))
        self._workspace.emit(
            GapFolded(
                first=folded.gap.first,
                last=folded.gap.behind - 1,
                layer=folded.layer,
                weight=folded.map_name,
                ridge=folded.ridge,
                kl_before=folded.kl_before,
                kl_after=folded.kl_after,
                reason=folded.reason,
            )
        )
        self._explain(folded)
        self._workspace.report("Folding the removed layers", len(self._gaps), total)

    def _explain(self, folded: FoldedGap) -> None:
        """Log why a gap's layer stays as it is."""
        if folded.reason:
            message = f"What {folded.gap.words} did is not compensated: {folded.reason}."
        elif not folded.weights:
            message = (
                f"What {folded.gap.words} did is not compensated: no fold into layer {folded.layer} lowers the KL on "
                "the validation windows."
            )
        else:
            return
        self._workspace.emit(MessageLogged(level="info", message=message))

    def _known(self) -> list[FoldedGap]:
        """Return the gaps that an earlier session has folded; none where their weights are not on disk any more."""
        events = [self._workspace.state.folded_gaps[first] for first in sorted(self._workspace.state.folded_gaps)]
        try:
            weights = load_folded(self._workspace.compensation_folder)
        except BadInput:
            weights = {}
        new = Removal(self._layers, self._workspace.removed).new_number
        path = find_decoder(self._workspace.dense).path
        known = []
        for event in events:
            own = _within(weights, f"{path}.{new.get(event.layer)}.") if event.ridge is not None else {}
            if event.ridge is not None and not own:
                return []
            gap = Gap(event.first, event.last + 1)
            known.append(
                FoldedGap(
                    gap, event.layer, event.kl_before, event.kl_after, own, event.weight, event.ridge, event.reason
                )
            )
        return known

    def _report(self, fold: Fold) -> None:
        workspace = self._workspace
        if not fold.helped:
            workspace.emit(
                MessageLogged(level="warning", message="Compensation did not help: the pruned model is kept as it is.")
            )
        workspace.emit(
            CompensationFinished(
                helped=fold.helped,
                validation_kl_before=fold.kl_before,
                validation_kl_after=fold.kl_after,
                seconds=time.monotonic() - self._started,
            )
        )


def _within(weights: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in weights.items() if name.startswith(prefix)}
