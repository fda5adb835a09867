"""Removal sets that the analysis suggests, to start a swarm from."""

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
    """At most ``count`` different sets, the most promising first.

    They are: the k layers that cost least when removed alone; the best contiguous blocks of k layers by the sum of
    these costs (neighbours often do the same work: Gromov et al. 2024); the k of least Block Influence (ShortGPT); then
    all of these with one or two layers exchanged.

    Args:
        space: the removal sets.
        single_kl: KL of each layer when it alone is removed.
        block_influence: of each layer.
        count: how many are wanted.
        rng: for the exchanges.
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
    """``given``, filled up to k layers with those of the lowest cost.

    With nothing given and Block Influence as cost this is ShortGPT (Men et al. 2024).
    """
    left = [layer for layer in space.prunable if layer not in given]
    ranked = sorted(left, key=lambda layer: (cost.get(layer, np.inf), layer))
    return tuple(sorted((*given, *ranked[: space.k - len(given)])))


def blocks_in_a_row(space: SearchSpace) -> list[RemovalSet]:
    """Every block of k neighbouring layers without a protected one inside."""
    blocks = [space.prunable[start : start + space.k] for start in range(space.n - space.k + 1)]
    return [block for block in blocks if not block or block[-1] - block[0] == space.k - 1]


def _contiguous(space: SearchSpace, cost: Mapping[int, float]) -> list[RemovalSet]:
    """The cheapest blocks of k prunable layers in a row, cheapest first."""
    return sorted(blocks_in_a_row(space), key=lambda block: (sum(cost.get(layer, np.inf) for layer in block), block))[
        :_WINDOWS
    ]


def _perturbed(
    space: SearchSpace, single_kl: Mapping[int, float], count: int, rng: np.random.Generator
) -> Iterator[RemovalSet]:
    """The suggestions, one or two of their layers exchanged."""
    if space.k in (0, space.n):
        return
    bases = [lowest(space, single_kl), *_contiguous(space, single_kl)]
    for turn in range(_TRIES_PER_SET * count):
        yield space.swapped(bases[turn % len(bases)], 1 + turn % 2, rng)
