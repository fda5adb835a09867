"""Time the application of each layer on this device."""

import statistics
import time

import torch

from engine.fitness.batches import TrieBatch

_REPEATS = 3


def layer_seconds(batch: TrieBatch, layers: int) -> list[float]:
    """Return the median time to apply each layer to the batch, in seconds per 1,000 tokens."""
    return [_seconds(batch, layer) * 1000 / batch.tokens for layer in range(layers)]


def _seconds(batch: TrieBatch, layer: int) -> float:
    hidden = batch.dense(layer)
    timed = []
    with batch.stack.held(layer):  # the time without fetching the weights
        for _ in range(_REPEATS):
            _wait_for(hidden.device)
            start = time.perf_counter()
            batch.apply(layer, hidden)
            _wait_for(hidden.device)
            timed.append(time.perf_counter() - start)
    return statistics.median(timed)


def _wait_for(device: torch.device) -> None:
    """Wait until the device has finished; a GPU runs asynchronously."""
    if device.type != "cpu":
        torch.get_device_module(device).synchronize()
