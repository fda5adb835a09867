"""Measure a model on the held-out windows: KL from the dense model, and perplexity. They never choose anything."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from torch import Tensor
from transformers import PreTrainedModel

from engine.api.message import Message, worded
from engine.evaluation.paired import Sampled
from engine.fitness.last_states import last_states
from engine.fitness.objective import perplexity
from engine.fitness.reference import DenseReference
from engine.models.decoder_stack import DecoderStack
from engine.models.exact_sums import exact_sum
from engine.models.progress import Report

BATCH_TOKENS = 1024
"""Tokens in one forward pass; its logits are the largest tensor in memory."""
_DECIMALS = 6


@dataclass(frozen=True)
class HeldoutLosses:
    """A model's losses on each held-out window. Errors assume that windows are independent samples of the text.

    Attributes:
        divergences: KL(dense || model) in nats, summed over all positions of a window. It is taken over the dense
            model's 512 most likely tokens and one outcome for the rest (``DenseReference``).
        losses: Negative log-likelihood in nats, summed over the tokens after the first of a window.
        length: Tokens of a window.
    """

    divergences: tuple[float, ...]
    losses: tuple[float, ...]
    length: int

    @property
    def divergence(self) -> Sampled:
        """KL(dense || model) in nats per token."""
        found = Sampled.mean(self.divergences, (float(self.length),) * len(self.divergences))
        # Digits below the sixth decimal are float32 rounding: the divergence of a model from itself is 0.
        error = None if found.stderr is None else round(found.stderr, _DECIMALS)
        return replace(found, value=max(round(found.value, _DECIMALS), 0.0) + 0.0, stderr=error)

    @property
    def log_perplexity(self) -> Sampled:
        """Negative log-likelihood in nats per token."""
        return Sampled.mean(self.losses, (float(self.length - 1),) * len(self.losses))

    @property
    def perplexity(self) -> float:
        """Perplexity of all windows together."""
        return perplexity(self.log_perplexity.value)

    @property
    def perplexity_error(self) -> float | None:
        """Standard error of the perplexity: that of its logarithm times the perplexity (delta method)."""
        error = self.log_perplexity.stderr
        return None if error is None else error * self.perplexity


@dataclass(frozen=True)
class HeldoutReference:
    """The dense model's predictions on the held-out windows, kept in RAM: 6 kB for each token."""

    windows: Tensor
    """[windows, length]"""
    parts: tuple[DenseReference, ...]
    """One for each batch of windows, in order, with all positions."""

    @classmethod
    def of(cls, dense: PreTrainedModel, windows: Tensor, report: Report) -> "HeldoutReference":
        """Run the dense model on ``windows`` [windows, length]."""
        parts = []
        for logits in _logits_of(dense, windows, report, worded("Running the dense model on the held-out windows")):
            reference = DenseReference.of(logits.flatten(0, 1))
            cpu = DenseReference(reference.log_probs.cpu(), reference.tokens.cpu(), reference.log_tail.cpu())
            parts.append(cpu)
        return cls(windows, tuple(parts))

    def measure(self, model: PreTrainedModel, report: Report) -> HeldoutLosses:
        """Measure a model on each window.

        Args:
            model: In evaluation mode.
            report: Called before each batch. It may raise to stop.
        """
        divergences: list[float] = []
        losses: list[float] = []
        found = _logits_of(model, self.windows, report, worded("Measuring on the held-out windows"))
        for batch, part, logits in zip(batches(self.windows), self.parts, found, strict=True):
            normaliser = logits.logsumexp(-1, keepdim=True)
            here = DenseReference(
                part.log_probs.to(logits.device), part.tokens.to(logits.device), part.log_tail.to(logits.device)
            )
            divergence = here.divergence(logits.flatten(0, 1), normaliser.flatten(0, 1))
            divergences += exact_sum(divergence.unflatten(0, batch.shape), -1).tolist()
            losses += next_token_nll(logits, normaliser, batch).tolist()
        return HeldoutLosses(tuple(divergences), tuple(losses), self.windows.shape[1])


def batches(windows: Tensor) -> tuple[Tensor, ...]:
    """Split ``windows`` [windows, length] into batches whose logits fit on a small machine."""
    parts: tuple[Tensor, ...] = windows.split(max(1, BATCH_TOKENS // windows.shape[1]))
    return parts


def next_token_nll(logits: Tensor, normaliser: Tensor, windows: Tensor) -> Tensor:
    """Return the summed negative log-likelihood of the tokens after the first of each window [batch], on the CPU.

    Args:
        logits: [batch, length, vocabulary].
        normaliser: Their log-sum-exp [batch, length, 1].
        windows: The tokens [batch, length].
    """
    targets = windows[:, 1:, None].to(logits.device)
    likelihood = logits[:, :-1].gather(-1, targets) - normaliser[:, :-1]
    return -exact_sum(likelihood[..., 0], -1)


def _logits_of(model: PreTrainedModel, windows: Tensor, report: Report, message: Message) -> Iterator[Tensor]:
    """Yield the float32 logits of every position of each batch [batch, length, vocabulary]."""
    stack, done = DecoderStack(model), 0

    def check() -> None:
        report(message, done, len(windows))

    for batch, hidden in zip(batches(windows), last_states(stack, batches(windows), check), strict=True):
        yield stack.logits(hidden).float()
        done += len(batch)
