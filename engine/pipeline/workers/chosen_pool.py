"""Start the workers that a run's settings name."""

from engine.api.events import Emit
from engine.pipeline.placed_model import PlacedModel
from engine.pipeline.workers.cluster_pool import cluster_pool
from engine.pipeline.workers.local_pool import local_pool
from engine.pipeline.workers.pool import WorkerPool


def start_workers(placed: PlacedModel, layers: int, emit: Emit) -> WorkerPool:
    """Start workers on the other devices of this machine, or on those of a cluster where the settings name one.

    Args:
        placed: The run's model, where it is computed, and the settings.
        layers: Number of layers of the dense model.
        emit: Receives what becomes of the workers.

    Raises:
        BadInput: The devices or the cluster that the settings name are not there.
        LayerSwarmError: The network is switched off.
    """
    start = cluster_pool if placed.settings.device.cluster else local_pool
    return start(placed, layers, emit)
