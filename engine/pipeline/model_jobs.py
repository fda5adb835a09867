"""Jobs on a model without a project: inspect and measure it, list its export formats."""

from pathlib import Path

import torch
from transformers import PreTrainedModel

from engine.api.commands import EvaluateModel, InspectModel, ListExportTargets
from engine.api.control import Control
from engine.api.event import message_logged
from engine.api.events import Emit, StageStarted
from engine.api.export_targets import target_faults
from engine.api.message import joined, worded
from engine.api.run_state import RunState
from engine.api.settings import DeviceSettings, EvaluationSettings
from engine.evaluation.evaluate import Evaluation
from engine.evaluation.paired import SampledFigures
from engine.evaluation.perplexity import check_texts
from engine.evaluation.speed import check_answer
from engine.evaluation.task_list import check_tasks
from engine.export.targets.registry import found_targets
from engine.fitness.last_states import STATES_BYTES
from engine.models.description import describe_model
from engine.models.devices import choose_device
from engine.models.loading import load_model, load_tokenizer
from engine.models.out_of_memory import memory_refusal
from engine.models.placement import Placement, choose_placement, streaming_words
from engine.models.sizes import ModelSizes, measure_sizes
from engine.pipeline.ending import Ending
from engine.pipeline.evaluation_size import evaluated_tokens
from engine.pipeline.number_format import resolved_dtype
from engine.pipeline.source_stage import resolved_source, stage_report
from engine.results.text_names import text_names

_REMEDY = worded("choose another device (--device), or close other programs that use its memory")
_LOGITS = 200 * 10**6
"""Memory for logits and their copies, beside the weights."""


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
    folder = resolved_source(command.source, command.revision, emit, control)
    return Ending.finished(worded("{0} is ready.", folder.name))


def list_export_targets(command: ListExportTargets, emit: Emit, control: Control) -> Ending:
    """Emit which formats can be written on this computer, and for the model that is named.

    Raises:
        BadInput: The source cannot be used.
    """
    for sentence in target_faults():
        emit(message_logged("warning", sentence))
    folder = resolved_source(command.source, "main", emit, control) if command.source else None
    found = list(found_targets(folder, command.llama_cpp))
    for target in found:
        emit(target)
    return Ending.finished(
        worded("{0} of {1} formats can be written.", sum(target.available for target in found), len(found))
    )


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
        answer_tokens=command.answer_tokens,
    )
    check_texts(settings, 0)
    check_tasks(settings)
    device = choose_device(command.device)
    folder = resolved_source(command.source, command.revision, emit, control)
    tokenizer = load_tokenizer(folder.path)
    described = describe_model(folder)
    check_answer(settings, described.context_length)
    report = stage_report("evaluate", emit, control)
    emit(StageStarted(stage="evaluate"))
    report(worded("Loading the model"), 0, 0)
    sizes = measure_sizes(folder.path)
    numbers = 2 * evaluated_tokens(settings, described.context_length) * described.hidden_size

    def placed(dtype: torch.dtype) -> Placement:
        return _placement(sizes, dtype, device, min(numbers * dtype.itemsize, STATES_BYTES))

    def load(path: Path, device: str, dtype: torch.dtype) -> PreTrainedModel:
        return load_model(path, device, dtype, placement=placed(dtype))

    dtype, sentence = resolved_dtype(folder.path, device, "auto", sizes.parameters, lambda: tokenizer, report, load)
    if sentence:
        emit(message_logged("warning", sentence))
    if words := streaming_words(placed(dtype), device, sizes.layers):
        emit(message_logged("info", words))
    model = load(folder.path, device, dtype)
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
    with memory_refusal(_REMEDY):
        for event in evaluation.events():
            known.apply(event)
            emit(event)
    names = text_names(command.texts)
    found = [
        worded("perplexity {0:.2f} on {1}", each.token_perplexity, names[each.text]) for each in known.texts.values()
    ]
    return Ending.finished(
        worded("{0}: {1}.", folder.name, joined(*found, between=", ") if found else worded("measured"))
    )


def _placement(sizes: ModelSizes, dtype: torch.dtype, device: str, states: int) -> Placement:
    """Return where the layers of a model are while it is measured; hidden states need room only where it is streamed.

    Raises:
        LayerSwarmError: The device has too little memory even for one layer after the other.
    """
    placement = choose_placement(sizes, dtype, device, DeviceSettings(), _LOGITS, _REMEDY)
    if not placement.streamed:
        return placement
    return choose_placement(sizes, dtype, device, DeviceSettings(), _LOGITS + states, _REMEDY)
