"""Export: the run's model as a folder that stock transformers loads."""

from pathlib import Path
from typing import Literal

import msgspec

from engine.api.errors import BadInput
from engine.api.events import Event, ModelEvaluated, StageProgressed
from engine.api.settings import Variant
from engine.export.export import export_model
from engine.pipeline.workspace import Workspace
from engine.recovery.merge import load_merged

_FIGURES = (
    "heldout_perplexity",
    "heldout_kl",
    "text_perplexity",
    "prefill_tokens_per_second",
    "decode_tokens_per_second",
    "peak_memory",
)


def export(workspace: Workspace) -> None:
    """Export into the project, unless this run's export is there already."""
    if any(Path(folder).is_dir() for folder in workspace.state.exports):
        return
    export_to(workspace, _free_name(workspace), workspace.settings.export.variant)


def export_to(workspace: Workspace, target: Path, wanted: Literal["best", "pruned", "recovered"]) -> None:
    """Export the run's model to ``target``.

    Raises:
        BadInput: the target is not empty, or the run has no recovered model.
        StopRequested: a person asked for it.
    """
    variant: Variant = workspace.state.best_variant if wanted == "best" else wanted
    recovery = workspace.run.folder / "recovery"
    if variant == "recovered" and workspace.state.best_variant != "recovered":
        raise BadInput(f"{workspace.run.name} has no recovered model; export the pruned one (export.variant=pruned).")
    workspace.release("evaluator", "dense")
    export_model(
        workspace.folder,
        workspace.removed,
        target,
        variant=variant,
        replaced=load_merged(recovery) if variant == "recovered" else {},
        manifest=_manifest(workspace),
        emit=lambda event: _say(workspace, event),
    )


def _say(workspace: Workspace, event: Event) -> None:
    """Between two steps of the export a person may stop it; nothing half-written stays."""
    if isinstance(event, StageProgressed):
        workspace.check()
    workspace.emit(event)


def _free_name(workspace: Workspace) -> Path:
    """``exports/0001-pso``, or with a number behind it when something of that name is there."""
    folder, name = workspace.project.exports_folder(), workspace.run.name
    number = 1
    while (target := folder / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return target


def _manifest(workspace: Workspace) -> dict[str, object]:
    search = workspace.state.search
    assert search is not None
    return {
        "revision": workspace.settings.model.revision,
        "settings": msgspec.to_builtins(workspace.settings),
        "score": {"kl": search.fitness, "evaluations": search.evaluations},
        "figures": {name: _figures(event) for name, event in workspace.state.evaluated.items()},
    }


def _figures(event: ModelEvaluated) -> dict[str, float]:
    figures = {name: getattr(event, name) for name in _FIGURES}
    return {name: value for name, value in figures.items() if value is not None}
