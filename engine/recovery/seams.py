"""Compare hidden states after each gap: the student's with those that the dense model's next layer receives."""

from collections.abc import Sequence

import torch
from torch import Tensor

from engine.api.events import RemovalSet


def seam_layers(removed: RemovalSet, first: int) -> tuple[int, ...]:
    """Return the layer after each gap, in dense numbering; the number of layers stands for the end of the stack.

    Gaps without a trained layer below them are left out, since no weight could change the state there.

    Args:
        removed: Sorted removal set.
        first: The lowest layer with adapters.
    """
    behind = [layer + 1 for layer in removed if layer + 1 not in removed]
    return tuple(seam for seam in behind if any(layer not in removed for layer in range(first, seam)))


def seam_loss(student: Sequence[Tensor], dense: Sequence[Tensor]) -> Tensor:
    """Return the relative squared distance of hidden states, averaged over seams and positions.

    The squared distance at each position is divided by the squared length of the dense state, so that the few positions
    with very large states do not dominate.

    Args:
        student: [batch, length, hidden] for each seam.
        dense: [batch, length, hidden] for each seam.
    """
    parts = []
    for found, wanted in zip(student, dense, strict=True):
        wanted = wanted.float()
        distance = (found.float() - wanted).square().sum(-1)
        parts.append((distance / wanted.square().sum(-1).clamp(min=1e-6)).mean())
    return torch.stack(parts).mean()
