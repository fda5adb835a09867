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
        self._before = (last.evaluations, last.remembered, last.layer_applications) if last else (0, 0, 0)
        self._replayed = sum(len(event.candidates) for number, event in journalled.items() if number >= replayed_from)
        self._evaluator = workspace.scorer
        self._start = self._measured()

    def now(self) -> tuple[int, int, int]:
        """Return the current (evaluations, remembered candidates, layer applications)."""
        gained = [now - start for now, start in zip(self._measured(), self._start, strict=True)]
        evaluations, remembered, applications = (
            before + gain for before, gain in zip(self._before, gained, strict=True)
        )
        return evaluations, max(remembered - self._replayed, 0), applications

    def _measured(self) -> tuple[int, int, int]:
        evaluator = self._evaluator
        return evaluator.evaluations, evaluator.remembered, evaluator.layer_applications
