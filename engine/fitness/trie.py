"""Walk a population of removal sets as a trie over the decoder layers, sharing common prefixes.

The hidden state after layer i depends only on which of the layers up to i are kept. Candidates that agree on a prefix
therefore share its computation, and each distinct prefix is computed once. The walk is breadth first: a layer is
applied to all prefixes that keep it before the next one is, so that a layer whose weights are fetched from elsewhere is
fetched once, and prefixes can be joined into one batch.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from engine.api.events import RemovalSet

S = TypeVar("S")


class TrieWalk(Generic[S]):
    """A walk of a population, one layer at a time; it holds one state for each distinct prefix.

    Args:
        population: Sorted removal sets; duplicates are walked once.
        layers: Number of decoder layers of the dense model.
        dense: States of the dense model before some layers, at least before layer 0; the number of layers stands for
            the state after the last one. A candidate starts at its first removed layer, and states that are missing
            there are computed from the nearest one below.
        apply: Returns the states after applying a layer to several states.
    """

    def __init__(
        self,
        population: Iterable[RemovalSet],
        layers: int,
        dense: Mapping[int, S],
        apply: Callable[[int, list[S]], list[S]],
    ) -> None:
        self._layers, self._dense, self._apply = layers, dense, apply
        self.applications = 0
        """Number of layers applied so far."""
        self._entering: dict[int, list[RemovalSet]] = defaultdict(list)
        for removed in sorted(set(population)):
            self._entering[removed[0] if removed else layers].append(removed)
        self._dense_layers = {
            layer for first in self._entering for layer in range(max(known for known in dense if known <= first), first)
        }
        """Layers to apply to the dense model's own state."""
        self._trunk: S | None = None
        self._open: dict[RemovalSet, tuple[S, list[RemovalSet]]] = {}
        """By the layers removed so far: the state, and the candidates that share it."""

    def applies(self, layer: int) -> bool:
        """Return whether any state passes through ``layer``."""
        return layer in self._dense_layers or any(
            layer not in removed for _, group in self._open.values() for removed in group
        )

    def advance(self, layer: int) -> None:
        """Take all states past ``layer``; call it for each layer in ascending order."""
        trunk = self._trunk_at(layer)
        keeping, removing = self._split(layer)
        states = [state for _, state, _ in keeping]
        if layer in self._dense_layers:
            assert trunk is not None
            states.append(trunk)
        self._open = {(*prefix, layer): (state, group) for prefix, state, group in removing}
        if entering := self._entering.get(layer):
            assert trunk is not None
            self._open[(layer,)] = trunk, entering
        del removing, trunk
        self.applications += len(states)
        after = self._apply(layer, states) if states else []
        self._trunk = after.pop() if layer in self._dense_layers else None
        self._open |= {prefix: (state, group) for (prefix, _, group), state in zip(keeping, after, strict=True)}

    def ends(self) -> Iterator[tuple[RemovalSet, S]]:
        """Yield every distinct removal set with the state after its last kept layer."""
        if self._entering.get(self._layers):
            trunk = self._trunk_at(self._layers)
            assert trunk is not None
            yield (), trunk
        for removed, (state, _) in self._open.items():
            yield removed, state

    def _trunk_at(self, layer: int) -> S | None:
        return self._dense.get(layer, self._trunk)

    def _split(self, layer: int) -> tuple[list["_Branch[S]"], list["_Branch[S]"]]:
        """Split the candidates of each prefix into those that keep the layer and those that do not."""
        keeping: list[_Branch[S]] = []
        removing: list[_Branch[S]] = []
        for prefix, (state, group) in self._open.items():
            without = [removed for removed in group if layer in removed]
            if without:
                removing.append((prefix, state, without))
            if len(without) < len(group):
                keeping.append((prefix, state, [removed for removed in group if layer not in removed]))
        return keeping, removing


_Branch = tuple[RemovalSet, S, list[RemovalSet]]
