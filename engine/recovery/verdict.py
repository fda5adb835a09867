"""Warn of a recovery that did not help, or helped only in part."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.api.evaluation_events import VARIANT_WORDS
from engine.api.event import message_logged
from engine.api.events import Emit, RecoveryFinished
from engine.api.message import NO_WORDS, Message, worded
from engine.api.settings import Variant
from engine.recovery.checkpoints import Measurement

NOT_FINITE = worded("The pruned model's KL is not a number before any training; set device.dtype to float32.")
_CLEARLY_WORSE = 1.02
"""A later score is worse beyond doubt above so many times the best score."""


@dataclass(frozen=True)
class RecoveryResult:
    """Result of a recovery. KL(dense || student) is in nats per token on the validation windows."""

    helped: bool
    best_step: int
    validation_kl_before: float
    validation_kl_after: float
    elsewhere_kl: tuple[float, float] | None
    """KL before and after on text of another source than the training's; None where there is none."""
    merged: Path | None
    """The recovered weights, or None when the pruned model is kept."""
    history: tuple[Measurement, ...]
    """Every measurement; the first is that of the model that training started from."""
    started_from: Variant = "pruned"
    """The variant that training started from, which stays where it did not help."""


def outcome_of(history: Sequence[Measurement], merged: Path | None, started_from: Variant) -> RecoveryResult:
    """Return the result of a training.

    Args:
        history: Every measurement; the first is that of the model that training started from.
        merged: See ``RecoveryResult``.
        started_from: See ``RecoveryResult``.
    """
    before, best = history[0], best_of(history)
    helped = best.step > 0
    after = best if helped else min(history[1:], key=lambda measured: measured.score, default=before)
    elsewhere = None
    if before.elsewhere_kl is not None and after.elsewhere_kl is not None:
        elsewhere = (before.elsewhere_kl, after.elsewhere_kl)
    return RecoveryResult(helped, best.step, before.kl, after.kl, elsewhere, merged, tuple(history), started_from)


def warnings_about(result: RecoveryResult) -> list[Message]:
    """Return sentences of warning; none for a recovery that helped."""
    found = [_no_help(result) if not result.helped else _own_text_only(result), _memorised(result.history)]
    return [sentence for sentence in found if sentence]


def emit_result(result: RecoveryResult, early: bool, seconds: float, emit: Emit) -> None:
    """Emit the warnings about a recovery and then its end.

    Args:
        result: The result.
        early: Whether a person ended it to keep the best so far.
        seconds: Seconds spent on its steps.
        emit: Receives each event.
    """
    for sentence in warnings_about(result):
        emit(message_logged("warning", sentence))
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


def best_of(history: Sequence[Measurement]) -> Measurement:
    """Return the measurement with the lowest score, the earliest of equals."""
    return min(history, key=lambda measured: measured.score)


def has_stalled(history: Sequence[Measurement], patience: int) -> bool:
    """Return whether the score has not improved for ``patience`` measurements; 0 means never."""
    return 0 < patience <= len(history) - 1 - history.index(best_of(history))


def learns_too_fast(history: Sequence[Measurement]) -> bool:
    """Return whether training has only made the model worse so far, as too high a learning rate does."""
    return best_of(history) is history[0] and history[-1].score > history[0].score


def _no_help(result: RecoveryResult) -> Message:
    if len(result.history) == 1:
        return worded(
            "Recovery ended before its first measurement of trained weights: the {0} model is kept as it is "
            "(validation KL {1:.4f}).",
            VARIANT_WORDS[result.started_from],
            result.validation_kl_before,
        )
    return worded(
        "Recovery did not help (validation KL {0:.4f} before, {1:.4f} after{2}): the {3} model is kept as it is.",
        result.validation_kl_before,
        result.validation_kl_after,
        _elsewhere(result),
        VARIANT_WORDS[result.started_from],
    )


def _own_text_only(result: RecoveryResult) -> Message:
    if result.elsewhere_kl is None or result.elsewhere_kl[1] <= result.elsewhere_kl[0]:
        return NO_WORDS
    return worded(
        "Recovery overfitted to its own text (validation KL {0:.4f} to {1:.4f}{2}): give it more text, or more "
        "kinds of text.",
        result.validation_kl_before,
        result.validation_kl_after,
        _elsewhere(result),
    )


def _elsewhere(result: RecoveryResult) -> Message:
    if result.elsewhere_kl is None:
        return NO_WORDS
    return worded(", and {0:.4f} to {1:.4f} on text from elsewhere", result.elsewhere_kl[0], result.elsewhere_kl[1])


def _memorised(history: Sequence[Measurement]) -> Message:
    """Warn where the training loss went on falling while the score on validation windows rose again."""
    best, last = best_of(history), history[-1]
    if best.training_loss is None or last.training_loss is None or best is last or best.gap != last.gap:
        return NO_WORDS
    if last.training_loss >= best.training_loss or last.score <= _CLEARLY_WORSE * best.score:
        return NO_WORDS
    return worded(
        "After step {0} recovery memorised its windows: up to step {1} the loss on them fell from {2:.4f} to "
        "{3:.4f}, while the validation KL rose from {4:.4f} to {5:.4f}. The weights of step {6} are kept; more text "
        "would help more.",
        best.step,
        last.step,
        best.training_loss,
        last.training_loss,
        best.score,
        last.score,
        best.step,
    )
