"""The recovery stage: train the pruned model with the dense model as teacher, by LoRA or by local distillation."""

from typing import Literal

import msgspec
import torch

from engine.api.evaluation_events import VARIANT_WORDS
from engine.api.event import message_logged
from engine.api.events import RecoveryDidNotFit
from engine.api.message import Message, worded
from engine.api.run_state import RunState
from engine.compensation.folded_weights import folded_file
from engine.models.number_format import dtype_name
from engine.models.original_weights import OriginalWeights
from engine.models.out_of_memory import one_memory_error
from engine.models.removal import Removal
from engine.models.weight_files import names_in
from engine.pipeline.stage_memory import TrainingTooLarge, check_training
from engine.pipeline.stages.export import missing_formats
from engine.pipeline.training_team import trains_apart, trains_on_cluster
from engine.pipeline.workers.cluster_training import train_on_cluster
from engine.pipeline.workspace import Workspace
from engine.recovery.checkpoints import CHECKPOINT
from engine.recovery.launch import process_count, train_in_processes
from engine.recovery.local.distillation import distil
from engine.recovery.merge import merged_file
from engine.recovery.preconditions import check_streamed
from engine.recovery.training import train
from engine.recovery.training_job import TrainingJob
from engine.recovery.training_request import TrainingRequest, TrainingWindows


def recover(workspace: Workspace) -> None:
    """Train, or log why there is nothing to train.

    Raises:
        StopRequested: A person stopped the run; the training's checkpoint stays in the run's folder.
        BadInput: The settings do not fit the model.
        LayerSwarmError: The training fails.
        TrainingTooLarge: The device has too little memory, and there is no compensated model to keep.
        torch.OutOfMemoryError: Not even one window fits, and there is no compensated model to keep.
    """
    settings = workspace.settings.recovery
    if not settings.enabled:
        workspace.emit(
            message_logged(
                "info",
                worded("Recovery is switched off; the {0} model stays.", VARIANT_WORDS[workspace.state.best_variant]),
            )
        )
        return
    if not workspace.removed:
        workspace.emit(message_logged("info", worded("No layer is removed, so there is nothing to recover.")))
        return
    workspace.release_evaluators()
    kept = workspace.learning_windows
    windows = TrainingWindows(kept.recovery[: settings.windows], kept.validation, kept.elsewhere)
    if workspace.state.recovery is not None:
        message = worded(
            "The recovered weights are missing or damaged, so they are made again from the last checkpoint."
        )
        workspace.emit(message_logged("warning", message))
    try:
        with one_memory_error():
            _train(workspace, windows)
    except (torch.OutOfMemoryError, TrainingTooLarge) as error:
        if not workspace.state.has_variant("compensated"):
            raise
        figures = f" ({error.figures})" if isinstance(error, TrainingTooLarge) else ""
        message = _unfit_words(settings.method, workspace.device, figures)
        workspace.emit(message_logged("warning", message))
        workspace.emit(RecoveryDidNotFit(device=workspace.device))
    workspace.check()


def _unfit_words(method: Literal["lora", "local"], device: str, figures: str) -> Message:
    if method == "local":
        return worded(
            "Training does not fit into the memory of {0}{1}, so the compensated model is the result; run again to "
            "try the training again, with recovery.optimiser=memory on a GPU, or start a run with a smaller "
            "recovery.layers_behind.",
            device,
            figures,
        )
    return worded(
        "Training does not fit into the memory of {0}{1}, so the compensated model is the result; run again to try the "
        "training again, with recovery.gradient_checkpointing for less memory, or start a run with "
        "recovery.method=local, recovery.four_bit or a smaller recovery.rank.",
        device,
        figures,
    )


def is_recovered(state: RunState, workspace: Workspace) -> bool:
    """Return whether there is nothing to train: a training that ran out of memory is tried again.

    Recovered weights that are missing or damaged are made again where the checkpoint makes that quick, or a later stage
    needs them.
    """
    if state.recovery is None:
        return "recover" in state.stages_finished and state.unfit_training is None
    folder = workspace.run.folder / "recovery"
    if not state.recovery.helped or names_in(merged_file(folder)):
        return True
    if (folder / CHECKPOINT).exists():
        return False
    return "recovered" in state.evaluated and not missing_formats(state, workspace.project)


def _train(workspace: Workspace, windows: TrainingWindows) -> None:
    settings = workspace.settings.recovery
    if settings.method == "local":
        _distil(workspace, windows)
        return
    if settings.four_bit or trains_apart(workspace.settings, workspace.device):
        _train_on_new_copies(workspace, windows)
        return
    folder, removed = workspace.run.folder / "recovery", workspace.removed
    changed = workspace.changed_weights("compensated")
    originals = None
    if workspace.settings.device.four_bit:
        _check_memory(workspace, loaded=True)
        originals = OriginalWeights(workspace.folder.path, Removal(workspace.sizes.layers, removed), changed)
    elif workspace.placed.placement.streamed:
        check_streamed(settings, workspace.device, apart=False)  # again, for a run that began with more memory
        originals = OriginalWeights(workspace.folder.path, Removal(workspace.sizes.layers, removed), changed)
    else:
        _check_memory(workspace, loaded=True)
    request = TrainingRequest(removed, windows, settings, folder, changed, originals)
    train(workspace.dense, request, workspace.emit, workspace.check)


def _distil(workspace: Workspace, windows: TrainingWindows) -> None:
    """Train the layers around each gap alone; the others may be streamed."""
    if not workspace.placed.placement.streamed:  # else there was room for it when the layers were placed
        _check_memory(workspace, loaded=True)
    folder, changed = workspace.run.folder / "recovery", workspace.changed_weights("compensated")
    request = TrainingRequest(workspace.removed, windows, workspace.settings.recovery, folder, changed)
    distil(workspace.dense, request, workspace.emit, workspace.check)


def _train_on_new_copies(workspace: Workspace, windows: TrainingWindows) -> None:
    """Train without the dense model in memory: on a base in 4 bits, or on a copy in each of several processes."""
    workspace.release_dense()
    _check_memory(workspace, loaded=False)
    device, four_bit = workspace.device, workspace.settings.device.four_bit
    settings = workspace.settings.recovery
    settings = msgspec.structs.replace(settings, four_bit=settings.four_bit or four_bit)
    job = TrainingJob(
        model=str(workspace.folder.path),
        dtype=dtype_name(workspace.dtype),
        layers=workspace.sizes.layers,
        removed=workspace.removed,
        settings=settings,
        folded=_folded_file(workspace),
        folder=str(workspace.run.folder / "recovery"),
    )
    emit, check = workspace.emit, workspace.check
    if trains_on_cluster(workspace.settings):
        digest, cluster = workspace.folder.digest, workspace.settings.device.cluster
        train_on_cluster(job, windows, digest, cluster, device, emit, check)
        return
    processes = process_count(settings, device)
    if processes > 1:
        train_in_processes(job, windows, processes, device, emit, check)
    else:
        job.train(windows, device, emit, check)


def _check_memory(workspace: Workspace, loaded: bool) -> None:
    check_training(workspace.placed.cost, workspace.dtype.itemsize, workspace.device, loaded)


def _folded_file(workspace: Workspace) -> str:
    return str(folded_file(workspace.compensation_folder)) if workspace.state.has_variant("compensated") else ""
