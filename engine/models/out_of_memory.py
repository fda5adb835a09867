"""Retry work in smaller batches when memory runs out, of a GPU or of the machine."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import torch

from engine.api.errors import LayerSwarmError
from engine.api.memory_errors import is_out_of_memory
from engine.api.message import worded

T = TypeVar("T")


def halve_until_it_fits(
    size: int, work: Callable[[int], T], on_halved: Callable[[int], None] = lambda _size: None
) -> T:
    """Return the result of ``work`` with the first of ``size``, half of it, a quarter ... that fits in memory.

    Args:
        size: Size of a batch, at least 1.
        work: Does the work in batches of the size that it is given.
        on_halved: Called with the new size before each retry; drops what the caller still holds of the failed try.

    Raises:
        torch.OutOfMemoryError: Even a batch of one does not fit.
    """
    while True:
        try:
            with one_memory_error():
                return work(size)
        except torch.OutOfMemoryError:
            if size == 1:
                raise
        # Outside the handler, whose traceback keeps alive what filled the memory.
        size = -(-size // 2)
        on_halved(size)
        free_unused_memory()


@contextmanager
def one_memory_error() -> Iterator[None]:
    """Raise ``torch.OutOfMemoryError`` instead of any other error that means the same inside a ``with`` block.

    Raises:
        torch.OutOfMemoryError: Memory ran out, of a GPU or of the machine.
    """
    try:
        yield
    except torch.OutOfMemoryError:
        raise
    except Exception as error:
        if is_out_of_memory(error):
            raise torch.OutOfMemoryError(str(error)) from error
        raise


@contextmanager
def memory_refusal(remedy: str) -> Iterator[None]:
    """Turn memory that runs out inside a ``with`` block into a sentence with what to do.

    Args:
        remedy: What the user can change.

    Raises:
        LayerSwarmError: Memory ran out.
    """
    try:
        with one_memory_error():
            yield
    except torch.OutOfMemoryError:
        raise LayerSwarmError(worded("The device ran out of memory; {0}.", remedy)) from None


def free_unused_memory() -> None:
    """Collect garbage and return unused memory to the device, whatever kind of GPU it is."""
    gc.collect()
    device = torch.accelerator.current_accelerator(check_available=True)
    if device is not None:
        torch.get_device_module(device).empty_cache()
