"""From settings to a searcher."""

from collections.abc import Sequence

from engine.api.events import RemovalSet
from engine.api.settings import SearchSettings
from engine.search.greedy import GreedyRemoval
from engine.search.pso import ParticleSwarm
from engine.search.random_search import RandomSearch
from engine.search.searcher import Searcher
from engine.search.space import SearchSpace
from engine.search.woa import WhaleSwarm


def make_searcher(settings: SearchSettings, space: SearchSpace, starts: Sequence[RemovalSet] = ()) -> Searcher:
    """The searcher that ``settings.algorithm`` names, ready to be asked.

    Args:
        settings: algorithm, seed, sizes and parameters.
        space: the removal sets.
        starts: removal sets for a swarm to start from; the baselines take none.
    """
    match settings.algorithm:
        case "pso":
            return ParticleSwarm(settings, space, starts)
        case "woa":
            return WhaleSwarm(settings, space, starts)
        case "greedy":
            return GreedyRemoval(space)
        case "random":
            return RandomSearch(settings, space)
