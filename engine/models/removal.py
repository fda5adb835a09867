"""The arithmetic of a removal set: which layers remain, and their new numbers."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TypeVar

from engine.api.errors import BadInput
from engine.api.events import RemovalSet
from engine.api.message import worded

T = TypeVar("T")


class Removal:
    """The removal of the layers ``removed`` from ``layers`` decoder layers.

    Raises:
        BadInput: A layer does not exist, is named twice, or none would remain.
    """

    def __init__(self, layers: int, removed: Iterable[int]) -> None:
        named = tuple(removed)
        self.layers = layers
        self.removed: RemovalSet = tuple(sorted(set(named)))
        if len(self.removed) != len(named):
            raise BadInput(worded("The layers to remove, {0}, name a layer twice; name each one once.", list(named)))
        outside = [layer for layer in self.removed if not 0 <= layer < layers]
        if outside:
            raise BadInput(
                worded("There is no layer {0} to remove: the model's layers are 0 to {1}.", outside[0], layers - 1)
            )
        if len(self.removed) == layers:
            raise BadInput(worded("All {0} layers would be removed; keep at least one.", layers))

    @cached_property
    def kept(self) -> tuple[int, ...]:
        """Return the old numbers of the remaining layers, in order."""
        return tuple(layer for layer in range(self.layers) if layer not in self._removed_set)

    @cached_property
    def new_number(self) -> dict[int, int]:
        """Return old number -> new number of each remaining layer."""
        return {old: new for new, old in enumerate(self.kept)}

    @cached_property
    def _removed_set(self) -> frozenset[int]:
        return frozenset(self.removed)

    def take(self, per_layer: Sequence[T]) -> list[T]:
        """Return the entries of the remaining layers."""
        return [per_layer[layer] for layer in self.kept]

    def removed_before(self, layer: int) -> int:
        """Return how many of the removed layers precede ``layer``."""
        return sum(1 for old in self.removed if old < layer)
