"""How the best removal sets of a search change places after their fold."""

from dataclasses import dataclass

from engine.api.compensation_events import CandidateCompensated
from engine.api.run_state import RunState
from engine.results.figures import Translate, format_layers, format_number, typeset, untranslated

HEADINGS = ("Place before", "Fitness before", "Place after", "Fitness after")
ANOTHER_BEST = "{0} sets folded: the best after the fold was number {1} before (rank correlation {2})"
SAME_BEST = "{0} sets folded: the best before is the best after (rank correlation {1})"


@dataclass(frozen=True)
class FoldedSet:
    """A removal set with its places, counted from 1."""

    event: CandidateCompensated
    before: int
    after: int

    def words(self) -> tuple[str, list[str]]:
        """Return the set, and the text of each cell in the order of ``HEADINGS``."""
        event = self.event
        cells = [str(self.before), format_number(event.fitness, 4)]
        cells += [str(self.after), format_number(event.compensated_fitness, 4)]
        return format_layers(event.removed), cells


def folded_sets(state: RunState) -> list[FoldedSet]:
    """Return the sets of the search's answer's size that were folded, best after the fold first."""
    answer = state.search
    every = state.compensated_candidates.values()
    found = [event for event in every if answer is None or len(event.removed) == len(answer.removed)]
    before = {event.removed: place for place, event in enumerate(sorted(found, key=_before), start=1)}
    ordered = sorted(found, key=lambda event: (event.compensated_fitness, *_before(event)))
    return [FoldedSet(event, before[event.removed], place) for place, event in enumerate(ordered, start=1)]


def rank_correlation(sets: list[FoldedSet]) -> float | None:
    """Return Spearman's rank correlation of both orders, 1 where they are equal; None for fewer than two sets.

    Spearman 1904, https://doi.org/10.2307/1412159.
    """
    count = len(sets)
    if count < 2:
        return None
    squares = sum((each.before - each.after) ** 2 for each in sets)
    return 1.0 - 6.0 * squares / (count * (count**2 - 1))


def folded_sets_line(state: RunState, translate: Translate = untranslated) -> str:
    """Return a sentence on how far the fold changes the order; empty where no sets were folded."""
    sets = folded_sets(state)
    correlation = rank_correlation(sets)
    if correlation is None:
        return ""
    place, figure = sets[0].before, typeset(f"{correlation:.2f}", translate)
    if place == 1:
        return translate(SAME_BEST).format(len(sets), figure)
    return translate(ANOTHER_BEST).format(len(sets), place, figure)


def _before(event: CandidateCompensated) -> tuple[float, tuple[int, ...]]:
    return event.fitness, event.removed
