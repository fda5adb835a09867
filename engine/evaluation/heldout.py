"""How near a model is to the dense one on held-out windows, and how well it predicts them."""

from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import PreTrainedModel

from engine.fitness.objective import perplexity
from engine.fitness.reference import DenseReference
from engine.models.progress import Report

BATCH_TOKENS = 1024
"""Tokens of one forward: its logits are the largest thing in memory."""
_DECIMALS = 6


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

    def measure(self, model: PreTrainedModel, report: Report) -> tuple[float, float]:
        """(KL to the dense model in nats per token, perplexity) of a model, over all positions."""
        kl = nll = 0.0
        for done, (batch, part) in enumerate(zip(batches(self.windows), self.parts, strict=True)):
            report("Measuring on the held-out windows", done * len(batch), len(self.windows))
            logits = _logits(model, batch)
            normaliser = logits.logsumexp(-1, keepdim=True)
            here = DenseReference(
                part.log_probs.to(logits.device), part.tokens.to(logits.device), part.log_tail.to(logits.device)
            )
            kl += float(here.divergence(logits.flatten(0, 1), normaliser.flatten(0, 1)).sum(dtype=torch.float64))
            nll += next_token_nll(logits, normaliser, batch)
        predicted = self.windows[:, 1:].numel()
        # What lies below the sixth decimal is float32's own rounding: a model is at distance 0 from itself.
        return max(round(kl / self.windows.numel(), _DECIMALS), 0.0) + 0.0, perplexity(nll / predicted)


def batches(windows: Tensor) -> tuple[Tensor, ...]:
    """``windows`` [windows, length] in batches that a small machine can hold."""
    parts: tuple[Tensor, ...] = windows.split(max(1, BATCH_TOKENS // windows.shape[1]))
    return parts


def next_token_nll(logits: Tensor, normaliser: Tensor, windows: Tensor) -> float:
    """Summed negative log-likelihood of the tokens after the first of each window.

    Args:
        logits: [batch, length, vocabulary].
        normaliser: their log-sum-exp [batch, length, 1].
        windows: the tokens [batch, length].
    """
    targets = windows[:, 1:, None].to(logits.device)
    likelihood = logits[:, :-1].gather(-1, targets) - normaliser[:, :-1]
    return -float(likelihood.sum(dtype=torch.float64))


@torch.no_grad()
def _logits(model: PreTrainedModel, windows: Tensor) -> Tensor:
    """Float logits of every position [batch, length, vocabulary]."""
    logits: Tensor = model(input_ids=windows.to(model.device), use_cache=False).logits
    return logits.float()
