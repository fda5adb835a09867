"""Analyse every decoder layer: similarity, effect of its removal, size and time."""

from engine.analysis.similarity import layer_similarities
from engine.analysis.single_removals import single_removals
from engine.analysis.timing import layer_seconds
from engine.api.events import LayerAnalysed
from engine.fitness.evaluator import Evaluator
from engine.fitness.objective import perplexity
from engine.models.sizes import ModelSizes


def analyse_layers(evaluator: Evaluator, sizes: ModelSizes, promoted_share: float) -> list[LayerAnalysed]:
    """Measure every layer of the model; one walk of the trie per level scores its single removals.

    Args:
        evaluator: Scores the removals.
        sizes: Parameters and bytes of each layer.
        promoted_share: Share of a level's layers, the cheapest, that is scored on the next level too.

    Raises:
        StopRequested: Raised by the evaluator's ``check`` between two layer applications.
        LayerSwarmError: The device runs out of memory on a single calibration item.
    """
    similarities = layer_similarities(evaluator.batches, sizes.layers)
    seconds = layer_seconds(evaluator.batches[0], sizes.layers)
    singles = single_removals(evaluator, sizes.layers, promoted_share)
    return [
        LayerAnalysed(
            layer=layer,
            block_influence=similarities[layer].block_influence,
            angular_distance=similarities[layer].angular_distance,
            kl=singles[layer].kl,
            perplexity=perplexity(singles[layer].nll),
            parameters=sizes.layer_parameters[layer],
            bytes=sizes.layer_bytes[layer],
            seconds=seconds[layer],
            estimated_from=singles[layer].estimated_from,
        )
        for layer in range(sizes.layers)
    ]
