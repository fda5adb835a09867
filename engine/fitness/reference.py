"""The dense model's predictions at the scored positions, reduced to the top K outcomes and one for the rest."""

from dataclasses import dataclass

import torch
from torch import Tensor

TOP_K = 512
"""Outcomes kept for each position. The rest of the vocabulary is one more outcome, so no probability mass is lost."""


@dataclass(frozen=True)
class DenseReference:
    """Log-probabilities of the dense model at the scored positions, over K + 1 outcomes.

    The KL divergence over these outcomes is a lower bound of the one over the whole vocabulary (data processing
    inequality) and very close to it, since the K most likely tokens hold nearly all of the probability mass.
    """

    log_probs: Tensor
    """Log-probabilities of the K most likely tokens [positions, K]."""
    tokens: Tensor
    """Ids of these tokens [positions, K]."""
    log_tail: Tensor
    """Log of the probability mass of all other tokens [positions]."""

    @classmethod
    def of(cls, logits: Tensor, k: int = TOP_K) -> "DenseReference":
        """Return the reference of the top ``k`` of ``logits`` [positions, vocabulary]."""
        log_probs = torch.log_softmax(logits.float(), dim=-1)
        top, tokens = log_probs.topk(min(k, log_probs.shape[-1]), dim=-1)
        return cls(top, tokens, _log_rest(top))

    @classmethod
    def joined(cls, parts: list["DenseReference"]) -> "DenseReference":
        """Return one reference from consecutive parts."""
        return cls(
            torch.cat([part.log_probs for part in parts]),
            torch.cat([part.tokens for part in parts]),
            torch.cat([part.log_tail for part in parts]),
        )

    def part(self, start: int, stop: int) -> "DenseReference":
        """Return the reference of the positions from ``start`` up to, excluding, ``stop``."""
        return DenseReference(self.log_probs[start:stop], self.tokens[start:stop], self.log_tail[start:stop])

    def divergence(self, logits: Tensor, normaliser: Tensor) -> Tensor:
        """Return KL(dense || candidate) in nats at each position [..., positions].

        Args:
            logits: Logits of one or several candidates [..., positions, vocabulary].
            normaliser: Their log-sum-exp [..., positions, 1].
        """
        candidate = logits.gather(-1, self.tokens.expand(*logits.shape[:-1], -1)) - normaliser
        tail = _log_rest(candidate)
        top_part = (self.log_probs.exp() * (self.log_probs - candidate)).sum(-1)
        return top_part + self.log_tail.exp() * (self.log_tail - tail)


def _log_rest(log_probs: Tensor) -> Tensor:
    """Return log(1 - sum of the given probabilities) [positions], clamped to a mass of at least 1e-7."""
    return torch.log1p(-log_probs.exp().sum(-1).clamp(max=1.0 - 1e-7))
