"""Choose the removal sets that a search starts from, using the results of the layer analysis."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.api.algorithms import search_algorithm
from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.api.message import worded
from engine.api.settings import SearchSettings
from engine.search.greedy import GreedyRemoval
from engine.search.space import SearchSpace
from engine.search.warm_start import blocks_in_a_row, lowest, warm_starts

_SHORTLIST = 1 / 3

Measure = Callable[[Sequence[RemovalSet]], Sequence[float]]
"""Returns the fitness of each removal set, in order; lower is better."""
BlockAngle = Callable[[int, int], float]
"""Returns the angle between the hidden states before the first and after the last layer of a block."""


@dataclass(frozen=True)
class LayerFindings:
    """Measurements of the dense model from which starting sets are derived."""

    single_kl: Mapping[int, float]
    """KL divergence when a layer alone is removed, by layer."""
    block_influence: Mapping[int, float]
    """Block Influence (ShortGPT, Men et al. 2024, https://arxiv.org/abs/2403.03853), by layer."""
    block_angle: BlockAngle
    measure: Measure
    """Scores the candidates of ``grown_set``, usually on the first calibration level only."""


def starting_sets(
    settings: SearchSettings,
    space: SearchSpace,
    findings: LayerFindings,
    smaller: RemovalSet | None = None,
    on_grow: Callable[[], None] = lambda: None,
) -> Sequence[RemovalSet]:
    """Return the removal sets that the algorithm starts from; for a similarity criterion, the set that it proposes.

    Args:
        settings: The algorithm, its seed and which starts it uses.
        space: The removal sets.
        findings: Results of the layer analysis.
        smaller: The best set of one layer less, when a search over several numbers of layers has found it.
        on_grow: Called before a set is grown, which scores many candidates.

    Raises:
        BadInput: The algorithm is not installed, or a contiguous block is needed and the protected layers leave none
            of that length.
    """
    begins = search_algorithm(settings.algorithm).starts
    if begins == "least_influence":
        return (lowest(space, findings.block_influence),)
    if begins == "nearest_block":
        return (nearest_block(space, findings.block_angle),)
    if begins == "none" or not settings.warm_start:
        return ()
    rng = np.random.default_rng([settings.seed, 1])
    starts = warm_starts(space, findings.single_kl, findings.block_influence, settings.population, rng)
    if begins == "grown" and settings.grown_start:
        on_grow()
        starts.insert(0, grown_set(space, findings.measure))
    if smaller is not None:
        starts.insert(0, lowest(space, findings.single_kl, given=smaller))
    return starts


def grown_set(space: SearchSpace, measure: Measure) -> RemovalSet:
    """Return a set grown layer by layer: close to greedy removal's answer at about a tenth of its cost."""
    greedy = GreedyRemoval(space, _SHORTLIST)
    while not greedy.finished:
        greedy.tell(measure(greedy.ask()))
    return greedy.best[0]


def nearest_block(space: SearchSpace, angle: BlockAngle) -> RemovalSet:
    """Return the block of k contiguous layers that turns the hidden states least.

    This is the rule of Gromov et al. 2024 (https://arxiv.org/abs/2403.17887), known as PruneMe.

    Raises:
        BadInput: The protected layers leave no block of k contiguous layers.
    """
    blocks = blocks_in_a_row(space)
    if not blocks:
        raise BadInput(
            worded(
                "The protected layers leave no {0} layers in a row; protect fewer, or choose another algorithm.",
                space.k,
            )
        )
    if space.k == 0:
        return ()
    return min(blocks, key=lambda block: angle(block[0], block[-1]))
