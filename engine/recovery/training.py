"""LoRA recovery of a pruned model: from the dense model and a removal set to merged weights."""

from collections.abc import Callable
from pathlib import Path

from transformers import PreTrainedModel

from engine.api.errors import BadInput
from engine.api.events import Emit, MessageLogged, RecoveryFinished, RemovalSet
from engine.api.settings import RecoverySettings
from engine.models.decoder_stack import DecoderStack
from engine.models.surgery import pruned_view
from engine.recovery.adapters import Adapters, Originals
from engine.recovery.checkpoints import training_fingerprint
from engine.recovery.loop import Course, Training
from engine.recovery.student import Student
from engine.recovery.targets import adapter_targets, whole_targets
from engine.recovery.team import Team
from engine.recovery.validation import TrainingWindows
from engine.recovery.verdict import RecoveryResult, warnings_about

__all__ = ["RecoveryResult", "TrainingWindows", "train"]


def train(
    model: PreTrainedModel,
    removed: RemovalSet,
    windows: TrainingWindows,
    settings: RecoverySettings,
    folder: Path,
    emit: Emit,
    control: Callable[[], None],
    originals: Originals | None = None,
) -> RecoveryResult:
    """Train LoRA adapters on the model without the layers ``removed``, taught by ``model`` itself.

    The adapter with the lowest KL on the validation windows wins and is merged into plain weights. A training that was
    interrupted in ``folder``, in whatever way, goes on from its last checkpoint and comes to the same end. ``model`` is
    left as it was. Where accelerate's launcher has started several processes, each calls this with its own copy of the
    model, they share every batch, and the first one writes and emits.

    Args:
        model: the dense model, in evaluation mode.
        removed: sorted decoder layers that the pruned model lacks.
        windows: what is learnt from, and what decides which adapter is best.
        settings: see ``RecoverySettings``.
        folder: where checkpoints and merged weights go; it belongs to this run.
        emit: takes each event.
        control: called between steps; raises to stop.
        originals: gives the weights to merge into where those in memory are quantised.

    Raises:
        StopRequested: to pause, when the checkpoint is on disk, or to discard.
        BadInput: the removal set, ``settings.target`` or ``settings.train_head`` does not fit the model, or no layer is
            removed.
    """
    if not removed:
        raise BadInput("No layer is removed, so there is nothing to recover.")
    stack = DecoderStack(model)
    student = Student(stack, removed, settings.start, settings.gradient_checkpointing, settings.seam_weight > 0)
    view = pruned_view(model, removed)
    names = adapter_targets(view, settings.target, student.first)
    whole = whole_targets(view, settings.train_norms, settings.train_head, student.first)
    tokens = (windows.learnt, windows.validation, windows.elsewhere)
    fingerprint = training_fingerprint(settings, removed, tokens, model.dtype)
    team = Team(cpu=model.device.type == "cpu")
    course = Course(windows, settings, folder, fingerprint, emit, control, team, originals)
    with Adapters(view, names, settings, whole) as adapters:
        training = Training(stack, student, adapters, course)
        early = training.run()
        result = training.result()
    if team.is_first:
        _tell_end(result, early, training.seconds, emit)
    return result


def _tell_end(result: RecoveryResult, early: bool, seconds: float, emit: Emit) -> None:
    for sentence in warnings_about(result):
        emit(MessageLogged(level="warning", message=sentence))
    emit(
        RecoveryFinished(
            helped=result.helped,
            best_step=result.best_step,
            validation_kl_before=result.validation_kl_before,
            validation_kl_after=result.validation_kl_after,
            seconds=seconds,
            early=early,
        )
    )
