"""Export the run's model in the formats that the project asks for."""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from engine.api.budget import smallest_layers
from engine.api.errors import BadInput
from engine.api.evaluation_events import VARIANT_WORDS
from engine.api.event import message_logged
from engine.api.events import Event, ModelEvaluated, RemovalSet, StageProgressed
from engine.api.export_targets import ExportFormat, read_formats
from engine.api.message import worded
from engine.api.project import Project
from engine.api.run_state import RunState
from engine.api.settings import ExportedVariant, Settings, Variant
from engine.export.formats import export_formats
from engine.export.readiness import check_folder, check_format, possible_removals
from engine.export.request import ExportRequest
from engine.export.runtimes.compare import comparing_bytes
from engine.export.targets.target import Plan
from engine.export.verification_way import choose_way
from engine.models.number_format import dtype_name
from engine.pipeline.stage_memory import memory_for_exports
from engine.pipeline.stages.begun_export import BegunExport
from engine.pipeline.stages.compensate import compensate, is_compensated
from engine.pipeline.workspace import Workspace
from engine.results.best_sets import KnownSet
from engine.results.export_places import is_still_there

_FIGURES = (
    "heldout_perplexity",
    "heldout_kl",
    "text_perplexity",
    "prefill_tokens_per_second",
    "decode_tokens_per_second",
    "peak_memory",
)


def export(workspace: Workspace) -> None:
    """Export into the project every format that its settings ask for and that is not there yet.

    A variant whose stage did not help does not exist; the model that it started from is exported instead.
    """
    formats = missing_formats(workspace.state, workspace.project)
    if not formats:
        return
    wanted = workspace.project.settings.export.variant
    variant = _variant(workspace.state, wanted)
    if wanted != "best" and wanted != variant:
        message = worded(
            "{0} has no {1} model, so the {2} one is exported instead.",
            workspace.run.name,
            VARIANT_WORDS[wanted],
            VARIANT_WORDS[variant],
        )
        workspace.emit(message_logged("warning", message))
    export_to(workspace, BegunExport(workspace, variant, formats).folder(), variant, formats)


def check_export(workspace: Workspace) -> None:
    """Check before the search that the export which the project asks for can be made.

    Raises:
        BadInput: A format cannot be written here or of this model, the project's folder for exports cannot be written
            to, or the run will have no such variant.
        LayerSwarmError: A tool cannot be fetched now, or disk or memory have too little space.
    """
    settings = workspace.project.settings.export
    formats = missing_formats(workspace.state, workspace.project)
    if formats:
        _check_enabled(settings.variant, workspace.settings)
    if formats:
        sizes = workspace.sizes
        least = smallest_layers(workspace.prunable, sizes.layer_bytes, workspace.layer_counts[0])
        folder, memory = workspace.project.exports_folder(), memory_for_exports(workspace.settings, workspace.device)
        check_folder(folder, formats, *sizes.after(least), comparing_bytes(sizes), memory)
        choose_way(workspace.folder.path, memory)  # refuses too little memory
    for each in formats:
        check_format(each, _plan(workspace))


def _check_enabled(wanted: ExportedVariant, settings: Settings) -> None:
    makers = {
        "compensated": ("compensation", settings.compensation.enabled),
        "recovered": ("recovery", settings.recovery.enabled),
    }
    section, enabled = makers.get(wanted, ("", True))
    if not enabled:
        raise BadInput(
            worded(
                "export.variant is '{0}', but there will be no such model while {1}.enabled is false; change one of "
                "them.",
                wanted,
                section,
            )
        )


def _plan(workspace: Workspace) -> Plan:
    """Return what is known of the export, before the search or after it."""
    state, settings = workspace.state, workspace.project.settings.export
    if state.search is not None:
        removals: tuple[RemovalSet, ...] = (workspace.removed,)
    else:
        removals = possible_removals(workspace.folder.config(), workspace.prunable, workspace.layer_counts)
    undecided = settings.variant in ("best", "recovered") and state.recovery is None
    trained = workspace.settings.recovery.enabled if undecided else _variant(state, settings.variant) == "recovered"
    return Plan(workspace.folder, removals, trained, settings.llama_cpp, workspace.report)


def missing_formats(state: RunState, project: Project) -> list[ExportFormat]:
    """Return the formats of the project's settings in which no export of the run's model exists (any longer)."""
    settings = project.settings.export
    variant = _variant(state, settings.variant)
    own = [each for each in state.exports.values() if state.search is None or each.removed == state.search.removed]
    alike = [each for each in own if each.variant == variant]
    there = {each.format for each in alike if is_still_there(Path(each.folder), project.folder)}
    return [each for each in read_formats(settings.formats) if str(each) not in there]


def export_to(
    workspace: Workspace,
    target: Path,
    wanted: ExportedVariant | Variant,
    formats: Sequence[ExportFormat],
) -> None:
    """Export the run's model.

    Args:
        workspace: The run.
        target: A new or empty folder; several formats are written into a folder each within it.
        wanted: Which model; ``best`` is the recovered one where recovery helped, else the compensated one.
        formats: The formats to write.

    Raises:
        BadInput: The target is not empty, the run has no such model, or a format cannot be written.
        LayerSwarmError: A conversion or a check fails.
        StopRequested: A person stopped the export.
    """
    variant = workspace.state.best_variant if wanted == "best" else wanted
    if not workspace.state.has_variant(variant):
        best = workspace.state.best_variant
        raise BadInput(
            worded(
                "{0} has no {1} model; export the {2} one (export.variant={3}).",
                workspace.run.name,
                VARIANT_WORDS[variant],
                VARIANT_WORDS[best],
                best,
            )
        )
    if variant == "compensated" and not is_compensated(workspace.state, workspace):
        compensate(workspace)
    search = workspace.state.search
    assert search is not None
    manifest = {
        "score": {search.objective: search.fitness, "windows": search.level, "evaluations": search.evaluations},
        "figures": {name: _figures(event) for name, event in workspace.state.evaluated.items()},
    }
    request = ExportRequest(
        source=workspace.folder,
        removed=workspace.removed,
        folder=target,
        formats=tuple(formats),
        variant=variant,
        replaced=workspace.changed_weights(variant),
        manifest=manifest,
    )
    _export(workspace, request)


def export_known(workspace: Workspace, known: KnownSet, target: Path, formats: Sequence[ExportFormat]) -> None:
    """Export the model without a removal set that was scored, which need not be the run's own answer.

    Args:
        workspace: The run.
        known: The removal set and its score.
        target: A new or empty folder; several formats are written into a folder each within it.
        formats: The formats to write.

    Raises:
        BadInput: The target is not empty, or a format cannot be written.
        LayerSwarmError: A conversion or a check fails.
        StopRequested: A person stopped the export.
    """
    score = {workspace.settings.search.objective: known.fitness, "windows": known.level}
    request = ExportRequest(
        source=workspace.folder,
        removed=known.removed,
        folder=target,
        formats=tuple(formats),
        manifest={"score": score},
    )
    _export(workspace, request)


def _export(workspace: Workspace, request: ExportRequest) -> None:
    workspace.release_evaluators()
    workspace.release_dense()
    manifest = {**_manifest(workspace), **request.manifest}
    llama_cpp = workspace.project.settings.export.llama_cpp
    memory = memory_for_exports(workspace.settings, workspace.device)
    whole = replace(request, manifest=manifest, llama_cpp=llama_cpp, memory=memory)
    export_formats(whole, lambda event: _emit_or_stop(workspace, event))


def _variant(state: RunState, wanted: ExportedVariant) -> Variant:
    """Return the variant that the run exports: the wanted one, or the best of those that come before it."""
    if wanted == "best" or wanted == "recovered":
        return state.best_variant
    return wanted if state.has_variant(wanted) else "pruned"


def _emit_or_stop(workspace: Workspace, event: Event) -> None:
    """Emit an event. Between two steps of the export a person may stop it; no partial file is kept."""
    if isinstance(event, StageProgressed):
        workspace.check()
    workspace.emit(event)


def _manifest(workspace: Workspace) -> dict[str, object]:
    calibration = workspace.state.calibration
    return {
        "revision": workspace.settings.model.revision,
        "run": workspace.run.name,
        "device": {"name": workspace.device, "dtype": dtype_name(workspace.dtype)},
        "calibration": calibration.digest if calibration else "",
        "calibration_source": calibration.source if calibration else "",
        "settings": msgspec.to_builtins(workspace.settings),
    }


def _figures(event: ModelEvaluated) -> dict[str, float]:
    """Return the figures that were measured; the speed of a streamed model is not (nan)."""
    figures = {name: getattr(event, name) for name in _FIGURES}
    return {name: value for name, value in figures.items() if value is not None and not math.isnan(value)}
