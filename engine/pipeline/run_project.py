"""Running a project: its stages in order, from where its latest run stands."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from engine.api.commands import ExportRun, RunProject
from engine.api.control import Control
from engine.api.events import STAGES, RunStarted, Stage, StageFinished, StageStarted
from engine.api.project import Project, Run
from engine.api.run_state import RunState
from engine.pipeline.elapsed import seconds_spent
from engine.pipeline.ending import Ending, conclude
from engine.pipeline.run_choice import choose_run, project_lock, run_to_export
from engine.pipeline.run_log import RunLog, Sink
from engine.pipeline.stages.analyse import analyse
from engine.pipeline.stages.calibrate import calibrate
from engine.pipeline.stages.evaluate import evaluate
from engine.pipeline.stages.export import export, export_to
from engine.pipeline.stages.model import prepare_model
from engine.pipeline.stages.recover import recover
from engine.pipeline.stages.search import search
from engine.pipeline.workspace import Workspace

_PACKAGES = ("layerswarm", "torch", "transformers", "peft", "accelerate")


@dataclass(frozen=True)
class _Stage:
    """A stage: what it does, and how the journal shows that it is done."""

    work: Callable[[Workspace], None]
    is_done: Callable[[RunState], bool]


def _finished(stage: Stage) -> Callable[[RunState], bool]:
    return lambda state: stage in state.stages_finished


_WORK: dict[Stage, _Stage] = {
    "model": _Stage(prepare_model, _finished("model")),
    "calibrate": _Stage(calibrate, _finished("calibrate")),
    "analyse": _Stage(analyse, _finished("analyse")),
    "search": _Stage(search, lambda state: state.search is not None),
    "recover": _Stage(recover, lambda state: state.recovery is not None or "recover" in state.stages_finished),
    "evaluate": _Stage(evaluate, _finished("evaluate")),
    "export": _Stage(export, lambda state: any(Path(folder).is_dir() for folder in state.exports)),
}


def run_project(command: RunProject, sink: Sink, control: Control) -> Ending:
    """Do the stages up to ``command.until`` that are not done yet.

    Raises:
        BadInput: there is no such project, it is read-only, or another engine works on it.
    """
    project = Project.open(Path(command.project))
    with project_lock(project):
        run = choose_run(project, command.new_run)
        return _in_session(project, run, sink, control, lambda workspace: _up_to(command.until, workspace))


def export_run(command: ExportRun, sink: Sink, control: Control) -> Ending:
    """Export a run's model to any folder.

    Raises:
        BadInput: there is no such project or run, or another engine works on it.
    """
    project = Project.open(Path(command.project))

    def work(workspace: Workspace) -> Ending:
        workspace.stage = "export"
        workspace.emit(StageStarted(stage="export"))
        started = time.time()
        export_to(workspace, Path(command.folder).expanduser(), command.variant)
        workspace.emit(StageFinished(stage="export", seconds=time.time() - started))
        return Ending.finished(_summary(workspace))

    with project_lock(project):
        return _in_session(project, run_to_export(project, command.run), sink, control, work)


def _in_session(
    project: Project, run: Run, sink: Sink, control: Control, work: Callable[[Workspace], Ending]
) -> Ending:
    """One session of a run: it starts, works and ends in the journal, whatever happens."""
    with RunLog(run, sink) as log:
        workspace = Workspace(project, run, log, control)
        ending = conclude(lambda: _started(workspace, work))
        log.record(ending.event)
    if ending.outcome == "discarded":
        run.discard()
    return ending


def _started(workspace: Workspace, work: Callable[[Workspace], Ending]) -> Ending:
    workspace.emit(
        RunStarted(
            run=workspace.run.name,
            algorithm=workspace.settings.search.algorithm,
            resumed=workspace.state.model is not None,
            device=workspace.device,
            versions={package: version(package) for package in _PACKAGES},
        )
    )
    return work(workspace)


def _up_to(until: Stage, workspace: Workspace) -> Ending:
    for stage in STAGES[: STAGES.index(until) + 1]:
        workspace.check()
        _perform(stage, workspace)
    return Ending.finished(_summary(workspace))


def _perform(stage: Stage, workspace: Workspace) -> None:
    workspace.stage = stage
    work = _WORK[stage]
    if work.is_done(workspace.state):
        known = workspace.state.stages_finished.get(stage)
        workspace.emit(StageFinished(stage=stage, seconds=known.seconds if known else 0.0, reused=True))
        return
    before = seconds_spent(workspace.run.events(), stage)
    workspace.emit(StageStarted(stage=stage))
    started = time.time()
    work.work(workspace)
    workspace.emit(StageFinished(stage=stage, seconds=before + time.time() - started))


def _summary(workspace: Workspace) -> str:
    """What the run has come to, in one sentence."""
    state = workspace.state
    if state.search is None:
        return f"{workspace.run.name}: done up to '{workspace.stage}'."
    parts = [f"{len(state.search.removed)} of {workspace.sizes.layers} layers removed"]
    if state.recovery is not None:
        parts.append("recovery helped" if state.recovery.helped else "recovery did not help")
    if state.exports:
        parts.append(f"exported to {list(state.exports)[-1]}")
    return "; ".join(parts) + "."
