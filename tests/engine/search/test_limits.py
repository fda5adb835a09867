"""A search ends when nothing improves, or when its time or its tokens are used up, and says so."""

import pytest

from engine.api.events import RemovalSet
from engine.api.settings import SearchSettings
from engine.search.limits import SearchLimits, SearchProgress

A: RemovalSet = (1, 2)
B: RemovalSet = (2, 3)


def standings(*bests: tuple[RemovalSet, float] | None, seconds: float = 0.0) -> list[SearchProgress]:
    """One iteration after another, a minute and a hundred applications each."""
    return [SearchProgress(index, best, 100.0 * (index + 1), seconds * (index + 1)) for index, best in enumerate(bests)]


def ends_at(limits: SearchLimits, course: list[SearchProgress]) -> int | None:
    """The iteration at which the search ends, None for never."""
    return next((each.iteration for each in course if limits.reached(each)), None)


def test_without_limits_a_search_goes_on() -> None:
    assert ends_at(SearchLimits(SearchSettings(), 1.0), standings(*[(A, 1.0)] * 50, seconds=1e4)) is None


def test_patience_counts_iterations_without_a_better_set() -> None:
    limits = SearchLimits(SearchSettings(patience=2), 1.0)
    assert ends_at(limits, standings((A, 1.0), (A, 1.0), (B, 0.5), (B, 0.5), (B, 0.5), (B, 0.5))) == 4


def test_patience_waits_for_the_first_answer() -> None:
    limits = SearchLimits(SearchSettings(patience=2), 1.0)
    assert ends_at(limits, standings(None, None, None, None, (A, 1.0), (A, 1.0))) is None


@pytest.mark.parametrize(("tokens", "last"), [(900, 2), (899, 1), (1199, 2), (1200, 3)])
def test_a_search_ends_before_it_has_spent_more_tokens_than_it_may(tokens: int, last: int) -> None:
    limits = SearchLimits(SearchSettings(max_tokens=tokens), tokens_per_application=3.0)
    assert ends_at(limits, standings(*[(A, 1.0)] * 5)) == last


def test_the_price_of_the_start_is_not_expected_again() -> None:
    limits = SearchLimits(SearchSettings(max_tokens=1000), tokens_per_application=1.0)
    course = [
        SearchProgress(0, (A, 1.0), 700.0, 0.0),
        SearchProgress(1, (A, 1.0), 800.0, 0.0),
        SearchProgress(2, (A, 1.0), 950.0, 0.0),
    ]
    assert ends_at(limits, course) == 2


def test_time_is_over_when_the_minutes_are() -> None:
    limits = SearchLimits(SearchSettings(max_minutes=1.5), 1.0)
    assert ends_at(limits, standings(*[(A, 1.0)] * 5, seconds=30.0)) == 2


def test_a_search_without_an_answer_yet_goes_on_to_one() -> None:
    limits = SearchLimits(SearchSettings(max_minutes=1.0, max_tokens=10), 1.0)
    assert ends_at(limits, standings(None, None, (A, 1.0), seconds=600.0)) == 2
