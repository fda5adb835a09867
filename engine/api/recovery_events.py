"""Events of the recovery, which trains the pruned model with the dense one as teacher."""

from engine.api.event import Event


class RecoveryStepped(Event, frozen=True, kw_only=True):
    """One optimiser step is done."""

    step: int
    steps: int
    loss: float
    learning_rate: float
    tokens: int
    tokens_per_second: float
    local: bool = False
    """Whether ``loss`` is the relative squared distance of hidden states, as in local distillation."""


class RecoveryMeasured(Event, frozen=True, kw_only=True):
    """KL to the dense model and perplexity on the validation windows at a step, with a checkpoint.

    ``elsewhere_kl`` is measured on text from another source than the training text, where there is one.
    """

    step: int
    validation_kl: float
    validation_perplexity: float
    best: bool
    elsewhere_kl: float | None = None


class RecoveryFinished(Event, frozen=True, kw_only=True):
    """Training is over. ``helped`` is false where the pruned model is kept unchanged."""

    helped: bool
    best_step: int
    validation_kl_before: float
    validation_kl_after: float
    seconds: float
    early: bool = False


class RecoveryDidNotFit(Event, frozen=True, kw_only=True):
    """Training ran out of memory, so the compensated model is the result until a resumed run trains it after all."""

    device: str
