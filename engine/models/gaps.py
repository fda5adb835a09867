"""The gaps that a removal set leaves in the decoder stack."""

from collections.abc import Collection
from dataclasses import dataclass

from engine.api.events import RemovalSet
from engine.api.message import worded
from engine.models.removal import Removal


@dataclass(frozen=True)
class Gap:
    """Removed layers that follow each other, in dense numbering."""

    first: int
    """The lowest removed layer."""
    behind: int
    """The layer behind the gap; the number of layers where nothing follows."""

    @property
    def below(self) -> int:
        """The last kept layer before the gap; -1 where the gap begins the stack."""
        return self.first - 1

    @property
    def words(self) -> str:
        """The removed layers, for people."""
        last = self.behind - 1
        if last == self.first:
            return worded("layer {0}", self.first)
        return worded("layers {0} to {1}", self.first, last)


def gaps_of(layers: int, removed: RemovalSet) -> tuple[Gap, ...]:
    """Return the gaps from below.

    Args:
        layers: Number of layers of the dense model.
        removed: The removed layers.
    """
    kept = set(Removal(layers, removed).kept)
    firsts = [layer for layer in removed if layer == 0 or layer - 1 in kept]
    return tuple(Gap(first, next((at for at in range(first, layers) if at in kept), layers)) for first in firsts)


def layers_beside(layers: int, removed: RemovalSet, behind: int, unused: Collection[int] = ()) -> dict[int, int]:
    """Return the layers beside the gaps from below, each with the layer that follows it in the pruned model.

    Those are the layer before each gap and the first ones behind it. The number of layers stands for the end of the
    stack.

    Args:
        layers: Number of layers of the dense model.
        removed: The removed layers.
        behind: Number of layers behind each gap.
        unused: Layers that the model does not apply to text.
    """
    used = [layer for layer in Removal(layers, removed).kept if layer not in unused]
    following = dict(zip(used, [*used[1:], layers], strict=True))
    beside: set[int] = set()
    for gap in gaps_of(layers, removed):
        beside.update([layer for layer in used if layer < gap.first][-1:])
        beside.update([layer for layer in used if layer >= gap.behind][:behind])
    return {layer: following[layer] for layer in sorted(beside)}
