"""Where layers were removed: what the student should hand on there is what the dense model's next layer was given."""

from collections.abc import Sequence

import torch
from torch import Tensor

from engine.api.events import RemovalSet


def seam_layers(removed: RemovalSet, first: int) -> tuple[int, ...]:
    """The layers (dense numbering; one more than the last is the end of the stack) right behind each gap.

    Gaps without a trained layer in front of them are left out: nothing there could change.

    Args:
        removed: sorted.
        first: the lowest layer with adapters.
    """
    behind = [layer + 1 for layer in removed if layer + 1 not in removed]
    return tuple(seam for seam in behind if any(layer not in removed for layer in range(first, seam)))


def seam_loss(student: Sequence[Tensor], dense: Sequence[Tensor]) -> Tensor:
    """How far the hidden states lie apart, relative to their size: mean over seams and positions.

    The squared distance of each position is divided by the squared length of the dense state, so that the few
    positions with enormous states do not drown the others.

    Args:
        student: [batch, length, hidden] for each seam.
        dense: the same.
    """
    parts = []
    for found, wanted in zip(student, dense, strict=True):
        wanted = wanted.float()
        distance = (found.float() - wanted).square().sum(-1)
        parts.append((distance / wanted.square().sum(-1).clamp(min=1e-6)).mean())
    return torch.stack(parts).mean()
