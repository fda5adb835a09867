"""Emit what a training reports, whichever method trains."""

from engine.api.event import progressed
from engine.api.events import Emit, RecoveryMeasured, RecoveryStepped
from engine.api.message import worded
from engine.recovery.checkpoints import Measurement

_LEAST_SECONDS = 1e-6
"""Duration of a step where the clock is too coarse to measure it."""


def emit_step(emit: Emit, stepped: RecoveryStepped, seconds: float) -> None:
    """Emit a step, and the progress of the whole training.

    Args:
        emit: Receives the events.
        stepped: The step.
        seconds: Seconds spent on all steps so far.
    """
    emit(stepped)
    step, steps = stepped.step, stepped.steps
    remaining = seconds / step * (steps - step)
    emit(progressed("recover", worded("Training"), step, steps, remaining, whole_stage=True))


def pace(tokens: int, seconds: float) -> float:
    """Return the tokens per second of a step."""
    return tokens / max(seconds, _LEAST_SECONDS)


def emit_measured(emit: Emit, measured: Measurement, best: bool) -> None:
    """Emit a measurement on the validation windows; ``best`` is whether none before it was better."""
    emit(
        RecoveryMeasured(
            step=measured.step,
            validation_kl=measured.kl,
            validation_perplexity=measured.perplexity,
            best=best,
            elsewhere_kl=measured.elsewhere_kl,
        )
    )
