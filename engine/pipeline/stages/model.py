"""The model stage: fetch or convert the source and turn the budget into a number of layers."""

from engine.api.algorithms import search_algorithm
from engine.api.budget import smallest_layers
from engine.api.event import message_logged
from engine.api.events import BudgetResolved, DeviceChosen
from engine.evaluation.perplexity import check_texts
from engine.evaluation.speed import check_answer
from engine.evaluation.task_list import check_tasks
from engine.evaluation.task_questions import check_objective_task
from engine.export.rehearsal import rehearse_singles
from engine.models.description import describe_model
from engine.models.devices import devices_together
from engine.models.four_bit import check_four_bit
from engine.models.number_format import dtype_name
from engine.models.pruned_config import pruned_config
from engine.pipeline.number_format import resolved_dtype
from engine.pipeline.placed_model import PlacedModel
from engine.pipeline.training_team import check_team, trains_apart
from engine.pipeline.workspace import Workspace
from engine.recovery.preconditions import check_local_in_four_bit, check_recovery, check_streamed


def prepare_model(workspace: Workspace) -> None:
    """Fetch or convert the source, count its sizes and resolve the budget.

    Raises:
        BadInput: The search algorithm is not installed; the source, the protected layers, the budget, the evaluation's
            texts, a task or the length of its answer cannot be used; the family cannot be pruned; or recovery cannot
            work as it is set.
        LayerSwarmError: The source cannot be fetched now.
    """
    search_algorithm(workspace.settings.search.algorithm)  # refuses one that is not installed
    described = describe_model(workspace.folder)
    workspace.emit(described)
    # Settings that cannot work are refused before any work is done.
    pruned_config(workspace.folder.config(), ())
    rehearse_singles(workspace.folder, workspace.prunable)
    workspace.tokenizer  # noqa: B018 - refuses one that does not fit the model
    check_texts(workspace.settings.evaluation, described.context_length)
    check_answer(workspace.settings.evaluation, described.context_length)
    check_tasks(workspace.settings.evaluation)
    check_objective_task(workspace.settings.search, workspace.settings.evaluation)
    devices_together(workspace.device, workspace.settings.device.workers)  # refuses more than there are
    check_recovery(workspace.settings.recovery, workspace.folder.config(), workspace.device)
    check_team(workspace.settings, workspace.device)
    workspace.emit(DeviceChosen(device=workspace.device, dtype=_dtype(workspace)))
    if workspace.settings.device.four_bit:
        check_four_bit(workspace.device, "device.four_bit")
        workspace.placed.check_four_bit()
        check_local_in_four_bit(workspace.settings.recovery)
    elif workspace.streaming:
        apart = trains_apart(workspace.settings, workspace.device)
        check_streamed(workspace.settings.recovery, workspace.device, apart)
    sizes, prunable = workspace.sizes, workspace.prunable
    workspace.layer_counts  # noqa: B018 - refuses a range whose ends are swapped
    parameters, size = sizes.after(smallest_layers(prunable, sizes.layer_bytes, workspace.budget))
    workspace.emit(
        BudgetResolved(
            layers=workspace.budget,
            protected=tuple(layer for layer in range(sizes.layers) if layer not in prunable),
            prunable=prunable,
            parameters=parameters,
            bytes=size,
        )
    )


def _dtype(workspace: Workspace) -> str:
    """Return the name of the run's number format; a resumed run keeps its first one."""
    begun = workspace.state.device
    if begun is not None and begun.device == workspace.device:
        return begun.dtype
    dtype, sentence = resolved_dtype(
        workspace.folder.path,
        workspace.device,
        workspace.settings.device.dtype,
        workspace.sizes.parameters,
        lambda: workspace.tokenizer,
        workspace.report,
        lambda _folder, device, dtype: PlacedModel(workspace.folder, workspace.settings, device, dtype).load(),
    )
    if sentence:
        workspace.emit(message_logged("warning", sentence))
    return dtype_name(dtype)
