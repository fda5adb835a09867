"""Count what a search has cost so far."""

from engine.api.events import IterationFinished
from engine.pipeline.workspace import Workspace


class Counters:
    """Counts evaluations, remembered candidates and layer applications of a search over all sessions of the run.

    A resumed search replays its iterations; their candidates are remembered and not counted again.

    Args:
        workspace: The run.
        journalled: The iterations of earlier sessions, by number.
        replayed_from: The first iteration that is replayed from now on.
    """

    def __init__(self, workspace: Workspace, journalled: dict[int, IterationFinished], replayed_from: int = 0) -> None:
        last = journalled[max(journalled)] if journalled else None
        self._items = workspace.scorer.levels[-1]
        self._before = (last.evaluations, last.remembered, self._layer_items(last)) if last else (0, 0, 0)
        self._replayed = sum(len(event.candidates) for number, event in journalled.items() if number >= replayed_from)
        self._evaluator = workspace.scorer
        self._start = self._measured()

    def now(self) -> tuple[int, int, int]:
        """Return the current (evaluations, remembered candidates, layer applications)."""
        evaluations, remembered, layer_items = self._sums()
        return evaluations, max(remembered - self._replayed, 0), round(layer_items / self._items)

    @property
    def layer_items(self) -> int:
        """The current number of layer applications, counted once for each item."""
        return self._sums()[2]

    def _sums(self) -> tuple[int, int, int]:
        gained = [now - start for now, start in zip(self._measured(), self._start, strict=True)]
        evaluations, remembered, items = (before + gain for before, gain in zip(self._before, gained, strict=True))
        return evaluations, remembered, items

    def _measured(self) -> tuple[int, int, int]:
        return self._evaluator.evaluations, self._evaluator.remembered, self._evaluator.layer_items

    def _layer_items(self, event: IterationFinished) -> int:
        return event.layer_applications * self._items if event.layer_items is None else event.layer_items
