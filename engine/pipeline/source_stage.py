"""The first stage of every job on a model without a project: fetch or convert its source."""

from engine.api.control import Control
from engine.api.events import Emit, Stage, StageFinished, StageStarted
from engine.api.message import Message
from engine.models.description import describe_model
from engine.models.folder import ModelFolder
from engine.models.progress import Report
from engine.pipeline.run_log import ProgressClock
from engine.sources.hub.errors import HubAccessRefused
from engine.sources.resolve import resolve_source


def resolved_source(source: str, revision: str, emit: Emit, control: Control) -> ModelFolder:
    """Return the folder of a source and emit its description.

    Args:
        source: A Hub id, a folder or a GGUF file.
        revision: Branch, tag or commit of a Hub model.
        emit: Receives the events.
        control: Carries the user's wish to stop.

    Raises:
        BadInput: The source cannot be used.
        LayerSwarmError: The source cannot be fetched now.
    """
    emit(StageStarted(stage="model"))
    try:
        folder = resolve_source(source, revision, stage_report("model", emit, control))
    except HubAccessRefused as error:
        emit(error.refused)
        raise
    emit(describe_model(folder))
    emit(StageFinished(stage="model", seconds=0.0))
    return folder


def stage_report(stage: Stage, emit: Emit, control: Control) -> Report:
    """Return the callback that reports the progress of a stage, and stops it at the user's wish."""
    clock = ProgressClock(emit)

    def report(message: Message, done: float, total: float) -> None:
        control.check()
        clock.report(stage, message, done, total)

    return report
