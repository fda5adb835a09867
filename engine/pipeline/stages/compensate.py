"""The compensation stage: fold what the removed layers did into the layers before them."""

from collections.abc import Mapping

from torch import Tensor

from engine.api.clock import seconds_awake
from engine.api.errors import BadInput
from engine.api.events import MessageLogged
from engine.api.run_state import RunState
from engine.compensation.compensate import Compensation
from engine.compensation.fold import Fold, FoldedGap
from engine.compensation.folded_weights import folded_file, load_folded, save_folded
from engine.compensation.gaps import Gap, gaps_of
from engine.models.architecture import find_decoder
from engine.models.removal import Removal
from engine.models.weight_files import names_in
from engine.pipeline.folding import emit_gap, final_compensation, finished_event, folded_in_memory
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
    if workspace.state.compensation is not None:
        message = "The compensated weights are missing or damaged, so the layers are folded again."
        workspace.emit(MessageLogged(level="warning", message=message))
    _Stage(workspace).run()


def is_compensated(state: RunState, workspace: Workspace) -> bool:
    """Return whether there is nothing to fold: weights that are missing or damaged are made again."""
    if state.compensation is None:
        return "compensate" in state.stages_finished
    if not state.compensation.helped:
        return True
    names = names_in(folded_file(workspace.compensation_folder))
    new = Removal(workspace.sizes.layers, workspace.removed).new_number
    changed = [gap for gap in state.folded_gaps.values() if gap.ridge is not None]
    return all(any(f".{new[gap.layer]}.{gap.weight}." in name for name in names) for gap in changed)


class _Stage:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._layers = workspace.sizes.layers
        self._started = seconds_awake()
        self._gaps: list[FoldedGap] = []

    def run(self) -> None:
        self._workspace.release_evaluators()
        self._report(folded_in_memory(self._made, self._folded, self._workspace.windows.recovery))

    def _made(self, rows: int) -> Compensation:
        workspace = self._workspace
        workspace.report("Running the dense model on the windows of the compensation", 0, 0)
        return final_compensation(
            workspace.dense, workspace.windows, workspace.settings, workspace.removed, rows, workspace.check
        )

    def _folded(self, compensation: Compensation) -> Fold:
        self._gaps = self._known()
        self._report_progress()
        return compensation.fold(self._workspace.removed, tuple(self._gaps), self._keep)

    def _keep(self, folded: FoldedGap) -> None:
        """Write the weights so far and then the event, so that a gap in the journal has its weights on disk."""
        self._gaps.append(folded)
        fold = Fold(self._workspace.removed, tuple(self._gaps))
        if fold.helped:
            path = find_decoder(self._workspace.dense).path
            save_folded(self._workspace.compensation_folder, fold.pruned_names(path, self._layers))
        emit_gap(folded, self._workspace.emit)
        self._report_progress()

    def _report_progress(self) -> None:
        total = len(gaps_of(self._layers, self._workspace.removed))
        self._workspace.report("Folding the removed layers", len(self._gaps), total)

    def _known(self) -> list[FoldedGap]:
        """Return the gaps that an earlier session has folded; none where their weights are not on disk any more."""
        workspace = self._workspace
        try:
            weights: Mapping[str, Tensor] = load_folded(workspace.compensation_folder)
        except BadInput:
            weights = {}
        new = Removal(self._layers, workspace.removed).new_number
        path = find_decoder(workspace.dense).path
        known = []
        for first in sorted(workspace.state.folded_gaps):
            event = workspace.state.folded_gaps[first]
            own = {} if event.ridge is None else _within(weights, f"{path}.{new.get(event.layer)}.")
            if event.ridge is not None and not own:
                return []
            known.append(
                FoldedGap(
                    gap=Gap(event.first, event.last + 1),
                    layer=event.layer,
                    kl_before=event.kl_before,
                    kl_after=event.kl_after,
                    weights=own,
                    map_name=event.weight,
                    ridge=event.ridge,
                    reason=event.reason,
                )
            )
        return known

    def _report(self, fold: Fold) -> None:
        if not fold.helped:
            message = "Compensation did not help: the pruned model is kept as it is."
            self._workspace.emit(MessageLogged(level="warning", message=message))
        self._workspace.emit(finished_event(fold, self._started))


def _within(weights: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): weights[name] for name in weights if name.startswith(prefix)}
