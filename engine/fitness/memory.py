"""Remember every score, so that each candidate is measured once across the runs of a project."""

import math
from collections.abc import Collection, Iterable

import msgspec

from engine.api.events import CandidatesScored, Emit, Event, RemovalSet


class Score(msgspec.Struct, frozen=True):
    """The effect of a removal set on the model, measured on the calibration set; unmeasured figures are NaN."""

    kl: float
    """KL(dense || candidate) of the predictions, in nats per token; lower is better."""
    nll: float
    """Mean negative log-likelihood of the text, in nats per token; its exponential is the perplexity."""
    accuracy: float = math.nan
    """Share of a task's questions that is answered correctly."""

    @staticmethod
    def of_answers(accuracy: float) -> "Score":
        """Return a score on questions, which have no text to compute KL and likelihood on."""
        return Score(math.nan, math.nan, accuracy)

    def __add__(self, other: "Score") -> "Score":
        return Score(self.kl + other.kl, self.nll + other.nll, self.accuracy + other.accuracy)

    def __mul__(self, factor: float) -> "Score":
        return Score(self.kl * factor, self.nll * factor, self.accuracy * factor)


class ScoreMemory:
    """Scores of one model on one calibration set, by removal set and level.

    Args:
        model: Name of the model in the journal.
        calibration: Name of the calibration set in the journal.
        emit: Receives new scores as events.
    """

    def __init__(self, model: str, calibration: str, emit: Emit) -> None:
        self._model = model
        self._calibration = calibration
        self._emit = emit
        self._scores: dict[tuple[RemovalSet, int], Score] = {}

    def __len__(self) -> int:
        return len(self._scores)

    @property
    def calibration(self) -> str:
        """Name of the calibration set in the journal."""
        return self._calibration

    def learn(self, events: Iterable[Event]) -> None:
        """Add the scores of a journal that belong to this model and this calibration set."""
        for event in events:
            if not isinstance(event, CandidatesScored):
                continue
            if (event.model, event.calibration) == (self._model, self._calibration):
                self._add(event)

    def knowing_only(self, sets: Collection[RemovalSet]) -> "ScoreMemory":
        """Return a separate memory with the known scores of these removal sets; it does not emit new ones."""
        memory = ScoreMemory(self._model, self._calibration, lambda _event: None)
        memory._scores = {key: score for key, score in self._scores.items() if key[0] in sets}
        return memory

    def get(self, removed: RemovalSet, level: int) -> Score | None:
        """Return the score of a removal set at a level, or None when it is unknown."""
        return self._scores.get((removed, level))

    def remember(self, level: int, scores: dict[RemovalSet, Score]) -> None:
        """Add new scores and emit them."""
        if not scores:
            return
        event = CandidatesScored(
            model=self._model,
            calibration=self._calibration,
            level=level,
            removed=tuple(scores),
            kl=tuple(score.kl for score in scores.values()),
            nll=tuple(score.nll for score in scores.values()),
            accuracy=tuple(score.accuracy for score in scores.values() if not math.isnan(score.accuracy)),
        )
        self._add(event)
        self._emit(event)

    def _add(self, event: CandidatesScored) -> None:
        measured = zip(event.kl, event.nll, *([event.accuracy] if event.accuracy else []), strict=True)
        for removed, values in zip(event.removed, measured, strict=True):
            self._scores[tuple(removed), event.level] = Score(*values)
