"""Measure the speeds of a run's models again, for example after another program had kept the computer busy."""

from pathlib import Path

from engine.api.commands import MeasureSpeed
from engine.api.control import Control
from engine.api.errors import BadInput, LayerSwarmError
from engine.api.evaluation_events import VARIANTS
from engine.api.events import Emit
from engine.api.message import worded, worded_count
from engine.api.project import Project
from engine.evaluation.speeds import speed_events
from engine.models.out_of_memory import memory_refusal
from engine.models.streaming.streamed_model import is_streamed_model
from engine.pipeline.ending import Ending
from engine.pipeline.run_choice import project_lock
from engine.pipeline.session import in_session
from engine.pipeline.stages.evaluate import named_report
from engine.pipeline.variant_models import variant_models
from engine.pipeline.workspace import Workspace

_REMEDY = worded("close other programs that use its memory")


def measure_speed_again(command: MeasureSpeed, sink: Emit, control: Control) -> Ending:
    """Time every measured model of a run and write the speeds to its journal, where they replace the earlier ones.

    Args:
        command: The project and the run.
        sink: Receives every event.
        control: Carries the user's wish to stop.

    Raises:
        BadInput: There is no such run, it has measured no model yet, or another engine works on the project.
        LayerSwarmError: The device has too little memory to hold the whole model.
    """
    project = Project.open(Path(command.project))
    with project_lock(project):
        return in_session(project, project.run(command.run), sink, control, _measure)


def _measure(workspace: Workspace) -> Ending:
    workspace.stage = "evaluate"
    wanted = [variant for variant in VARIANTS if variant in workspace.state.evaluated]
    if not wanted:
        raise BadInput(worded("{0} has not measured any model yet; let the run finish first.", workspace.run.name))
    with memory_refusal(_REMEDY):
        for variant, model in variant_models(workspace):
            if is_streamed_model(model):
                raise LayerSwarmError(
                    worded(
                        "The model is larger than the device's memory, so that each token would read it whole; its "
                        "speed is not timed."
                    )
                )
            if variant in wanted:
                report = named_report(workspace, variant)
                for event in speed_events(model, variant, workspace.settings.evaluation, report):
                    workspace.emit(event)
            if variant == wanted[-1]:
                break
    return Ending.finished(
        worded_count(
            len(wanted), "The speed of {0} model was measured again.", "The speed of {0} models was measured again."
        )
    )
