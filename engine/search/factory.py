"""From settings to a searcher."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from engine.api.events import RemovalSet
from engine.api.settings import SearchSettings, as_published
from engine.search.evolution import SwapEvolution
from engine.search.greedy import GreedyRemoval
from engine.search.proposal import Proposal
from engine.search.pso import ParticleSwarm
from engine.search.random_search import RandomSearch
from engine.search.searcher import Searcher
from engine.search.space import SearchSpace
from engine.search.woa import WhaleSwarm


def make_searcher(
    settings: SearchSettings,
    space: SearchSpace,
    starts: Sequence[RemovalSet] = (),
    single_cost: Mapping[int, float] = MappingProxyType({}),
) -> Searcher:
    """The searcher that ``settings.algorithm`` names, ready to be asked.

    Args:
        settings: algorithm, seed, sizes and parameters.
        space: the removal sets.
        starts: removal sets that a swarm or an evolution starts from. For the criteria that propose a set at once
            (Block Influence, angular distance) the first one is that set.
        single_cost: what the analysis found that each layer costs alone, to guide a swarm's scouts.
    """
    settings = as_published(settings)
    match settings.algorithm:
        case "pso" | "textbook_pso":
            return ParticleSwarm(settings, space, starts, single_cost)
        case "woa" | "textbook_woa":
            return WhaleSwarm(settings, space, starts, single_cost)
        case "evolution":
            return SwapEvolution(settings, space, starts)
        case "greedy":
            return GreedyRemoval(space)
        case "random":
            return RandomSearch(settings, space)
        case "block_influence" | "angular":
            return Proposal(starts[0])
