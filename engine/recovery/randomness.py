"""Derive every random number of the training from a seed and a place: a resumed run needs no saved generator."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor

ADAPTER_INIT, DATA_ORDER, DROPOUT = 0, 1, 2
"""Uses of random numbers; no two of them share a stream."""


def derived_seed(seed: int, purpose: int, place: int = 0) -> int:
    """Return a seed of 63 bits for one use at one place (an epoch, a step)."""
    return int(np.random.SeedSequence([seed, purpose, place]).generate_state(1, np.uint64)[0] >> np.uint64(1))


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Set torch's global generators to ``seed`` inside a ``with`` block and restore them afterwards."""
    with torch.random.fork_rng(devices=range(torch.cuda.device_count())):
        if torch.accelerator.is_available():
            torch.manual_seed(seed)
        else:  # the above keeps a formatted traceback for each kind of device that is not there
            torch.default_generator.manual_seed(seed)
        yield


def batch_indices(seed: int, windows: int, step: int, batch: int) -> Tensor:
    """Return the windows of an optimiser step [batch].

    Each epoch runs through all windows in an order of its own; a batch may span two epochs.

    Args:
        seed: The training's seed.
        windows: Number of training windows.
        step: Number of the step, from 0.
        batch: Windows in a step.
    """
    places = np.arange(step * batch, (step + 1) * batch)
    epochs, positions = np.divmod(places, windows)
    orders = {epoch: _epoch_order(seed, windows, int(epoch)) for epoch in np.unique(epochs)}
    return torch.tensor([orders[epoch][position] for epoch, position in zip(epochs, positions, strict=True)])


def _epoch_order(seed: int, windows: int, epoch: int) -> list[int]:
    generator = np.random.default_rng(derived_seed(seed, DATA_ORDER, epoch))
    return [int(index) for index in generator.permutation(windows)]
