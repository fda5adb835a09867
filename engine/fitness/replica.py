"""The batches of a calibration set on one device, and the walks of removal sets on them."""

from collections.abc import Callable, Iterable, Sequence

from engine.fitness.batches import TrieBatch, walk_batches
from engine.fitness.calibration_set import BRANCH_SHARE, CalibrationSet
from engine.fitness.dense_walk import fitting_groups, walk_together
from engine.fitness.pieces import Cut, Piece, Walked


class Replica:
    """Walks pieces on one device; builds each batch, and runs the dense model on it, when it is first needed.

    Args:
        calibration: The items that candidates are scored on.
        states_bytes: Memory limit for hidden states.
        check: Called between layer applications; may raise to stop.
    """

    def __init__(
        self, calibration: CalibrationSet, states_bytes: int, check: Callable[[], None] = lambda: None
    ) -> None:
        self.calibration = calibration
        """The items."""
        self._check = check
        stack = calibration.stack
        self._branches = stack.parking(int(BRANCH_SHARE * states_bytes))
        self._dense = stack.parking(int((1.0 - BRANCH_SHARE) * states_bytes), kept=True)
        self._cut: Cut | None = None
        self._batches: dict[int, TrieBatch] = {}

    @property
    def room(self) -> int:
        """Bytes of candidates' states that may be open at a time."""
        return self._branches.room

    @property
    def dense_bytes(self) -> int:
        """Limit for the dense states of one item."""
        return int(self._dense.room / len(self.calibration))

    def batches(self, cut: Cut, numbers: Iterable[int]) -> list[TrieBatch]:
        """Return batches by their numbers; those of another cut are dropped.

        Raises:
            torch.OutOfMemoryError: The device runs out of memory.
        """
        if self._cut is None or cut.bounds != self._cut.bounds or cut.dense_bytes != self._cut.dense_bytes:
            self.drop()
        elif self._cut.joining and not cut.joining:
            self.stop_joining()
        self._cut = cut
        wanted = list(numbers)
        new = {number: self._entered(cut, number) for number in wanted if number not in self._batches}
        walk_together(self.calibration.stack, list(new.values()), self._check)
        self._batches |= new
        return [self._batches[number] for number in wanted]

    def stop_joining(self) -> None:
        """Apply layers to one candidate at a time from now on."""
        for batch in self._batches.values():
            batch.joining = False

    def drop(self) -> None:
        """Drop all batches."""
        self._cut, self._batches = None, {}

    def walk(self, cut: Cut, pieces: Sequence[Piece]) -> list[Walked]:
        """Walk pieces and return what each comes to, in their order.

        A model in memory is walked piece by piece, since that needs the least memory; one whose layers are read from
        elsewhere with as many pieces as fit, so that it is read as rarely as possible.

        Raises:
            torch.OutOfMemoryError: The device runs out of memory.
        """
        stack = self.calibration.stack
        found: list[Walked] = []
        self.batches(cut, dict.fromkeys(piece.batch for piece in pieces))
        for together in fitting_groups(pieces, lambda piece: piece.state_bytes, self.room if stack.streamed else 0):
            found += self._walked(together)
        return found

    def _walked(self, pieces: Sequence[Piece]) -> Iterable[Walked]:
        batches = [self._batches[piece.batch] for piece in pieces]
        walks = [batch.walk(piece.candidates) for batch, piece in zip(batches, pieces, strict=True)]
        walk_batches(self.calibration.stack, walks, self._check)
        for batch, walk, piece in zip(batches, walks, pieces, strict=True):
            scores = batch.scores(walk)
            figures = tuple(scores[removed] for removed in piece.candidates)
            yield Walked(figures, walk.applications * batch.items, walk.applications * batch.tokens)

    def _entered(self, cut: Cut, number: int) -> TrieBatch:
        self._check()
        start, stop = cut.bounds[number]
        batch = self.calibration.batch(start, stop, cut.dense_bytes * (stop - start), self._dense)
        batch.joining, batch.branches = cut.joining, self._branches
        return batch
