"""Suggest removal sets to start a swarm from, based on the layer analysis."""

from collections.abc import Iterator, Mapping

import numpy as np

from engine.api.events import RemovalSet
from engine.search.space import SearchSpace

_WINDOWS = 4
_TRIES_PER_SET = 20


def warm_starts(
    space: SearchSpace,
    single_kl: Mapping[int, float],
    block_influence: Mapping[int, float],
    count: int,
    rng: np.random.Generator,
) -> list[RemovalSet]:
    """Return at most ``count`` distinct sets, the most promising first.

    These are: the k layers that cost least when removed alone; the best contiguous blocks of k layers by the sum of
    these costs (neighbours often do the same work: Gromov et al. 2024, https://arxiv.org/abs/2403.17887); the k layers
    with the least Block Influence (ShortGPT, Men et al. 2024, https://arxiv.org/abs/2403.03853); then all of these with
    one or two layers swapped.

    Args:
        space: The removal sets.
        single_kl: KL divergence when a layer alone is removed, by layer.
        block_influence: Block Influence by layer.
        count: Largest number of sets.
        rng: Chooses the swaps.
    """
    found: list[RemovalSet] = []
    for removed in (*_suggested(space, single_kl, block_influence), *_perturbed(space, single_kl, count, rng)):
        if removed not in found:
            found.append(removed)
    return found[:count]


def _suggested(
    space: SearchSpace, single_kl: Mapping[int, float], block_influence: Mapping[int, float]
) -> Iterator[RemovalSet]:
    windows = _contiguous(space, single_kl)
    yield lowest(space, single_kl)
    yield from windows[:1]
    yield lowest(space, block_influence)
    yield from windows[1:]


def lowest(space: SearchSpace, cost: Mapping[int, float], given: RemovalSet = ()) -> RemovalSet:
    """Return ``given`` filled up to k layers with those of the lowest cost.

    With nothing given and Block Influence as cost this is ShortGPT (Men et al. 2024, https://arxiv.org/abs/2403.03853).

    Args:
        space: The removal sets.
        cost: Cost by layer; a layer without one is taken last.
        given: Layers that are removed in any case.
    """
    left = [layer for layer in space.prunable if layer not in given]
    ranked = sorted(left, key=lambda layer: (cost.get(layer, np.inf), layer))
    return tuple(sorted((*given, *ranked[: space.k - len(given)])))


def blocks_in_a_row(space: SearchSpace) -> list[RemovalSet]:
    """Return every block of k contiguous layers without a protected one inside."""
    blocks = [space.prunable[start : start + space.k] for start in range(space.n - space.k + 1)]
    return [block for block in blocks if not block or block[-1] - block[0] == space.k - 1]


def _contiguous(space: SearchSpace, cost: Mapping[int, float]) -> list[RemovalSet]:
    """Return the cheapest contiguous blocks of k prunable layers, cheapest first."""
    return sorted(blocks_in_a_row(space), key=lambda block: (sum(cost.get(layer, np.inf) for layer in block), block))[
        :_WINDOWS
    ]


def _perturbed(
    space: SearchSpace, single_kl: Mapping[int, float], count: int, rng: np.random.Generator
) -> Iterator[RemovalSet]:
    """Yield the suggestions with one or two of their layers swapped."""
    if space.k in (0, space.n):
        return
    bases = [lowest(space, single_kl), *_contiguous(space, single_kl)]
    for turn in range(_TRIES_PER_SET * count):
        yield space.swapped(bases[turn % len(bases)], 1 + turn % 2, rng)
