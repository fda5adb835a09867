"""How many windows go through the model at once: as many as fit."""

from collections.abc import Callable
from typing import TypeVar

import torch

T = TypeVar("T")


class Passes:
    """A number of windows that is halved when memory runs out, and stays so.

    Args:
        size: windows to begin with.
        say: told each time that it was halved.
    """

    def __init__(self, size: int, say: Callable[[str], None]) -> None:
        self.size = size
        self._say = say

    def fitting(self, work: Callable[[int], T]) -> T:
        """What ``work`` gives with the present size, or with the first smaller one that fits.

        Raises:
            torch.OutOfMemoryError: not even one window fits.
        """
        while True:
            try:
                return work(self.size)
            except torch.OutOfMemoryError:
                if self.size == 1:
                    raise
            # Outside the handler, whose traceback holds on to what filled the memory.
            self.size = -(-self.size // 2)
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
            self._say(f"Memory ran out; training goes on with {self.size} windows at once.")
