"""Jobs on a model without a project: inspect, prune and measure it, list its export formats."""

import time

from engine.api.commands import EvaluateModel, InspectModel, ListExportTargets, PruneModel
from engine.api.control import Control
from engine.api.errors import BadInput
from engine.api.events import Emit, MessageLogged, Stage, StageFinished, StageStarted
from engine.api.export_targets import read_formats, target_faults
from engine.api.locations import given_path
from engine.api.plurals import counted
from engine.api.run_state import RunState
from engine.api.settings import EvaluationSettings
from engine.evaluation.evaluate import Evaluation
from engine.evaluation.paired import SampledFigures
from engine.evaluation.perplexity import check_texts
from engine.evaluation.speed import check_answer
from engine.evaluation.task_list import check_tasks
from engine.export.formats import export_formats
from engine.export.request import ExportRequest
from engine.export.targets.registry import found_targets
from engine.models.description import describe_model
from engine.models.devices import choose_device
from engine.models.folder import ModelFolder
from engine.models.loading import TokenizerMisfit, load_model, load_tokenizer
from engine.models.number_format import choose_dtype
from engine.models.progress import Report
from engine.models.sizes import measure_sizes
from engine.pipeline.ending import Ending
from engine.pipeline.run_log import ProgressClock
from engine.results.text_names import text_names
from engine.sources.hub.errors import HubAccessRefused
from engine.sources.resolve import resolve_source


def inspect_model(command: InspectModel, emit: Emit, control: Control) -> Ending:
    """Fetch or convert a source and emit ``ModelPrepared``.

    Args:
        command: The source and its revision.
        emit: Receives the events.
        control: Carries the user's wish to stop.

    Raises:
        BadInput: The source cannot be used.
        LayerSwarmError: The source cannot be fetched now.
    """
    folder = _resolved(command.source, command.revision, emit, control)
    return Ending.finished(f"{folder.name} is ready.")


def prune_model(command: PruneModel, emit: Emit, control: Control) -> Ending:
    """Export a source without the layers that the command names.

    Args:
        command: Source, layers, folder and formats.
        emit: Receives the events.
        control: Carries the user's wish to stop.

    Raises:
        BadInput: The source, the layers or the target cannot be used.
        LayerSwarmError: The source cannot be fetched now, or the export or one of its checks fails.
    """
    folder = _resolved(command.source, command.revision, emit, control)
    _warn_of_misfit(folder, emit)
    emit(StageStarted(stage="export"))
    started = time.monotonic()
    request = ExportRequest(
        source=folder,
        removed=tuple(sorted(command.removed)),
        folder=given_path(command.folder),
        formats=read_formats(command.formats),
        manifest={"revision": command.revision},
        llama_cpp=command.llama_cpp,
    )
    written = export_formats(request, emit)
    emit(StageFinished(stage="export", seconds=time.monotonic() - started))
    count = len(written[0].removed)
    return Ending.finished(f"{counted(count, 'layer')} removed; exported to {command.folder}.")


def _warn_of_misfit(folder: ModelFolder, emit: Emit) -> None:
    """Log a warning if the tokenizer does not fit the model; removing layers does not need it."""
    try:
        load_tokenizer(folder.path)
    except TokenizerMisfit as error:
        emit(MessageLogged(level="warning", message=str(error)))
    except BadInput:
        return  # a model without a tokenizer can be pruned too


def list_export_targets(command: ListExportTargets, emit: Emit, control: Control) -> Ending:
    """Emit which formats can be written on this computer, and for the model that is named.

    Raises:
        BadInput: The source cannot be used.
    """
    for sentence in target_faults():
        emit(MessageLogged(level="warning", message=sentence))
    folder = _resolved(command.source, "main", emit, control) if command.source else None
    found = list(found_targets(folder, command.llama_cpp))
    for target in found:
        emit(target)
    return Ending.finished(f"{sum(target.available for target in found)} of {len(found)} formats can be written.")


def evaluate_source(command: EvaluateModel, emit: Emit, control: Control) -> Ending:
    """Measure a source as it is. Without a dense model to compare it with, its held-out figures are undefined.

    Args:
        command: Source, texts, tasks and device.
        emit: Receives the events.
        control: Carries the user's wish to stop.

    Raises:
        BadInput: The source, a text, a task or the device cannot be used.
        LayerSwarmError: The source cannot be fetched now, or a task fails.
    """
    settings = EvaluationSettings(
        texts=command.texts,
        tasks=command.tasks,
        task_folder=command.task_folder,
        data_folder=command.data_folder,
        task_limit=command.task_limit,
        fewshot=command.fewshot,
    )
    check_texts(settings, 0)
    check_tasks(settings)
    device = choose_device(command.device)
    folder = _resolved(command.source, command.revision, emit, control)
    tokenizer = load_tokenizer(folder.path)
    check_answer(settings, describe_model(folder).context_length)
    report = _reporter("evaluate", emit, control)
    emit(StageStarted(stage="evaluate"))
    report("Loading the model", 0, 0)
    sizes = measure_sizes(folder.path)
    model = load_model(folder.path, device, choose_dtype(device, "auto", sizes.parameters))
    known = RunState()
    evaluation = Evaluation(
        model=model,
        tokenizer=tokenizer,
        variant="dense",
        sizes=(sizes.layers, sizes.parameters, sizes.bytes),
        reference=None,
        settings=settings,
        known=known,
        figures=SampledFigures(),
        report=report,
    )
    for event in evaluation.events():
        known.apply(event)
        emit(event)
    names = text_names(command.texts)
    found = [f"perplexity {each.token_perplexity:.2f} on {names[each.text]}" for each in known.texts.values()]
    return Ending.finished(f"{folder.name}: {', '.join(found) or 'measured'}.")


def _resolved(source: str, revision: str, emit: Emit, control: Control) -> ModelFolder:
    emit(StageStarted(stage="model"))
    try:
        folder = resolve_source(source, revision, _reporter("model", emit, control))
    except HubAccessRefused as error:
        emit(error.refused)
        raise
    emit(describe_model(folder))
    emit(StageFinished(stage="model", seconds=0.0))
    return folder


def _reporter(stage: Stage, emit: Emit, control: Control) -> Report:
    clock = ProgressClock(emit)

    def report(message: str, done: float, total: float) -> None:
        control.check()
        clock.report(stage, message, done, total)

    return report
