"""Score a removal set on a model whose weights differ from the dense model's from some layer on."""

from collections.abc import Callable, Sequence

from engine.api.events import RemovalSet
from engine.fitness.batches import TrieBatch
from engine.fitness.dense_walk import walk_layers
from engine.fitness.memory import Score


def changed_score(
    batches: Sequence[TrieBatch], removed: RemovalSet, lowest: int, layers: int, check: Callable[[], None]
) -> Score:
    """Return the score of a removal set with the weights that the model has now; it is not remembered.

    Args:
        batches: The batches of an evaluator; their dense states were computed with the dense weights.
        removed: Sorted removal set.
        lowest: The lowest layer that is removed or has other weights. Below it the states are the dense model's.
        layers: Number of layers of the dense model.
        check: Called between layers; may raise to stop.
    """
    kept = [layer for layer in range(lowest, layers) if layer not in removed]
    states = walk_layers(batches[0].stack, batches, [batch.dense(lowest) for batch in batches], kept, check)
    total, *others = [batch.score_of(hidden) for batch, hidden in zip(batches, states, strict=True)]
    for score in others:
        total = total + score
    return total * (1.0 / sum(batch.weight for batch in batches))
