"""Recover a pruned model by local distillation: from the dense model and a removal set to changed weights."""

from collections.abc import Callable
from dataclasses import replace

import msgspec
from transformers import PreTrainedModel

from engine.api.errors import BadInput
from engine.api.event import message_logged
from engine.api.events import Emit
from engine.api.message import Message, worded
from engine.models.decoder_stack import DecoderStack
from engine.models.out_of_memory import halve_until_it_fits
from engine.models.surgery import pruned_view
from engine.recovery.checkpoints import training_fingerprint
from engine.recovery.local.blocks import blocks_of, trainable_blocks, trained_weights
from engine.recovery.local.gap_loop import LocalTraining
from engine.recovery.log_words import fewer_words
from engine.recovery.training_request import TrainingRequest
from engine.recovery.verdict import RecoveryResult, emit_result


def distil(model: PreTrainedModel, request: TrainingRequest, emit: Emit, control: Callable[[], None]) -> RecoveryResult:
    """Train the layers around each gap towards the dense model's hidden states, from below.

    Blockwise local distillation (Bercovich et al. 2024, https://arxiv.org/abs/2411.19146), without the rest of the
    model: the states in front of the layers and those that they shall give are computed once, one layer after the
    other, so that a few layers and their optimiser are all that training holds. The weights with the lowest KL on the
    validation windows are kept, or none. A training that was interrupted in ``request.folder`` resumes from its last
    checkpoint and gives the same result. ``model`` is left unchanged.

    Args:
        model: The dense model, in evaluation mode; its layers may be streamed.
        request: The removal set, windows, settings and folder.
        emit: Receives each event.
        control: Called between steps; raises to stop.

    Raises:
        StopRequested: To pause, when the checkpoint is on disk, or to discard.
        BadInput: The removal set or ``settings.target`` does not fit the model, or no layer is removed.
        LayerSwarmError: The pruned model's own figures are not finite, or the states fit neither memory nor disk.
        torch.OutOfMemoryError: The layers around a gap and their optimiser do not fit.
    """
    removed, settings, windows = request.removed, request.settings, request.windows
    if not removed:
        raise BadInput(worded("No layer is removed, so there is nothing to recover."))
    stack, view = DecoderStack(model), pruned_view(model, removed)
    calls = stack.enter(windows.learnt[:1]).calls
    unused = [layer for layer, call in enumerate(calls) if call is None]
    names = trained_weights(view, removed, settings)

    def warn(message: Message) -> None:
        emit(message_logged("warning", message))

    around = blocks_of(len(stack), removed, settings.layers_behind, unused)
    blocks = trainable_blocks(around, names, settings.target, warn)
    tokens = (windows.learnt, windows.validation, windows.elsewhere)
    fingerprint = training_fingerprint(settings, removed, tokens, model.dtype, request.folded)

    def trained(rows: int) -> RecoveryResult:
        at_once = replace(request, settings=msgspec.structs.replace(settings, pass_windows=rows))
        training = LocalTraining(stack, view, blocks, names, at_once, fingerprint, emit, control)
        early = training.run()
        result = training.result()
        emit_result(result, early, training.seconds, emit)
        return result

    def report(size: int) -> None:
        emit(message_logged("info", fewer_words(size)))

    rows = min(settings.pass_windows or settings.batch_windows, settings.batch_windows)
    return halve_until_it_fits(rows, trained, report)
