"""Score the sets that published criteria propose at once, so that a search can be compared with them."""

from contextlib import suppress
from functools import partial

from engine.analysis.similarity import block_angle
from engine.api.errors import BadInput
from engine.api.events import BaselineScored, RemovalSet
from engine.api.search_events import Baseline
from engine.fitness.objective import fitness_of
from engine.models.describable_sets import DescribableSets
from engine.pipeline.workspace import Workspace
from engine.search.space import SearchSpace
from engine.search.starting_sets import nearest_block
from engine.search.warm_start import lowest


def score_baselines(workspace: Workspace) -> None:
    """Score one set of each criterion on all windows, as the answer of the search is scored.

    They cost one evaluation each, which does not count as a cost of the search.

    Raises:
        StopRequested: The user asked to stop.
    """
    space = SearchSpace(workspace.prunable, workspace.budget)
    if not space.k or workspace.state.baselines:
        return
    describable = DescribableSets(workspace.folder.config())
    proposed = {name: removed for name, removed in _proposed(workspace, space).items() if removed in describable}
    scorer = workspace.scorer.remembering(workspace.scorer.memory)
    objective = workspace.settings.search.objective
    scores = scorer.scores(list(proposed.values()))
    for (name, removed), score in zip(proposed.items(), scores, strict=True):
        workspace.emit(
            BaselineScored(
                baseline=name,
                removed=removed,
                objective=objective,
                fitness=fitness_of(objective)(score),
                level=scorer.levels[-1],
            )
        )


def _proposed(workspace: Workspace, space: SearchSpace) -> dict[Baseline, RemovalSet]:
    layers = workspace.state.layers
    found: dict[Baseline, RemovalSet] = {
        "block_influence": lowest(space, {layer: event.block_influence for layer, event in layers.items()}),
        "analysis": lowest(space, {layer: event.kl for layer, event in layers.items()}),
    }
    with suppress(BadInput):  # the protected layers leave no block of that length
        found["angular"] = nearest_block(space, partial(block_angle, workspace.evaluator.batches))
    return found
