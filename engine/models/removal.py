"""The arithmetic of a removal set: which layers stay, and what their new numbers are."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TypeVar

from engine.api.errors import BadInput
from engine.api.events import RemovalSet

T = TypeVar("T")


class Removal:
    """Removing ``removed`` from a stack of ``layers`` decoder layers.

    Raises:
        BadInput: a layer does not exist, is named twice, or none would be left.
    """

    def __init__(self, layers: int, removed: Iterable[int]) -> None:
        named = tuple(removed)
        self.layers = layers
        self.removed: RemovalSet = tuple(sorted(set(named)))
        if len(self.removed) != len(named):
            raise BadInput(f"The layers to remove, {list(named)}, name a layer twice; name each one once.")
        outside = [layer for layer in self.removed if not 0 <= layer < layers]
        if outside:
            raise BadInput(f"There is no layer {outside[0]} to remove: the model's layers are 0 to {layers - 1}.")
        if len(self.removed) == layers:
            raise BadInput(f"All {layers} layers would be removed; keep at least one.")

    @cached_property
    def kept(self) -> tuple[int, ...]:
        """Old numbers of the layers that stay, in order."""
        return tuple(layer for layer in range(self.layers) if layer not in self._removed_set)

    @cached_property
    def new_number(self) -> dict[int, int]:
        """Old number -> new number of each layer that stays."""
        return {old: new for new, old in enumerate(self.kept)}

    @cached_property
    def _removed_set(self) -> frozenset[int]:
        return frozenset(self.removed)

    def take(self, per_layer: Sequence[T]) -> list[T]:
        """The entries of the layers that stay."""
        return [per_layer[layer] for layer in self.kept]

    def removed_before(self, layer: int) -> int:
        """How many of the removed layers come before ``layer``."""
        return sum(1 for old in self.removed if old < layer)
