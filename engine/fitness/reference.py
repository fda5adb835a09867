"""What the dense model predicts at the scored positions, kept small: its top-K outcomes and one for all the rest."""

from dataclasses import dataclass

import torch
from torch import Tensor

TOP_K = 512
"""Outcomes kept for each position. The rest of the vocabulary is one more outcome, so nothing is lost of the mass."""


@dataclass(frozen=True)
class DenseReference:
    """Log-probabilities of the dense model at P scored positions, over K + 1 outcomes.

    The KL divergence over these outcomes is a lower bound of the one over the whole vocabulary (data processing
    inequality) and very near it, since the K most likely tokens hold nearly all of the mass.
    """

    log_probs: Tensor
    """[positions, K], the K most likely tokens."""
    tokens: Tensor
    """[positions, K], which tokens these are."""
    log_tail: Tensor
    """[positions], log of the mass of all other tokens."""

    @classmethod
    def of(cls, logits: Tensor, k: int = TOP_K) -> "DenseReference":
        """Keep the top K of ``logits`` [positions, vocabulary]."""
        log_probs = torch.log_softmax(logits.float(), dim=-1)
        top, tokens = log_probs.topk(min(k, log_probs.shape[-1]), dim=-1)
        return cls(top, tokens, _log_rest(top))

    @classmethod
    def joined(cls, parts: list["DenseReference"]) -> "DenseReference":
        """One reference from consecutive parts."""
        return cls(
            torch.cat([part.log_probs for part in parts]),
            torch.cat([part.tokens for part in parts]),
            torch.cat([part.log_tail for part in parts]),
        )

    def part(self, start: int, stop: int) -> "DenseReference":
        """The positions from ``start`` to before ``stop``."""
        return DenseReference(self.log_probs[start:stop], self.tokens[start:stop], self.log_tail[start:stop])

    def divergence(self, logits: Tensor, normaliser: Tensor) -> Tensor:
        """KL(dense || candidate) in nats at each position [positions].

        Args:
            logits: the candidate's [positions, vocabulary].
            normaliser: their log-sum-exp [positions, 1].
        """
        candidate = logits.gather(-1, self.tokens) - normaliser
        tail = _log_rest(candidate)
        top_part = (self.log_probs.exp() * (self.log_probs - candidate)).sum(-1)
        return top_part + self.log_tail.exp() * (self.log_tail - tail)


def _log_rest(log_probs: Tensor) -> Tensor:
    """log(1 - sum of the given probabilities), kept above the smallest number that matters."""
    return torch.log1p(-log_probs.exp().sum(-1).clamp(max=1.0 - 1e-7))
