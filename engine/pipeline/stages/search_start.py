"""What a search begins with, from what the analysis found."""

from collections.abc import Sequence

import numpy as np

from engine.analysis.similarity import block_angle
from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.api.settings import SearchSettings, as_published
from engine.fitness.evaluator import Evaluator
from engine.fitness.objective import Fitness, fitness_of, kl_of
from engine.fitness.race import Scorer
from engine.pipeline.workspace import Workspace
from engine.search.factory import make_searcher
from engine.search.greedy import GreedyRemoval
from engine.search.searcher import Leader, Searcher
from engine.search.space import SearchSpace
from engine.search.warm_start import blocks_in_a_row, lowest, warm_starts

_SHORTLIST = 1 / 3


def searcher_for(
    workspace: Workspace,
    scorer: Scorer,
    settings: SearchSettings,
    space: SearchSpace,
    smaller: Leader | None = None,
) -> Searcher:
    """The searcher of these settings, with all that the analysis can give it, and the answer of a layer less.

    Raises:
        BadInput: a block in a row is asked for and the protected layers leave none of that length.
    """
    settings = as_published(settings)
    starts = _starting_sets(workspace, scorer, settings, space)
    single_kl = {layer: event.kl for layer, event in workspace.state.layers.items()}
    if smaller is not None and settings.warm_start and settings.algorithm in ("pso", "woa", "evolution"):
        starts = (lowest(space, single_kl, given=smaller[0]), *starts)
    return make_searcher(settings, space, starts, single_kl)


def grown_set(scorer: Scorer, space: SearchSpace, fitness: Fitness = kl_of) -> RemovalSet:
    """A set grown layer by layer on the first calibration level: greedy removal's answer at a tenth of its price."""
    greedy = GreedyRemoval(space, _SHORTLIST)
    while not greedy.finished:
        greedy.tell([fitness(score) for score in scorer.scores(greedy.ask(), scorer.levels[0])])
    return greedy.best[0]


def _starting_sets(
    workspace: Workspace, scorer: Scorer, settings: SearchSettings, space: SearchSpace
) -> Sequence[RemovalSet]:
    """The sets that the algorithm starts from; for a similarity criterion the one that it proposes."""
    layers = workspace.state.layers
    influence = {layer: event.block_influence for layer, event in layers.items()}
    if settings.algorithm == "block_influence":
        return (lowest(space, influence),)
    if settings.algorithm == "angular":
        return (_nearest_block(workspace.evaluator, space),)
    if not settings.warm_start or settings.algorithm in ("greedy", "random"):
        return ()
    single_kl = {layer: event.kl for layer, event in layers.items()}
    rng = np.random.default_rng([settings.seed, 1])
    suggested = warm_starts(space, single_kl, influence, settings.population, rng)
    if settings.algorithm == "evolution" or not settings.grown_start:
        return suggested
    workspace.report("Growing a first set layer by layer", 0, 0)
    return (grown_set(scorer, space, fitness_of(settings.objective)), *suggested)


def _nearest_block(evaluator: Evaluator, space: SearchSpace) -> RemovalSet:
    """The block of k layers in a row that turns the hidden states least (PruneMe, Gromov et al. 2024)."""
    blocks = blocks_in_a_row(space)
    if not blocks:
        raise BadInput(f"The protected layers leave no {space.k} layers in a row; protect fewer, or search otherwise.")
    if space.k == 0:
        return ()
    return min(blocks, key=lambda block: block_angle(evaluator.batches, block[0], block[-1]))
