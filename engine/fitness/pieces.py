"""Cut the scoring of a population into pieces that give the same numbers wherever each of them is computed.

A piece is a batch and some of the candidates to walk on it, and is always walked for itself: how many candidates pass a
layer at once, which may round the last bit of a score, depends on nothing outside it. So several devices share the
pieces, and their scores, added in the order of the pieces, are those of one device to the last bit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from engine.api.events import RemovalSet
from engine.fitness.batches import TrieBatch
from engine.fitness.memory import Score
from engine.models.device_sizes import piece_tokens


@dataclass(frozen=True)
class Cut:
    """How a calibration set is cut into batches, and what is computed at once; the same on every device."""

    bounds: tuple[tuple[int, int], ...]
    """First and last (excluded) item of each batch."""
    dense_bytes: int
    """Limit for the dense states of one item."""
    joining: bool = True
    """Whether a layer may be applied to several candidates at once."""

    @classmethod
    def at_levels(cls, levels: Sequence[int], items: int, dense_bytes: int, joining: bool) -> "Cut":
        """Return batches of at most ``items`` items that never straddle a level."""
        starts = ((start, stop) for start, stop in zip((0, *levels), levels, strict=False))
        bounds = tuple(
            (first, min(first + items, stop)) for start, stop in starts for first in range(start, stop, items)
        )
        return cls(bounds, dense_bytes, joining)


@dataclass(frozen=True)
class Piece:
    """Some candidates on one batch."""

    batch: int
    """Number of the batch."""
    candidates: tuple[RemovalSet, ...]
    cost: int
    """Layers to apply to each item if the candidates shared nothing, times the items; orders and divides pieces."""
    state_bytes: int
    """Bytes of all candidates' hidden states."""


@dataclass(frozen=True)
class Walked:
    """What the walk of a piece comes to."""

    scores: tuple[Score, ...]
    """Summed, not averaged, score of each candidate."""
    layer_items: int
    """Number of layers applied, each counted once for each item."""
    layer_tokens: int
    """Number of layers applied, each counted once for each token."""


def pieces_of(number: int, batch: TrieBatch, candidates: Sequence[RemovalSet], room: int) -> Iterator[Piece]:
    """Cut the candidates of a batch into pieces: subtrees of the trie, by the first removed layer.

    Such subtrees share nothing but the dense model's own states, which are known. Subtrees of few candidates stay
    together, so that a device has enough to do at once.

    Args:
        number: Number of the batch.
        batch: The batch.
        candidates: Sorted removal sets.
        room: Bytes of states that may be open at a time.
    """
    layers = len(batch.stack)
    most = max(1, room // batch.state_bytes)
    least = min(most, max(1, piece_tokens(batch.stack.device, batch.state_bytes // batch.tokens) // batch.tokens))
    taken: list[RemovalSet] = []
    for _, group in groupby(candidates, key=lambda removed: removed[:1]):
        taken += group
        while len(taken) >= least:
            yield _piece(number, batch, taken[:most], layers)
            taken = taken[most:]
    if taken:
        yield _piece(number, batch, taken, layers)


def _piece(number: int, batch: TrieBatch, candidates: Sequence[RemovalSet], layers: int) -> Piece:
    kept = sum(layers - (removed[0] if removed else layers) for removed in candidates)
    return Piece(number, tuple(candidates), kept * batch.items, len(candidates) * batch.state_bytes)
