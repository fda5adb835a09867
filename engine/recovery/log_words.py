"""What a training logs, as messages."""

from collections.abc import Sequence

from engine.api.message import Message, worded
from engine.models.gaps import Gap


def plan_words(weights: int, first: int, processes: int) -> Message:
    """Return what is trained: so many weights from a layer upward, by so many processes."""
    if processes > 1:
        return worded(
            "Recovery trains {0:,} adapter weights from layer {1} upward, {2} processes together; what lies below is "
            "computed once.",
            weights,
            first,
            processes,
        )
    return worded(
        "Recovery trains {0:,} adapter weights from layer {1} upward; what lies below is computed once.", weights, first
    )


def block_words(weights: int, layers: Sequence[int], gap: Gap, number: int, gaps: int) -> Message:
    """Return what local distillation trains now.

    Args:
        weights: How many numbers.
        layers: Their layers, in dense numbering.
        gap: The gap that the layers are beside.
        number: Number of the gap, from 1.
        gaps: How many gaps there are.
    """
    return worded(
        "Gap {0} of {1} ({2}): local distillation trains {3:,} weights; their layers: {4}.",
        number,
        gaps,
        gap.words,
        weights,
        ", ".join(map(str, layers)),
    )


def resumed_words(step: int) -> Message:
    """Return that training resumes from its checkpoint at a step."""
    return worded("Recovery goes on from its checkpoint at step {0}.", step)


def fewer_words(windows: int) -> Message:
    """Return that memory ran out and so many windows are run at once from now on."""
    return worded("Memory ran out; training continues with {0} windows at once.", windows)


def stalled_words(best: int, patience: int, step: int) -> Message:
    """Return that training ends at a step, because none after the best one was better."""
    return worded(
        "Step {0} was the best; {1} measurements since then were no better, so training ends at step {2}.",
        best,
        patience,
        step,
    )


def slower_words(steps: int, rate: float) -> Message:
    """Return that training begins again with a lower learning rate."""
    return worded(
        "After {0} steps the validation KL is above that of the start, so training begins there again, with a learning "
        "rate of at most {1:g}.",
        steps,
        rate,
    )


def diverged_words(steps: int, rate: float) -> Message:
    """Return that the loss is no longer a number."""
    return worded(
        "After {0} steps the recovery's loss is no longer a number and training ends here; try a "
        "recovery.learning_rate below {1:g}.",
        steps,
        rate,
    )
