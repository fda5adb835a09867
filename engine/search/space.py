"""What is searched: all sets of exactly k of the prunable layers."""

import math
from dataclasses import dataclass

import numpy as np

from engine.api.errors import BadInput
from engine.api.events import RemovalSet


@dataclass(frozen=True)
class SearchSpace:
    """Removal sets of exactly ``k`` of the layers ``prunable``.

    Raises:
        BadInput: there are fewer than k prunable layers.
    """

    prunable: tuple[int, ...]
    k: int

    def __post_init__(self) -> None:
        if list(self.prunable) != sorted(set(self.prunable)):
            raise ValueError(f"prunable layers {self.prunable} are not sorted and distinct")
        if not 0 <= self.k <= len(self.prunable):
            raise BadInput(
                f"{self.k} layers cannot be removed when {len(self.prunable)} may be; ask for fewer, or protect fewer."
            )

    @property
    def n(self) -> int:
        """How many layers may be removed."""
        return len(self.prunable)

    @property
    def size(self) -> int:
        """How many removal sets there are."""
        return math.comb(self.n, self.k)

    def random(self, rng: np.random.Generator) -> RemovalSet:
        """A removal set, each with the same chance."""
        chosen = rng.choice(self.n, size=self.k, replace=False)
        return tuple(sorted(self.prunable[index] for index in chosen))

    def swapped(self, removed: RemovalSet, swaps: int, rng: np.random.Generator) -> RemovalSet:
        """``removed`` after some swaps of a removed layer with a kept one, each with the same chance.

        A later swap may undo an earlier one. There must be a layer of either kind.
        """
        gone = set(removed)
        for _ in range(swaps):
            kept = [layer for layer in self.prunable if layer not in gone]
            gone.remove(int(rng.choice(sorted(gone))))
            gone.add(int(rng.choice(kept)))
        return tuple(sorted(gone))
