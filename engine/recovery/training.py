"""LoRA recovery of a pruned model: from the dense model and a removal set to merged weights."""

from collections.abc import Callable
from pathlib import Path

from transformers import PreTrainedModel

from engine.api.errors import BadInput
from engine.api.events import MessageLogged, RecoveryFinished, RemovalSet
from engine.api.settings import RecoverySettings
from engine.models.decoder_stack import DecoderStack
from engine.models.surgery import pruned_view
from engine.recovery.adapters import Adapters
from engine.recovery.checkpoints import training_fingerprint
from engine.recovery.loop import Emit, RecoveryResult, Training
from engine.recovery.student import Student
from engine.recovery.targets import adapter_targets
from engine.recovery.validation import TrainingWindows

__all__ = ["RecoveryResult", "TrainingWindows", "train"]


def train(
    model: PreTrainedModel,
    removed: RemovalSet,
    windows: TrainingWindows,
    settings: RecoverySettings,
    folder: Path,
    emit: Emit,
    control: Callable[[], None],
) -> RecoveryResult:
    """Train LoRA adapters on the model without the layers ``removed``, taught by ``model`` itself.

    The adapter with the lowest KL on the validation windows wins and is merged into plain weights. A training that was
    interrupted in ``folder``, in whatever way, goes on from its last checkpoint and comes to the same end. ``model`` is
    left as it was.

    Args:
        model: the dense model, in evaluation mode.
        removed: sorted decoder layers that the pruned model lacks.
        windows: what is learnt from, and what decides which adapter is best.
        settings: see ``RecoverySettings``.
        folder: where checkpoints and merged weights go; it belongs to this run.
        emit: takes each event.
        control: called between steps; raises to stop.

    Raises:
        StopRequested: to pause, when the checkpoint is on disk, or to discard.
        BadInput: the removal set or ``settings.target`` does not fit the model, or no layer is removed.
    """
    if not removed:
        raise BadInput("No layer is removed, so there is nothing to recover.")
    stack = DecoderStack(model)
    student = Student(stack, removed, settings.start, settings.gradient_checkpointing)
    view = pruned_view(model, removed)
    names = adapter_targets(view, settings.target, student.first)
    with Adapters(view, names, settings) as adapters:
        tokens = (windows.learnt, windows.validation, windows.elsewhere)
        fingerprint = training_fingerprint(settings, removed, tokens)
        training = Training(stack, student, adapters, windows, settings, folder, fingerprint, emit, control)
        early = training.run()
        return _finish(training.result(), early, training.seconds, emit)


def _finish(result: RecoveryResult, early: bool, seconds: float, emit: Emit) -> RecoveryResult:
    before, after = result.heldout_kl_before, result.heldout_kl_after
    verdict = _verdict(result)
    if verdict:
        emit(MessageLogged(level="warning", message=verdict))
    emit(
        RecoveryFinished(
            helped=result.helped,
            best_step=result.best_step,
            heldout_kl_before=before,
            heldout_kl_after=after,
            seconds=seconds,
            early=early,
        )
    )
    return result


def _verdict(result: RecoveryResult) -> str:
    """What a person must know of a result that is not simply good; empty when it is."""
    before, after = result.heldout_kl_before, result.heldout_kl_after
    elsewhere = ""
    if result.elsewhere_kl is not None:
        elsewhere = f", and {result.elsewhere_kl[0]:.4f} to {result.elsewhere_kl[1]:.4f} on the calibration's text"
    if not result.helped:
        return (
            f"Recovery did not help (KL {before:.4f} before, {after:.4f} after{elsewhere}): "
            "the pruned model is kept as it is."
        )
    if result.elsewhere_kl is not None and result.elsewhere_kl[1] > result.elsewhere_kl[0]:
        return (
            f"Recovery has learnt its own text at the expense of others (KL {before:.4f} to {after:.4f}{elsewhere}): "
            "give it more text, or text of more kinds."
        )
    return ""
