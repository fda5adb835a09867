"""Analyse every decoder layer: similarity, effect of its removal, size and time."""

from engine.analysis.similarity import layer_similarities
from engine.analysis.timing import layer_seconds
from engine.api.events import LayerAnalysed
from engine.fitness.evaluator import Evaluator
from engine.fitness.objective import perplexity
from engine.models.sizes import ModelSizes


def analyse_layers(evaluator: Evaluator, sizes: ModelSizes) -> list[LayerAnalysed]:
    """Measure every layer of the model; one walk of the trie scores all single removals.

    Args:
        evaluator: Scores the removals.
        sizes: Parameters and bytes of each layer.

    Raises:
        StopRequested: Raised by the evaluator's ``check`` between two layer applications.
        LayerSwarmError: The device runs out of memory on a single calibration item.
    """
    similarities = layer_similarities(evaluator.batches, sizes.layers)
    seconds = layer_seconds(evaluator.batches[0], sizes.layers)
    singles = [(layer,) for layer in range(sizes.layers)]
    for level in evaluator.levels:  # searches start from single removals, which are then known at their first level
        scores = evaluator.scores(singles, level)
    return [
        LayerAnalysed(
            layer=layer,
            block_influence=similarities[layer].block_influence,
            angular_distance=similarities[layer].angular_distance,
            kl=scores[layer].kl,
            perplexity=perplexity(scores[layer].nll),
            parameters=sizes.layer_parameters[layer],
            bytes=sizes.layer_bytes[layer],
            seconds=seconds[layer],
        )
        for layer in range(sizes.layers)
    ]
