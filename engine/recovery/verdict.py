"""What a person must know of a recovery that is not simply good."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.recovery.checkpoints import Measurement

_CLEARLY_WORSE = 1.02
"""Times the best score from which on a later one is worse beyond doubt."""


@dataclass(frozen=True)
class RecoveryResult:
    """What a recovery leaves. KL in nats per token to the dense model, on the validation windows."""

    helped: bool
    best_step: int
    validation_kl_before: float
    validation_kl_after: float
    elsewhere_kl: tuple[float, float] | None
    """Before and after, on text of another source than the training's, where there is one."""
    merged: Path | None
    """The recovered weights, or None when the pruned model is kept."""
    history: tuple[Measurement, ...]
    """Every measurement; the first is the pruned model's."""


def warnings_about(result: RecoveryResult) -> list[str]:
    """Sentences of warning; none when all is well."""
    found = [_no_help(result) if not result.helped else _own_text_only(result), _learnt_by_heart(result.history)]
    return [sentence for sentence in found if sentence]


def best_of(history: Sequence[Measurement]) -> Measurement:
    """The measurement with the lowest score; of equals the earliest."""
    return min(history, key=lambda measured: measured.score)


def _no_help(result: RecoveryResult) -> str:
    if len(result.history) == 1:
        return (
            "Recovery ended before anything that it learnt was measured: the pruned model is kept as it is (KL "
            f"{result.validation_kl_before:.4f})."
        )
    return (
        f"Recovery did not help (KL {result.validation_kl_before:.4f} before, {result.validation_kl_after:.4f} after"
        f"{_elsewhere(result)}): the pruned model is kept as it is."
    )


def _own_text_only(result: RecoveryResult) -> str:
    if result.elsewhere_kl is None or result.elsewhere_kl[1] <= result.elsewhere_kl[0]:
        return ""
    return (
        f"Recovery has learnt its own text at the expense of others (KL {result.validation_kl_before:.4f} to "
        f"{result.validation_kl_after:.4f}{_elsewhere(result)}): give it more text, or text of more kinds."
    )


def _elsewhere(result: RecoveryResult) -> str:
    if result.elsewhere_kl is None:
        return ""
    return f", and {result.elsewhere_kl[0]:.4f} to {result.elsewhere_kl[1]:.4f} on text from elsewhere"


def _learnt_by_heart(history: Sequence[Measurement]) -> str:
    """Whether the loss on the training's own windows went on falling while that on other text rose again."""
    best, last = best_of(history), history[-1]
    if best.training_loss is None or last.training_loss is None or best is last:
        return ""
    if last.training_loss >= best.training_loss or last.score <= _CLEARLY_WORSE * best.score:
        return ""
    return (
        f"After step {best.step} recovery learnt its windows by heart: up to step {last.step} the loss on them fell "
        f"from {best.training_loss:.4f} to {last.training_loss:.4f}, while the KL on text that it does not learn from "
        f"rose from {best.score:.4f} to {last.score:.4f}. The weights of step {best.step} are kept; more text would "
        "help more."
    )
