"""Similarity of the hidden states before and after a layer: the measures of the pruning literature."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cosine_similarity, normalize

from engine.fitness.batches import TrieBatch
from engine.fitness.dense_walk import DenseWalk, walk_together


@dataclass(frozen=True)
class Similarity:
    """The measures of a layer, averaged over all positions of all calibration windows; higher means more influence."""

    block_influence: float
    """1 - cosine similarity of the hidden states before and after the layer.

    ShortGPT, Men et al. 2024, eq. 1, https://arxiv.org/abs/2403.03853.
    """
    angular_distance: float
    """Angle between these hidden states as a share of pi.

    Gromov et al. 2024, eq. 7, with a block of one layer, https://arxiv.org/abs/2403.17887.
    """


@torch.no_grad()
def layer_similarities(batches: Sequence[TrieBatch], layers: int) -> list[Similarity]:
    """Return the similarity of every layer, from the dense hidden states that the batches hold where they hold them."""
    parts: list[list[Tensor]] = [[] for _ in range(layers)]

    def seen(layer: int, _walk: DenseWalk, before: Tensor, after: Tensor) -> None:
        parts[layer].append(cosines(before, after).flatten())

    walk_together(batches[0].stack, batches, lambda: None, seen)
    return [_similarity(part) for part in parts]


@torch.no_grad()
def block_angle(batches: Sequence[TrieBatch], first: int, last: int) -> float:
    """Return the angle between the hidden states before layer ``first`` and after layer ``last``, as a share of pi.

    This is eq. 7 of Gromov et al. 2024 (https://arxiv.org/abs/2403.17887), averaged over all positions, whereas the
    paper uses the last position of each text.
    """
    return _similarity([_cosines(batch, first, last) for batch in batches]).angular_distance


def _cosines(batch: TrieBatch, first: int, last: int) -> Tensor:
    """Return the cosine similarity of the states before ``first`` and after ``last`` [batch * length], on the CPU."""
    return cosines(batch.dense(first), batch.dense(last + 1)).flatten()


def cosines(before: Tensor, after: Tensor) -> Tensor:
    """Return the cosine similarity along the last dimension in float64, on the CPU.

    Layers turn the states by small angles, whose cosine differs from 1 by less than float32 can hold. A device that
    may lack float64 computes half the squared distance of the unit vectors instead, which is 1 - cosine and precise
    however small.

    Args:
        before: States [..., hidden].
        after: States [..., hidden].
    """
    if before.device.type == "cpu":
        return cosine_similarity(before.double(), after.double(), dim=-1)
    distance = normalize(before.float(), dim=-1) - normalize(after.float(), dim=-1)
    return 1.0 - distance.square().sum(-1).cpu().double() / 2.0


def _similarity(parts: list[Tensor]) -> Similarity:
    cosine = torch.cat(parts).clamp(-1.0, 1.0)
    return Similarity(float(1.0 - cosine.mean()), float(cosine.arccos().mean() / math.pi))
