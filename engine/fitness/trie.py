"""Walk a population of removal sets as a trie over the decoder layers, sharing common prefixes.

The hidden state after layer i depends only on which of the layers up to i are kept. Candidates that agree on a prefix
therefore share its computation, and each distinct prefix is computed once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from engine.api.events import RemovalSet

S = TypeVar("S")


def walk(
    population: Iterable[RemovalSet],
    layers: int,
    dense: Callable[[int], S],
    apply: Callable[[int, S], S],
) -> Iterator[tuple[RemovalSet, S]]:
    """Yield every distinct removal set with the state after its last kept layer.

    The walk is depth first, so it holds only one state per open branch, at most ``layers`` of them.

    Args:
        population: Sorted removal sets; duplicates are walked once.
        layers: Number of decoder layers of the dense model.
        dense: Returns the dense model's state before layer i.
        apply: Returns the state after applying layer i to a state.
    """
    by_first_removal: dict[int, set[RemovalSet]] = defaultdict(set)
    for removed in population:
        by_first_removal[removed[0] if removed else layers].add(removed)
    for first in sorted(by_first_removal):
        group = sorted(by_first_removal[first])
        if first == layers:
            yield (), dense(layers)
        else:
            yield from _walk_below(group, first, layers, dense(first), apply)


def _walk_below(
    group: list[RemovalSet], layer: int, layers: int, state: S, apply: Callable[[int, S], S]
) -> Iterator[tuple[RemovalSet, S]]:
    branches = [(layer, state, group)]
    while branches:
        layer, state, group = branches.pop()
        while layer < layers:
            keeping = [removed for removed in group if layer not in removed]
            if keeping and len(keeping) < len(group):
                branches.append((layer + 1, state, [removed for removed in group if layer in removed]))
                group = keeping
            if keeping:
                state = apply(layer, state)
            layer += 1
        yield group[0], state
