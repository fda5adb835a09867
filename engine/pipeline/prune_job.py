"""Remove layers from a model without a project, and fold what they did into the layers beside them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import TypeVar

from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from engine.api.clock import seconds_awake
from engine.api.commands import PruneModel
from engine.api.control import Control
from engine.api.errors import BadInput
from engine.api.event import message_logged
from engine.api.events import Emit, Stage, StageFinished, StageStarted
from engine.api.export_targets import read_formats
from engine.api.locations import given_path
from engine.api.message import Message, joined, worded, worded_count
from engine.api.settings import (
    AnalysisSettings,
    BudgetSettings,
    CalibrationSettings,
    RecoverySettings,
    Settings,
    TextSource,
)
from engine.calibration.prepare import TooLittleText, prepare_windows
from engine.compensation.compensate import Compensation
from engine.compensation.fold import Fold
from engine.export.export import check_outside
from engine.export.formats import check_request, export_formats
from engine.export.request import ExportRequest
from engine.export.tokenizer_check import has_tokenizer
from engine.models.architecture import find_decoder
from engine.models.description import describe_model
from engine.models.devices import choose_device
from engine.models.folder import ModelFolder
from engine.models.loading import TokenizerMisfit, load_tokenizer
from engine.models.removal import Removal
from engine.models.sizes import measure_sizes
from engine.models.tensor_content import content_digest
from engine.pipeline.ending import Ending
from engine.pipeline.folding import emit_fit, final_compensation, finished_event, folded_in_memory, outcome_words
from engine.pipeline.number_format import resolved_dtype
from engine.pipeline.placed_model import PlacedModel
from engine.pipeline.run_windows import placed_windows
from engine.pipeline.source_stage import resolved_source, stage_report

T = TypeVar("T")
_REMEDY = worded("close other programs that use its memory, or leave out --compensate")


def prune_model(command: PruneModel, emit: Emit, control: Control) -> Ending:
    """Export a source without the layers that the command names.

    Args:
        command: Source, layers, folder, formats, and whether to compensate.
        emit: Receives the events.
        control: Carries the user's wish to stop.

    Raises:
        BadInput: The source, the layers, the text or the target cannot be used.
        LayerSwarmError: The source cannot be fetched now, memory runs out, or the export or one of its checks fails.
    """
    folder = resolved_source(command.source, command.revision, emit, control)
    _warn_of_misfit(folder, emit)
    check_outside(given_path(command.folder), folder)
    removed = Removal(measure_sizes(folder.path).layers, command.removed).removed
    request = ExportRequest(
        source=folder,
        removed=removed,
        folder=given_path(command.folder),
        formats=read_formats(command.formats),
        variant="pruned",
        replaced={},
        manifest={"revision": command.revision},
        llama_cpp=command.llama_cpp,
    )
    parts: list[str] = [worded_count(len(removed), "{0} layer removed", "{0} layers removed")]
    if command.compensate:
        check_request(request, emit)
        fold, replaced = _in_stage("compensate", emit, lambda: _compensated(command, folder, emit, control))
        request = _with_changes(request, replaced) if replaced else request
        parts.append(outcome_words(fold.gaps, refitted=any(each.weights for each in fold.refits)))
    _in_stage("export", emit, lambda: export_formats(request, emit))
    return Ending.finished(joined(*parts, worded("exported to {0}.", command.folder), between="; "))


def _with_changes(request: ExportRequest, replaced: Mapping[str, Tensor]) -> ExportRequest:
    """Return the request with changed weights, which its manifest names: another text gives other ones."""
    manifest = {**request.manifest, "changed_weights": content_digest(replaced)}
    return replace(request, variant="compensated", replaced=replaced, manifest=manifest)


def _in_stage(stage: Stage, emit: Emit, work: Callable[[], T]) -> T:
    emit(StageStarted(stage=stage))
    started = seconds_awake()
    result = work()
    emit(StageFinished(stage=stage, seconds=seconds_awake() - started))
    return result


def _compensated(
    command: PruneModel, folder: ModelFolder, emit: Emit, control: Control
) -> tuple[Fold, dict[str, Tensor]]:
    """Return the fold, and its weights by their names in the pruned model; none where no fold helps."""
    report, started = stage_report("compensate", emit, control), seconds_awake()
    device, sizes = choose_device("auto"), measure_sizes(folder.path)
    removed = Removal(sizes.layers, command.removed).removed
    settings = _settings(command, folder, len(removed))
    tokenizer = partial(load_tokenizer, folder.path)

    @cache
    def load() -> PreTrainedModel:
        report(worded("Loading the model"), 0, 0)
        return placed().load()

    @cache
    def placed() -> PlacedModel:
        dtype, sentence = resolved_dtype(
            folder.path,
            device,
            "auto",
            sizes.parameters,
            tokenizer,
            report,
            lambda _folder, device, dtype: PlacedModel(folder, settings, device, dtype, _REMEDY).load(),
        )
        model = PlacedModel(folder, settings, device, dtype, _REMEDY)
        if sentence:
            emit(message_logged("warning", sentence))
        if words := model.words():
            emit(message_logged("info", words))
        return model

    def written() -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
        return load(), tokenizer()

    # A text that cannot be used is refused before the model is loaded.
    try:
        if command.text:
            windows = prepare_windows(settings, folder, written, report)
        else:
            windows = placed_windows(placed(), written, report, emit)
    except TooLittleText:
        raise BadInput(_too_little(command, settings)) from None
    dense = load()

    def made(rows: int) -> Compensation:
        report(worded("Running the dense model on the text"), 0, 0)
        return final_compensation(dense, windows, settings, removed, rows, control.check)

    fold = folded_in_memory(
        made,
        lambda compensation: compensation.fold(removed, on_fit=lambda outcome: emit_fit(outcome, emit)),
        windows.recovery,
        _REMEDY,
    )
    emit(finished_event(fold, started))
    return fold, fold.pruned_names(find_decoder(dense).path, sizes.layers)


def _settings(command: PruneModel, folder: ModelFolder, layers: int) -> Settings:
    """Return settings that remove so many layers; the texts are the command's, or the model's own without any."""
    source: TextSource = "file" if command.text else "self"
    usual, context = CalibrationSettings().window_length, describe_model(folder).context_length
    length = min(usual, context) if context else usual
    return Settings(
        budget=BudgetSettings(layers=layers),
        analysis=AnalysisSettings(protect_first=0, protect_last=0),
        calibration=CalibrationSettings(
            source=source, path=command.text, windows=1, heldout_windows=1, window_length=length
        ),
        recovery=RecoverySettings(source=source, path=command.text, enabled=False),
    )


def _too_little(command: PruneModel, settings: Settings) -> Message:
    needed = worded("at least 4 different windows of {0} tokens are needed", settings.calibration.window_length)
    if command.text:
        return worded(
            "There is too little text in {0} to compensate on: {1}; give a longer text, or leave out --text, "
            "so that the model writes its own.",
            command.text,
            needed,
        )
    return worded("The model repeats itself, and {0} to compensate on; name a text file (--text).", needed)


def _warn_of_misfit(folder: ModelFolder, emit: Emit) -> None:
    """Log a warning if the tokenizer is missing, broken or does not fit the model; removing layers does not need it."""
    if not has_tokenizer(folder.path):
        emit(message_logged("warning", worded("{0} holds no tokenizer, so the export has none either.", folder.path)))
        return
    try:
        load_tokenizer(folder.path)
    except TokenizerMisfit as error:
        emit(message_logged("warning", joined(error.sentence)))
    except BadInput as error:
        emit(
            message_logged(
                "warning", joined(error.sentence, worded("The export is made without a tokenizer that works."))
            )
        )
