"""Compute the loss a chunk of positions at a time, so that no [batch, length, vocabulary] tensor is ever kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from engine.fitness.reference import DenseReference
from engine.models.causal_head import CausalHead

CHUNK_BYTES = 64 * 2**20
"""Largest float32 block of logits of one chunk."""

Head = Callable[[Tensor], Tensor]
"""Hidden states [positions, hidden] to logits [positions, vocabulary]."""


@dataclass(frozen=True)
class Heads:
    """The heads of the dense model and of the student, whose own final norm and LM head may be trained."""

    dense: Head
    student: Head


SumLoss = Callable[[Tensor, int, int], Tensor]
"""Returns the summed loss of logits [positions, vocabulary] for the positions from start to before stop."""


def flat_head(head: CausalHead) -> Head:
    """Return ``head`` for positions without an order: each is a window of one token, so any number of them fits."""
    return lambda hidden: head(hidden[:, None])[:, 0]


def chunk_positions(vocabulary: int) -> int:
    """Return how many positions are run through the LM head at once."""
    return max(1, CHUNK_BYTES // (4 * vocabulary))


def chunked_loss(
    hidden: Tensor, head: Head, sum_loss: SumLoss, chunk: int, trained: Sequence[nn.Parameter] = ()
) -> Tensor:
    """Return the sum of ``sum_loss`` over all positions, differentiable.

    Each chunk's gradients are computed at once, while its logits exist. That takes as little memory as checkpointing
    the head and saves computing every logit a second time.

    Args:
        hidden: Final hidden states [positions, hidden].
        head: Hidden states to logits.
        sum_loss: Loss of a chunk of logits.
        chunk: Positions in a chunk.
        trained: Weights of the head that are trained too; the result is differentiable in them and in ``hidden``.
    """
    loss: Tensor = _ChunkedLoss.apply(hidden, head, sum_loss, chunk, *trained)  # type: ignore[no-untyped-call]
    return loss


class _ChunkedLoss(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, hidden: Tensor, head: Head, sum_loss: SumLoss, chunk: int, *trained: Tensor) -> Tensor:
        gradient = torch.empty_like(hidden)
        of_trained = [torch.zeros_like(weight) for weight in trained]
        total = torch.zeros((), dtype=torch.float32, device=hidden.device)
        for start in range(0, len(hidden), chunk):
            with torch.enable_grad():
                part = hidden[start : start + chunk].detach().requires_grad_()
                loss = sum_loss(head(part), start, start + len(part))
            gradient[start : start + len(part)], *rest = torch.autograd.grad(loss, (part, *trained))
            for summed, found in zip(of_trained, rest, strict=True):
                summed += found
            total += loss.detach()
        ctx.save_for_backward(gradient, *of_trained)
        return total

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, of_loss: Tensor) -> tuple[Tensor | None, ...]:
        gradient, *of_trained = (saved * of_loss.to(saved.dtype) for saved in ctx.saved_tensors)
        return gradient, None, None, None, *of_trained


def kl_to_dense(reference: DenseReference) -> SumLoss:
    """Return the loss KL(dense || student) over the dense model's most likely tokens and one outcome for the rest.

    Distillation: Hinton et al. 2015, https://arxiv.org/abs/1503.02531.
    """

    def summed(logits: Tensor, start: int, stop: int) -> Tensor:
        logits = logits.float()
        divergence = reference.part(start, stop).divergence(logits, logits.logsumexp(-1, keepdim=True))
        return divergence.sum()

    return summed


def weighted(first: SumLoss, second: SumLoss, share: float) -> SumLoss:
    """Return the weighted sum of two losses; the second has the weight ``share`` (0 to 1)."""
    return lambda logits, start, stop: (1 - share) * first(logits, start, stop) + share * second(logits, start, stop)


def scaled(loss: SumLoss, factor: float) -> SumLoss:
    """Return a loss times a factor."""
    return lambda logits, start, stop: factor * loss(logits, start, stop)


def next_token(targets: Tensor) -> SumLoss:
    """Return the cross-entropy with ``targets`` [positions]; positions of target -100 are ignored."""

    def summed(logits: Tensor, start: int, stop: int) -> Tensor:
        return cross_entropy(logits.float(), targets[start:stop], ignore_index=-100, reduction="sum")

    return summed
