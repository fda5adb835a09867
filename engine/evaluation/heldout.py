"""How near a model is to the dense one on held-out windows, and how well it predicts them."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor
from transformers import PreTrainedModel

from engine.evaluation.paired import Sampled
from engine.fitness.objective import perplexity
from engine.fitness.reference import DenseReference
from engine.models.progress import Report

BATCH_TOKENS = 1024
"""Tokens of one forward: its logits are the largest thing in memory."""
_DECIMALS = 6


@dataclass(frozen=True)
class HeldoutLosses:
    """What a model makes of each held-out window. Errors take windows as independent samples of the text.

    Attributes:
        divergences: KL to the dense model in nats, summed over all positions of a window.
        losses: negative log-likelihood in nats, summed over the tokens after the first of a window.
        length: tokens of a window.
    """

    divergences: tuple[float, ...]
    losses: tuple[float, ...]
    length: int

    @property
    def divergence(self) -> Sampled:
        """KL to the dense model in nats per token."""
        found = Sampled.mean(self.divergences, (float(self.length),) * len(self.divergences))
        # What lies below the sixth decimal is float32's own rounding: a model is at distance 0 from itself.
        error = None if found.stderr is None else round(found.stderr, _DECIMALS)
        return replace(found, value=max(round(found.value, _DECIMALS), 0.0) + 0.0, stderr=error)

    @property
    def log_perplexity(self) -> Sampled:
        """Negative log-likelihood in nats per token."""
        return Sampled.mean(self.losses, (float(self.length - 1),) * len(self.losses))

    @property
    def perplexity(self) -> float:
        """Of all windows together."""
        return perplexity(self.log_perplexity.value)

    @property
    def perplexity_error(self) -> float | None:
        """Its standard error, that of the logarithm times itself (delta method)."""
        error = self.log_perplexity.stderr
        return None if error is None else error * self.perplexity


@dataclass(frozen=True)
class HeldoutReference:
    """The dense model's predictions on the held-out windows, for every model that is compared with it.

    They are kept in main memory, 6 kB for each token.
    """

    windows: Tensor
    """[windows, length]"""
    parts: tuple[DenseReference, ...]
    """One for each batch of windows, in order; all positions."""

    @classmethod
    def of(cls, dense: PreTrainedModel, windows: Tensor, report: Report) -> "HeldoutReference":
        """Run the dense model on ``windows`` [windows, length]."""
        parts = []
        for done, batch in enumerate(batches(windows)):
            report("Running the dense model on the held-out windows", done * len(batch), len(windows))
            reference = DenseReference.of(_logits(dense, batch).flatten(0, 1))
            cpu = DenseReference(reference.log_probs.cpu(), reference.tokens.cpu(), reference.log_tail.cpu())
            parts.append(cpu)
        return cls(windows, tuple(parts))

    def measure(self, model: PreTrainedModel, report: Report) -> HeldoutLosses:
        """How far a model is from the dense one on each window, and how well it predicts it."""
        divergences: list[float] = []
        losses: list[float] = []
        for done, (batch, part) in enumerate(zip(batches(self.windows), self.parts, strict=True)):
            report("Measuring on the held-out windows", done * len(batch), len(self.windows))
            logits = _logits(model, batch)
            normaliser = logits.logsumexp(-1, keepdim=True)
            here = DenseReference(
                part.log_probs.to(logits.device), part.tokens.to(logits.device), part.log_tail.to(logits.device)
            )
            divergence = here.divergence(logits.flatten(0, 1), normaliser.flatten(0, 1))
            divergences += divergence.unflatten(0, batch.shape).sum(-1, dtype=torch.float64).tolist()
            losses += next_token_nll(logits, normaliser, batch).tolist()
        return HeldoutLosses(tuple(divergences), tuple(losses), self.windows.shape[1])


def batches(windows: Tensor) -> tuple[Tensor, ...]:
    """``windows`` [windows, length] in batches that a small machine can hold."""
    parts: tuple[Tensor, ...] = windows.split(max(1, BATCH_TOKENS // windows.shape[1]))
    return parts


def next_token_nll(logits: Tensor, normaliser: Tensor, windows: Tensor) -> Tensor:
    """Summed negative log-likelihood of the tokens after the first of each window [batch].

    Args:
        logits: [batch, length, vocabulary].
        normaliser: their log-sum-exp [batch, length, 1].
        windows: the tokens [batch, length].
    """
    targets = windows[:, 1:, None].to(logits.device)
    likelihood = logits[:, :-1].gather(-1, targets) - normaliser[:, :-1]
    return -likelihood[..., 0].sum(-1, dtype=torch.float64)


@torch.no_grad()
def _logits(model: PreTrainedModel, windows: Tensor) -> Tensor:
    """Float logits of every position [batch, length, vocabulary]."""
    logits: Tensor = model(input_ids=windows.to(model.device), use_cache=False).logits
    return logits.float()
