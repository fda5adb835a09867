"""Run the stages of a project in order, continuing its latest run, and export its results."""

from pathlib import Path

from engine.api.clock import seconds_awake
from engine.api.commands import ExportRun, RunProject
from engine.api.control import Control
from engine.api.errors import BadInput
from engine.api.events import STAGES, Emit, Stage, StageFinished, StageStarted
from engine.api.export_targets import read_formats
from engine.api.locations import given_path, real_path
from engine.api.project import Project
from engine.api.trust import ensure_settings_trusted
from engine.export.export import check_outside
from engine.pipeline.budget_exports import export_budgets
from engine.pipeline.ending import Ending
from engine.pipeline.folding import outcome_words
from engine.pipeline.run_choice import choose_run, project_lock, run_to_export
from engine.pipeline.session import in_session, perform_stage
from engine.pipeline.stages.export import check_export, export_to
from engine.pipeline.workspace import Workspace


def run_project(command: RunProject, sink: Emit, control: Control) -> Ending:
    """Do the stages up to ``command.until`` that are not done yet.

    Args:
        command: Project, last stage, and whether to start a new run.
        sink: Receives every event.
        control: Carries the user's wish to stop.

    Raises:
        BadInput: There is no such project, it is read-only, its search algorithm is not installed, or another engine
            works on it, or it names code that the person has not allowed to run.
    """
    project = Project.open(Path(command.project))
    ensure_settings_trusted(project.settings)
    with project_lock(project):
        run = choose_run(project, command.new_run)
        return in_session(project, run, sink, control, lambda workspace: _up_to(command.until, workspace))


def export_run(command: ExportRun, sink: Emit, control: Control) -> Ending:
    """Export a run's model, or the best known set of several budgets, to any folder.

    Args:
        command: Project, run, folder, formats and, for several budgets, the numbers of layers.
        sink: Receives every event.
        control: Carries the user's wish to stop.

    Raises:
        BadInput: There is no such project or run, a compensated or recovered variant is asked for with numbers of
            layers, another engine works on the project, or it names code that the person has not allowed to run.
    """
    project = Project.open(Path(command.project))
    ensure_settings_trusted(project.settings, "export.llama_cpp")
    if command.layers and command.variant in ("compensated", "recovered"):
        raise BadInput(
            f"{command.variant.capitalize()} weights belong to one removal set; leave out the numbers of layers, or "
            "the variant."
        )

    def work(workspace: Workspace) -> Ending:
        workspace.stage = "export"
        workspace.emit(StageStarted(stage="export"))
        started = seconds_awake()
        folder, formats = given_path(command.folder), read_formats(command.formats)
        exports = real_path(project.exports_folder())  # a project may lie in the folder of its model
        if not real_path(folder).is_relative_to(exports):
            check_outside(folder, workspace.folder)
        if command.layers:
            export_budgets(workspace, command.layers, folder, formats)
        else:
            export_to(workspace, folder, command.variant, formats)
        workspace.emit(StageFinished(stage="export", seconds=seconds_awake() - started))
        several = f"{len(set(command.layers))} budgets exported to {folder}."
        return Ending.finished(several if command.layers else _summary(workspace))

    with project_lock(project):
        return in_session(project, run_to_export(project, command.run), sink, control, work)


def _up_to(until: Stage, workspace: Workspace) -> Ending:
    for stage in STAGES[: STAGES.index(until) + 1]:
        workspace.check()
        perform_stage(stage, workspace)
        if stage == "model" and until == "export":
            # Not part of the stage, since a later session may choose other formats or a later last stage.
            check_export(workspace)
    return Ending.finished(_summary(workspace))


def _summary(workspace: Workspace) -> str:
    """Return the results of the run as one sentence."""
    state = workspace.state
    if state.search is None:
        return f"{workspace.run.name}: done up to '{workspace.stage}'."
    parts = [f"{len(state.search.removed)} of {workspace.sizes.layers} layers removed"]
    if state.compensation is not None:
        refitted = any(each.ridge is not None for each in state.refitted_maps.values())
        parts.append(outcome_words(state.folded_gaps.values(), refitted))
    if state.unfit_training is not None:
        parts.append("training did not fit into memory")
    elif state.recovery is not None:
        parts.append("recovery helped" if state.recovery.helped else "recovery did not help")
    if state.exports:
        parts.append(f"exported to {list(state.exports)[-1]}")
    return "; ".join(parts) + "."
