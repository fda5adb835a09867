"""Make the searcher of a run from its settings and the layer analysis in its journal."""

from functools import partial

from engine.analysis.similarity import block_angle
from engine.api.events import RemovalSet
from engine.api.message import worded
from engine.api.settings import SearchSettings
from engine.fitness.objective import fitness_of
from engine.fitness.race import Scorer, first_level_fitness
from engine.pipeline.workspace import Workspace
from engine.search.factory import make_searcher
from engine.search.searcher import Searcher
from engine.search.space import SearchSpace
from engine.search.starting_sets import LayerFindings, starting_sets


def searcher_for(
    workspace: Workspace,
    scorer: Scorer,
    settings: SearchSettings,
    space: SearchSpace,
    smaller: RemovalSet | None = None,
) -> Searcher:
    """Return the searcher that ``settings`` names, with its starting sets.

    Args:
        workspace: The run, with its layers analysed.
        scorer: Scores the sets that are grown before the search.
        settings: The algorithm and its parameters.
        space: The removal sets.
        smaller: The best set of one layer less, when a search has found it.

    Raises:
        BadInput: A contiguous block is needed and the protected layers leave none of that length.
    """
    layers = workspace.state.layers
    findings = LayerFindings(
        single_kl={layer: event.kl for layer, event in layers.items()},
        block_influence={layer: event.block_influence for layer, event in layers.items()},
        block_angle=lambda first, last: block_angle(workspace.evaluator.batches, first, last),
        measure=partial(first_level_fitness, scorer, fitness=fitness_of(settings.objective)),
    )
    starts = starting_sets(
        settings,
        space,
        findings,
        smaller=smaller,
        on_grow=lambda: workspace.report(worded("Growing a first set layer by layer"), 0, 0),
    )
    return make_searcher(settings, space, starts, findings.single_kl)
