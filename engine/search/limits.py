"""End a search before its last iteration: it stops improving, or its time or tokens are used up."""

from dataclasses import dataclass

from engine.api.message import NO_WORDS, Message, worded
from engine.api.settings import SearchSettings
from engine.search.searcher import Leader


@dataclass(frozen=True)
class SearchProgress:
    """The best set and the cost of a search after an iteration."""

    iteration: int
    best: Leader | None
    """None while no candidate with k layers has been scored on all text."""
    layer_applications: float
    seconds: float


class SearchLimits:
    """Checks the limits of a search after every iteration.

    Args:
        settings: ``patience``, ``max_minutes`` and ``max_tokens``.
        tokens_per_application: Number of tokens of a whole forward pass that one layer application amounts to.
    """

    def __init__(self, settings: SearchSettings, tokens_per_application: float) -> None:
        self._settings = settings
        self._tokens_per_application = tokens_per_application
        self._best: Leader | None = None
        self._improved_at = 0
        self._applications = 0.0

    def reached(self, progress: SearchProgress) -> Message:
        """Return why the search ends now, as a sentence; empty if it goes on."""
        settings = self._settings
        if progress.best != self._best:
            self._best, self._improved_at = progress.best, progress.iteration
        idle = progress.iteration - self._improved_at
        # The first iteration includes the cost of the starting sets, which is paid once.
        ahead = progress.layer_applications - self._applications if progress.iteration else 0.0
        self._applications = progress.layer_applications
        if settings.patience and self._best is not None and idle >= settings.patience:
            return worded("The search ends early: no better set was found in {0} iterations.", idle)
        if progress.best is None:
            return NO_WORDS
        if settings.max_minutes is not None and progress.seconds >= 60.0 * settings.max_minutes:
            return worded("The search ends early: it has used its {0:g} minutes.", settings.max_minutes)
        tokens = progress.layer_applications * self._tokens_per_application
        after_next = tokens + ahead * self._tokens_per_application
        if settings.max_tokens is not None and (tokens >= settings.max_tokens or after_next > settings.max_tokens):
            return worded(
                "The search ends early: another iteration would exceed its {0:,.0f} tokens.", settings.max_tokens
            )
        return NO_WORDS
