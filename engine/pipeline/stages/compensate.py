"""The compensation stage: fold what the removed layers did into the layers beside them."""

from collections.abc import Callable, Mapping

from torch import Tensor

from engine.api.clock import seconds_awake
from engine.api.errors import BadInput
from engine.api.event import message_logged
from engine.api.events import GapFolded, MapRefitted
from engine.api.message import worded
from engine.api.run_state import RunState
from engine.compensation.compensate import Compensation
from engine.compensation.fold import FitOutcome, Fold, FoldedGap, RefittedMap
from engine.compensation.folded_weights import folded_file, load_folded, save_folded
from engine.models.architecture import find_decoder
from engine.models.gaps import Gap, gaps_of
from engine.models.removal import Removal
from engine.models.weight_files import names_in
from engine.pipeline.folding import emit_fit, final_compensation, finished_event, folded_in_memory
from engine.pipeline.workspace import Workspace


def compensate(workspace: Workspace) -> None:
    """Make each fit that was not made in an earlier session, or log why there is nothing to do.

    Raises:
        StopRequested: A person stopped the run; what was fitted so far stays in the run's folder.
        LayerSwarmError: The device runs out of memory on a single window.
    """
    if not workspace.settings.compensation.enabled:
        workspace.emit(message_logged("info", worded("Compensation is switched off; the pruned model stays.")))
        return
    if not workspace.removed:
        workspace.emit(message_logged("info", worded("No layer is removed, so there is nothing to compensate.")))
        return
    if workspace.state.compensation is not None:
        message = worded("The compensated weights are missing or damaged, so the layers are folded again.")
        workspace.emit(message_logged("warning", message))
    _Stage(workspace).run()


def is_compensated(state: RunState, workspace: Workspace) -> bool:
    """Return whether there is nothing to fold: weights that are missing or damaged are made again."""
    if state.compensation is None:
        return "compensate" in state.stages_finished
    if not state.compensation.helped:
        return True
    names = names_in(folded_file(workspace.compensation_folder))
    new = Removal(workspace.sizes.layers, workspace.removed).new_number
    changed = [fit for fit in _outcomes(state) if fit.ridge is not None]
    wanted = [f".{new[fit.layer]}.{name}" for fit in changed for name in fit.changed or (f"{fit.weight}.weight",)]
    return all(any(name.endswith(end) for name in names) for end in wanted)


class _Stage:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._layers = workspace.sizes.layers
        self._started = seconds_awake()
        self._fold = Fold(workspace.removed, ())
        """All outcomes so far."""

    def run(self) -> None:
        self._workspace.release_evaluators()
        self._report(folded_in_memory(self._made, self._folded, self._workspace.learning_windows.recovery))

    def _made(self, rows: int) -> Compensation:
        workspace = self._workspace
        workspace.report(worded("Running the dense model on the windows of the compensation"), 0, 0)
        return final_compensation(
            workspace.dense, workspace.learning_windows, workspace.settings, workspace.removed, rows, workspace.check
        )

    def _folded(self, compensation: Compensation) -> Fold:
        self._fold = self._known()
        self._report_progress()
        return compensation.fold(self._workspace.removed, self._fold, self._keep)

    def _keep(self, outcome: FitOutcome) -> None:
        """Write the weights so far and then the event, so that a fit in the journal has its weights on disk."""
        self._fold = self._fold.with_fit(outcome)
        if outcome.weights:
            path = find_decoder(self._workspace.dense).path
            save_folded(self._workspace.compensation_folder, self._fold.pruned_names(path, self._layers))
        emit_fit(outcome, self._workspace.emit)
        self._report_progress()

    def _report_progress(self) -> None:
        total = len(gaps_of(self._layers, self._workspace.removed))
        if len(self._fold.gaps) < total:
            self._workspace.report(worded("Folding the removed layers"), len(self._fold.gaps), total)
        else:
            self._workspace.report(worded("Refitting the layers beside them"), len(self._fold.refits), 0)

    def _known(self) -> Fold:
        """Return what an earlier session has fitted; nothing where its weights are not on disk any more."""
        state, weights = self._workspace.state, self._stored()
        if any(fit.ridge is not None and not weights(fit) for fit in _outcomes(state)):
            return Fold(self._workspace.removed, ())
        gaps = [
            FoldedGap(
                gap=Gap(event.first, event.last + 1),
                layer=event.layer,
                kl_before=event.kl_before,
                kl_after=event.kl_after,
                weights=weights(event),
                map_name=event.weight,
                ridge=event.ridge,
                reason=event.reason,
            )
            for _, event in sorted(state.folded_gaps.items())
        ]
        refits = [
            RefittedMap(event.layer, event.weight, event.kl_before, event.kl_after, weights(event), event.ridge)
            for event in state.refitted_maps.values()
        ]
        return Fold(self._workspace.removed, tuple(gaps), tuple(refits))

    def _stored(self) -> Callable[[GapFolded | MapRefitted], dict[str, Tensor]]:
        """Return a function that reads the weights that a fit has changed, by their names within its layer."""
        try:
            every: Mapping[str, Tensor] = load_folded(self._workspace.compensation_folder)
        except BadInput:
            every = {}
        new = Removal(self._layers, self._workspace.removed).new_number
        path = find_decoder(self._workspace.dense).path

        def weights(fit: GapFolded | MapRefitted) -> dict[str, Tensor]:
            if fit.ridge is None:
                return {}
            own = _within(every, f"{path}.{new.get(fit.layer)}.")
            names = fit.changed or tuple(own)
            return {name: own[name] for name in names} if own.keys() >= set(names) else {}

        return weights

    def _report(self, fold: Fold) -> None:
        if not fold.helped:
            message = worded("Compensation did not help: the pruned model is kept as it is.")
            self._workspace.emit(message_logged("warning", message))
        self._workspace.emit(finished_event(fold, self._started))


def _outcomes(state: RunState) -> list[GapFolded | MapRefitted]:
    return [*state.folded_gaps.values(), *state.refitted_maps.values()]


def _within(weights: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): weights[name] for name in weights if name.startswith(prefix)}
