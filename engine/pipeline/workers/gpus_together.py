"""Choose how many GPUs of its machine each worker of a cluster takes: one, or as many as hold the model together."""

from engine.api.events import ClusterNodeFound
from engine.api.message import NO_WORDS, Message, worded
from engine.fitness.levels import nested_levels
from engine.models.placement import memory_to_use, spread_placement
from engine.models.sizes import ModelSizes
from engine.pipeline.placed_model import PlacedModel

_TOKENS_OF_A_FETCH = 12_000
"""Tokens that pass a layer in the time in which its weights are fetched from main memory, whatever the layer's size.

Two operations for each parameter and token at 6e14 per second, two bytes for each at 5e10 per second: an H100 or H200.
"""
_WALKED = 0.35
"""Share of the first level's tokens that passes a layer on average: candidates lack layers and share what is before
their first gap, and few of them go on to later levels (docs/benchmarks, workers)."""


def gpus_together(placed: PlacedModel, nodes: list[ClusterNodeFound], beside: int) -> tuple[int, Message]:
    """Return the number of GPUs of each worker, and a sentence where one GPU does not hold the model.

    A worker whose model is spread over several GPUs uses one of them at a time, but fetches nothing. With many GPUs,
    or little text to score, fetching is what a step waits for; it does not become shorter with more GPUs.

    Args:
        placed: The run's model; its device is of the same kind as the nodes'.
        nodes: The nodes.
        beside: Bytes that the work needs beside the weights.
    """
    settings, sizes = placed.settings, placed.cost.sizes
    room = memory_to_use(placed.device, settings.device)
    if settings.device.four_bit or sizes.parameters * placed.dtype.itemsize + beside <= room:
        return 1, NO_WORDS
    count = _least(placed, sizes, room, beside, max((node.gpus for node in nodes), default=0))
    if not count:
        return 1, worded(
            "The model does not fit into one GPU, nor into those of one machine of the cluster together, so each "
            "worker fetches its layers each time that they are applied."
        )
    spread, alone = sum(node.gpus // count for node in nodes), sum(node.gpus for node in nodes)
    tokens = _tokens(placed, sizes)
    if tokens / spread < max(tokens / alone, _TOKENS_OF_A_FETCH):
        return count, worded(
            "The model does not fit into one GPU, so each worker of the cluster keeps it in {0} GPUs of its machine, "
            "which is faster here than fetching its layers each time that they are applied.",
            count,
        )
    return 1, worded(
        "The model does not fit into one GPU, so each worker of the cluster fetches its layers each time that they are "
        "applied, which is faster here than keeping it in {0} GPUs of a machine.",
        count,
    )


def _least(placed: PlacedModel, sizes: ModelSizes, room: int, beside: int, most: int) -> int:
    """Return the least number of GPUs that hold the model together; 0 where ``most`` do not."""
    for count in range(2, most + 1):
        devices = [f"cuda:{number}" for number in range(count)]
        if spread_placement(sizes, placed.dtype, devices, room, beside) is not None:
            return count
    return 0


def _tokens(placed: PlacedModel, sizes: ModelSizes) -> float:
    """Return the tokens that a step of the search passes through a layer."""
    search, calibration = placed.settings.search, placed.settings.calibration
    first, *_ = nested_levels(calibration.windows, sizes.parameters, search.racing)
    return _WALKED * search.population * first * calibration.window_length
