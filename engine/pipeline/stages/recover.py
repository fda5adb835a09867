"""Recover: LoRA on the pruned model, taught by the dense one."""

from engine.api.events import MessageLogged
from engine.pipeline.workspace import Workspace
from engine.recovery.training import TrainingWindows, train


def recover(workspace: Workspace) -> None:
    """Train, or say why there is nothing to train.

    Raises:
        StopRequested: a person asked for it; the training's checkpoint stays in the run's folder.
    """
    settings = workspace.settings.recovery
    if not settings.enabled:
        workspace.emit(MessageLogged(level="info", message="Recovery is switched off; the pruned model stays."))
        return
    if not workspace.removed:
        workspace.emit(MessageLogged(level="info", message="No layer is removed, so there is nothing to recover."))
        return
    workspace.release("evaluator")
    train(
        workspace.dense,
        workspace.removed,
        TrainingWindows(workspace.windows.recovery, workspace.windows.validation, workspace.windows.elsewhere),
        settings,
        workspace.run.folder / "recovery",
        workspace.emit,
        workspace.check,
    )
    workspace.check()
