"""Perform stages of a run in a session whose start and end are written to the journal."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from engine.api.clock import seconds_awake
from engine.api.control import Control
from engine.api.events import Emit, RunStarted, Stage, StageFinished, StageStarted
from engine.api.project import Project, Run
from engine.api.run_state import RunState
from engine.api.version import VERSION
from engine.pipeline.ending import Ending, conclude
from engine.pipeline.paces import learn_pace
from engine.pipeline.run_log import RunLog
from engine.pipeline.stages.analyse import analyse
from engine.pipeline.stages.calibrate import calibrate
from engine.pipeline.stages.compensate import compensate, is_compensated
from engine.pipeline.stages.evaluate import evaluate, is_evaluated
from engine.pipeline.stages.export import export, missing_formats
from engine.pipeline.stages.model import prepare_model
from engine.pipeline.stages.recover import is_recovered, recover
from engine.pipeline.stages.search import search
from engine.pipeline.workspace import Workspace

_PACKAGES = ("torch", "transformers", "peft", "accelerate")


@dataclass(frozen=True)
class _Stage:
    """The work of a stage, and how to see from the journal that it is done."""

    work: Callable[[Workspace], None]
    is_done: Callable[[RunState, Workspace], bool]


def _finished(stage: Stage) -> Callable[[RunState, Workspace], bool]:
    return lambda state, _workspace: stage in state.stages_finished


_WORK: dict[Stage, _Stage] = {
    "model": _Stage(prepare_model, _finished("model")),
    "calibrate": _Stage(calibrate, _finished("calibrate")),
    "analyse": _Stage(analyse, _finished("analyse")),
    "search": _Stage(search, lambda state, _workspace: state.search is not None),
    "compensate": _Stage(compensate, is_compensated),
    "recover": _Stage(recover, is_recovered),
    "evaluate": _Stage(evaluate, is_evaluated),
    "export": _Stage(export, lambda state, workspace: not missing_formats(state, workspace.project)),
}


def in_session(project: Project, run: Run, sink: Emit, control: Control, work: Callable[[Workspace], Ending]) -> Ending:
    """Do the work in a session of a run, and write its start and its end to the journal, whatever happens.

    Args:
        project: The project of the run.
        run: The run; it is deleted if the user discards it.
        sink: Receives every event but the last.
        control: Carries the user's wish to stop.
        work: Does stages in the session's workspace.
    """
    with RunLog(run, sink) as log:
        workspace = Workspace(project, run, log, control)
        try:
            ending = conclude(lambda: _started(workspace, work))
        finally:
            workspace.close()
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
            versions={"layerswarm": VERSION} | {package: version(package) for package in _PACKAGES},
        )
    )
    return work(workspace)


def perform_stage(stage: Stage, workspace: Workspace) -> None:
    """Do a stage, unless the journal shows that it is done.

    Raises:
        StopRequested: The user asked to stop.
        LayerSwarmError: The stage cannot be done; see the stages.
    """
    workspace.stage = stage
    work = _WORK[stage]
    if work.is_done(workspace.state, workspace):
        known = workspace.state.stages_finished.get(stage)
        # A search that was stopped to keep the best has no StageFinished.
        seconds = known.seconds if known else workspace.state.times.of_stage(stage)
        workspace.emit(StageFinished(stage=stage, seconds=seconds, reused=True))
        return
    before = workspace.state.times.of_stage(stage)
    workspace.emit(StageStarted(stage=stage))
    started = seconds_awake()
    work.work(workspace)
    seconds = seconds_awake() - started
    workspace.emit(StageFinished(stage=stage, seconds=before + seconds))
    if not before and stage not in ("model", "export"):
        learn_pace(workspace, stage, seconds)
