"""What a search has cost so far."""

from engine.api.events import IterationFinished
from engine.pipeline.workspace import Workspace


class Counters:
    """Evaluations, remembered candidates and layer applications of the search, over all sessions of the run.

    What a resumed search goes through again is remembered, and was counted when it was measured.
    """

    def __init__(self, workspace: Workspace, told: dict[int, IterationFinished], replayed_from: int = 0) -> None:
        """``told`` are the iterations of earlier sessions; those from ``replayed_from`` on are gone through again."""
        last = told[max(told)] if told else None
        self._before = (last.evaluations, last.remembered, last.layer_applications) if last else (0, 0, 0)
        self._replayed = sum(len(event.candidates) for number, event in told.items() if number >= replayed_from)
        self._evaluator = workspace.scorer
        self._start = self._measured()

    def now(self) -> tuple[int, int, int]:
        """(evaluations, remembered, layer applications) so far."""
        gained = [now - start for now, start in zip(self._measured(), self._start, strict=True)]
        evaluations, remembered, applications = (
            before + gain for before, gain in zip(self._before, gained, strict=True)
        )
        return evaluations, max(remembered - self._replayed, 0), applications

    def _measured(self) -> tuple[int, int, int]:
        evaluator = self._evaluator
        return evaluator.evaluations, evaluator.remembered, evaluator.layer_applications
