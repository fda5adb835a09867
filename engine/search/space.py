"""The search space: all sets of exactly k of the prunable layers."""

import math
from dataclasses import dataclass

import numpy as np

from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.api.message import worded


@dataclass(frozen=True)
class SearchSpace:
    """Removal sets of exactly ``k`` of the layers ``prunable``, which are sorted and distinct.

    Raises:
        BadInput: There are fewer than k prunable layers.
        ValueError: ``prunable`` is not sorted and distinct.
    """

    prunable: tuple[int, ...]
    k: int

    def __post_init__(self) -> None:
        if list(self.prunable) != sorted(set(self.prunable)):
            raise ValueError(f"prunable layers {self.prunable} are not sorted and distinct")
        if not 0 <= self.k <= len(self.prunable):
            raise BadInput(
                worded(
                    "{0} layers cannot be removed when {1} may be; ask for fewer, or protect fewer.",
                    self.k,
                    len(self.prunable),
                )
            )

    @property
    def n(self) -> int:
        """Number of prunable layers."""
        return len(self.prunable)

    @property
    def size(self) -> int:
        """Number of removal sets."""
        return math.comb(self.n, self.k)

    def random(self, rng: np.random.Generator) -> RemovalSet:
        """Draw a removal set uniformly."""
        chosen = rng.choice(self.n, size=self.k, replace=False)
        return tuple(sorted(self.prunable[index] for index in chosen))

    def swapped(self, removed: RemovalSet, swaps: int, rng: np.random.Generator) -> RemovalSet:
        """Return ``removed`` after random swaps of a removed layer with a kept one.

        A later swap may undo an earlier one. There must be at least one removed and one kept layer.

        Args:
            removed: A set of the space.
            swaps: Number of swaps.
            rng: Chooses both layers of each swap uniformly.
        """
        gone = set(removed)
        for _ in range(swaps):
            kept = [layer for layer in self.prunable if layer not in gone]
            gone.remove(int(rng.choice(sorted(gone))))
            gone.add(int(rng.choice(kept)))
        return tuple(sorted(gone))
