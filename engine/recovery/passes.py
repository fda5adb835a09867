"""Choose the number of windows in a forward pass: as many as fit into memory."""

from collections.abc import Callable
from typing import TypeVar

from engine.api.message import Message
from engine.models.out_of_memory import halve_until_it_fits
from engine.recovery.log_words import fewer_words

T = TypeVar("T")


class Passes:
    """A number of windows that is halved for good when memory runs out.

    Args:
        size: Initial number of windows.
        report: Called with a sentence each time the number has been halved.
    """

    def __init__(self, size: int, report: Callable[[Message], None]) -> None:
        self.size = size
        self._report = report

    def fitting(self, work: Callable[[int], T]) -> T:
        """Return the result of ``work`` with the present size, or with the first smaller one that fits.

        Raises:
            torch.OutOfMemoryError: Not even one window fits.
        """
        return halve_until_it_fits(self.size, work, self._shrink)

    def _shrink(self, size: int) -> None:
        self.size = size
        self._report(fewer_words(size))
