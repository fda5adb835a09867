"""Run the stages of a project in order, continuing its latest run, and export its results."""

from pathlib import Path

from engine.api.clock import seconds_awake
from engine.api.commands import ExportRun, RunProject
from engine.api.control import Control
from engine.api.errors import BadInput
from engine.api.evaluation_events import VARIANT_TITLES
from engine.api.event import message_logged
from engine.api.events import STAGES, Emit, Stage, StageFinished, StageStarted
from engine.api.export_targets import read_formats
from engine.api.locations import given_path, real_path
from engine.api.message import Message, joined, worded
from engine.api.project import Project
from engine.api.trust import ensure_settings_trusted
from engine.export.export import check_outside
from engine.pipeline.budget_exports import export_budgets
from engine.pipeline.ending import Ending
from engine.pipeline.estimate import doubts_before
from engine.pipeline.folding import outcome_words
from engine.pipeline.paces import predict_durations
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
        return in_session(project, run, sink, control, lambda workspace: _run(command, workspace))


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
            worded(
                "{0} weights belong to one removal set; leave out the numbers of layers, or the variant.",
                VARIANT_TITLES[command.variant],
            )
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
        several = worded("{0} budgets exported to {1}.", len(set(command.layers)), folder)
        return Ending.finished(several if command.layers else _summary(workspace))

    with project_lock(project):
        return in_session(project, run_to_export(project, command.run), sink, control, work)


def _run(command: RunProject, workspace: Workspace) -> Ending:
    workspace.keeps_best = command.keep_best
    return _up_to(command.until, workspace)


def _up_to(until: Stage, workspace: Workspace) -> Ending:
    is_new = "model" not in workspace.state.stages_finished
    for stage in STAGES[: STAGES.index(until) + 1]:
        workspace.check()
        perform_stage(stage, workspace)
        if stage == "model":
            predict_durations(workspace, until)
        if stage == "model" and is_new and STAGES.index(until) >= STAGES.index("evaluate"):
            _note_doubts(workspace)
        if stage == "model" and until == "export":
            # Not part of the stage, since a later session may choose other formats or a later last stage.
            check_export(workspace)
    return Ending.finished(_summary(workspace))


def _note_doubts(workspace: Workspace) -> None:
    """Warn of a run that does not fit or takes more than a day; it goes on, since nobody may be there to ask."""
    cost = workspace.placed.cost
    doubts = doubts_before(cost, workspace.folder.path, workspace.device, workspace.dtype)
    if doubts is not None:
        workspace.emit(message_logged("warning", doubts))


def _summary(workspace: Workspace) -> Message:
    """Return the results of the run as one sentence."""
    state = workspace.state
    if state.search is None:
        return worded("{0}: done up to '{1}'.", workspace.run.name, workspace.stage)
    parts: list[str] = [worded("{0} of {1} layers removed", len(state.search.removed), workspace.sizes.layers)]
    if state.compensation is not None:
        refitted = any(each.ridge is not None for each in state.refitted_maps.values())
        parts.append(outcome_words(state.folded_gaps.values(), refitted))
    if state.unfit_training is not None:
        parts.append(worded("training did not fit into memory"))
    elif state.recovery is not None:
        helped = state.recovery.helped
        parts.append(worded("recovery helped") if helped else worded("recovery did not help"))
    if state.exports:
        parts.append(worded("exported to {0}", list(state.exports)[-1]))
    return joined(*parts, between="; ", end=".")
