"""Recover a pruned model by LoRA: from the dense model and a removal set to merged weights."""

from collections.abc import Callable

from transformers import PreTrainedModel

from engine.api.errors import BadInput
from engine.api.events import Emit
from engine.api.message import worded
from engine.models.decoder_stack import DecoderStack
from engine.models.surgery import pruned_view
from engine.models.weight_patch import WeightPatch
from engine.recovery.adapters import Adapters
from engine.recovery.checkpoints import training_fingerprint
from engine.recovery.context import TrainingContext
from engine.recovery.loop import Training
from engine.recovery.student import Student, lowest_changed
from engine.recovery.targets import adapter_targets, whole_targets
from engine.recovery.team import Team
from engine.recovery.training_request import TrainingRequest
from engine.recovery.verdict import RecoveryResult, emit_result


def train(
    model: PreTrainedModel,
    request: TrainingRequest,
    emit: Emit,
    control: Callable[[], None],
    neighbours: tuple[int, int] | None = None,
) -> RecoveryResult:
    """Train LoRA adapters on a model without some layers, with the whole model as the teacher.

    The adapter with the lowest KL on the validation windows is merged into plain weights (Hu et al. 2021,
    https://arxiv.org/abs/2106.09685; distillation: Hinton et al. 2015, https://arxiv.org/abs/1503.02531). A training
    that was interrupted in ``request.folder`` resumes from its last checkpoint and gives the same result. ``model`` is
    left unchanged. Where accelerate's launcher or Ray has started several processes, each calls this with its own copy
    of the model; they share every batch, and the first one writes and emits.

    Args:
        model: The dense model, in evaluation mode.
        request: The removal set, windows, settings and folder.
        emit: Receives each event.
        control: Called between steps; raises to stop.
        neighbours: See ``Team``.

    Raises:
        StopRequested: To pause, when the checkpoint is on disk, or to discard.
        BadInput: The removal set, ``settings.target`` or ``settings.train_head`` does not fit the model, or no layer is
            removed.
        LayerSwarmError: The pruned model's own figures are not finite, or the lessons fit neither memory nor disk.
    """
    removed, settings = request.removed, request.settings
    if not removed:
        raise BadInput(worded("No layer is removed, so there is nothing to recover."))
    stack = DecoderStack(model)
    view = pruned_view(model, removed)
    student = Student(
        stack,
        removed,
        settings.start,
        settings.gradient_checkpointing or stack.streamed,  # else the graph would keep the weights of every layer
        settings.seam_weight > 0,
        lowest_changed=lowest_changed(view, removed, request.folded),
    )
    names = adapter_targets(view, settings.target, student.first)
    whole = whole_targets(view, settings.train_norms, settings.train_head, student.first)
    windows = request.windows
    tokens = (windows.learnt, windows.validation, windows.elsewhere)
    fingerprint = training_fingerprint(settings, removed, tokens, model.dtype, request.folded)
    team = Team(model.device.type == "cpu", neighbours)
    patch = WeightPatch(view, request.folded)
    context = TrainingContext(request, fingerprint, emit, control, team, patch)
    with patch.applied(), Adapters(view, names, settings, whole) as adapters:
        training = Training(stack, student, adapters, context)
        early = training.run()
        result = training.result()
    if team.is_first:
        emit_result(result, early, training.seconds, emit)
    return result
