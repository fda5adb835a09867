"""How much a layer turns its hidden states: the similarity measures of the pruning literature."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cosine_similarity

from engine.fitness.batches import TrieBatch


@dataclass(frozen=True)
class Similarity:
    """One layer's measures, means over all positions of all calibration windows; higher is more influence."""

    block_influence: float
    """1 - cosine of the hidden states in front of and behind the layer (ShortGPT, Men et al. 2024, eq. 1)."""
    angular_distance: float
    """Angle between them as a share of pi (Gromov et al. 2024, eq. 7, with a block of one layer)."""


@torch.no_grad()
def layer_similarities(batches: Sequence[TrieBatch], layers: int) -> list[Similarity]:
    """Measure every layer on the dense hidden states, which the batches hold already."""
    return [_similarity([_cosines(batch, layer, layer) for batch in batches]) for layer in range(layers)]


@torch.no_grad()
def block_angle(batches: Sequence[TrieBatch], first: int, last: int) -> float:
    """Angle between the hidden states in front of layer ``first`` and behind layer ``last``, as a share of pi.

    Gromov et al. 2024, eq. 7; a mean over all positions, where the paper looks at the last one of a text.
    """
    return _similarity([_cosines(batch, first, last) for batch in batches]).angular_distance


def _cosines(batch: TrieBatch, first: int, last: int) -> Tensor:
    """Cosine between the states in front of ``first`` and behind ``last`` at each position [batch * length]."""
    before, after = batch.dense(first), batch.dense(last + 1)
    return cosine_similarity(before.double(), after.double(), dim=-1).flatten().cpu()


def _similarity(parts: list[Tensor]) -> Similarity:
    cosine = torch.cat(parts).clamp(-1.0, 1.0)
    return Similarity(float(1.0 - cosine.mean()), float(cosine.arccos().mean() / math.pi))
