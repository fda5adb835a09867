"""The analysis stage: measure the dense model and the effect of each layer."""

from engine.analysis.analyse import analyse_layers
from engine.api.events import ReferenceMeasured
from engine.api.message import worded
from engine.fitness.objective import perplexity
from engine.pipeline.workspace import Workspace


def analyse(workspace: Workspace) -> None:
    """Measure the dense model, and the model without each single layer, on the calibration windows."""
    evaluator = workspace.evaluator
    workspace.emit(
        ReferenceMeasured(perplexity=perplexity(evaluator.scores([()])[0].nll), scored_positions=evaluator.weight)
    )
    workspace.report(worded("Removing each layer alone"), 0, 0)
    promoted = workspace.settings.search.racing.promoted_share
    for layer in analyse_layers(evaluator, workspace.sizes, promoted):
        workspace.emit(layer)
