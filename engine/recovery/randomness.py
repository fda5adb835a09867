"""Every random number of the training is a function of (seed, place): a resumed run needs no saved generator."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor

ADAPTER_INIT, DATA_ORDER, DROPOUT = 0, 1, 2
"""What a stream of random numbers is for, so that no two uses share one."""


def derived_seed(seed: int, purpose: int, place: int = 0) -> int:
    """A seed of 63 bits for one use at one place (an epoch, a step)."""
    return int(np.random.SeedSequence([seed, purpose, place]).generate_state(1, np.uint64)[0] >> np.uint64(1))


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Run a block with torch's global generators at ``seed`` and put them back as they were afterwards."""
    with torch.random.fork_rng(devices=range(torch.cuda.device_count())):
        torch.manual_seed(seed)
        yield


def batch_indices(seed: int, windows: int, step: int, batch: int) -> Tensor:
    """Which windows the optimiser step ``step`` (from 0) sees, [batch].

    The windows are dealt out epoch by epoch, each in an order of its own; a batch may span two epochs.
    """
    places = np.arange(step * batch, (step + 1) * batch)
    epochs, positions = np.divmod(places, windows)
    orders = {epoch: _epoch_order(seed, windows, int(epoch)) for epoch in np.unique(epochs)}
    return torch.tensor([orders[epoch][position] for epoch, position in zip(epochs, positions, strict=True)])


def _epoch_order(seed: int, windows: int, epoch: int) -> list[int]:
    generator = np.random.default_rng(derived_seed(seed, DATA_ORDER, epoch))
    return [int(index) for index in generator.permutation(windows)]
