"""The number of windows that go through the model at once: as many as fit."""

from collections.abc import Callable
from typing import TypeVar

from engine.models.out_of_memory import halve_until_it_fits

T = TypeVar("T")


class Passes:
    """A number of windows that is halved when memory runs out, and stays so.

    Args:
        size: Number of windows to begin with.
        say: Called with a sentence each time that the number was halved.
    """

    def __init__(self, size: int, say: Callable[[str], None]) -> None:
        self.size = size
        self._say = say

    def fitting(self, work: Callable[[int], T]) -> T:
        """Return the result of ``work`` with the present size, or with the first smaller one that fits.

        Raises:
            torch.OutOfMemoryError: Not even one window fits.
        """
        return halve_until_it_fits(self.size, work, self._shrink)

    def _shrink(self, size: int) -> None:
        self.size = size
        self._say(f"Memory ran out; training goes on with {size} windows at once.")
