"""When a search ends before its last iteration: nothing improves, or its time or its tokens are used up."""

from dataclasses import dataclass

from engine.api.settings import SearchSettings
from engine.search.searcher import Leader


@dataclass(frozen=True)
class Standing:
    """How a search stands after an iteration."""

    iteration: int
    best: Leader | None
    """None while no candidate of the asked size has been scored."""
    layer_applications: float
    seconds: float


class SearchLimits:
    """Looks at every iteration and says when enough is enough.

    Args:
        settings: patience, minutes and tokens.
        tokens_per_application: tokens of a whole forward pass that one layer application stands for.
    """

    def __init__(self, settings: SearchSettings, tokens_per_application: float) -> None:
        self._settings = settings
        self._tokens_per_application = tokens_per_application
        self._best: Leader | None = None
        self._improved_at = 0
        self._applications = 0.0

    def reached(self, standing: Standing) -> str:
        """Why the search ends here, in a sentence; empty to go on."""
        settings = self._settings
        if standing.best != self._best:
            self._best, self._improved_at = standing.best, standing.iteration
        idle = standing.iteration - self._improved_at
        # The first iteration's price holds that of the start, which is paid once.
        ahead = standing.layer_applications - self._applications if standing.iteration else 0.0
        self._applications = standing.layer_applications
        if settings.patience and self._best is not None and idle >= settings.patience:
            return f"The search ends early: {idle} iterations brought no better set."
        if standing.best is None:
            return ""
        if settings.max_minutes is not None and standing.seconds >= 60.0 * settings.max_minutes:
            return f"The search ends here: its {settings.max_minutes:g} minutes are over."
        tokens = standing.layer_applications * self._tokens_per_application
        after_next = tokens + ahead * self._tokens_per_application
        if settings.max_tokens is not None and (tokens >= settings.max_tokens or after_next > settings.max_tokens):
            return (
                f"The search ends here: another iteration would take it beyond its {settings.max_tokens:,.0f} tokens."
            )
        return ""
