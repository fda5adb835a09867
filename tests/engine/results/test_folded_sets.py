"""The order of removal sets before and after their fold."""

import pytest

from engine.api.events import CandidateCompensated
from engine.api.run_state import RunState
from engine.results.folded_sets import folded_sets, folded_sets_line, rank_correlation


def state_with(*fitness: tuple[float, float]) -> RunState:
    """A run whose i-th set is layer i alone, with its fitness before and after."""
    return RunState.replay(
        CandidateCompensated(removed=(layer,), fitness=before, compensated_fitness=after)
        for layer, (before, after) in enumerate(fitness)
    )


def test_sets_are_listed_by_their_fitness_after_the_fold_with_both_places() -> None:
    found = folded_sets(state_with((0.1, 0.09), (0.2, 0.05), (0.3, 0.2)))
    assert [(each.event.removed, each.before, each.after) for each in found] == [
        ((1,), 2, 1),
        ((0,), 1, 2),
        ((2,), 3, 3),
    ]
    assert found[0].words() == ("1", ["2", "0.2000", "1", "0.05000"])


@pytest.mark.parametrize(
    ("fitness", "expected"),
    [
        (((1, 1), (2, 2), (3, 3)), 1.0),
        (((1, 3), (2, 2), (3, 1)), -1.0),
        (((1, 2), (2, 1), (3, 3)), 0.5),
    ],
)
def test_the_correlation_is_spearmans(fitness: tuple[tuple[float, float], ...], expected: float) -> None:
    assert rank_correlation(folded_sets(state_with(*fitness))) == pytest.approx(expected)


def test_the_sentence_names_the_place_before() -> None:
    line = folded_sets_line(state_with((0.1, 0.09), (0.2, 0.05)))
    assert line == "2 sets folded: the best after the fold was number 2 before (rank correlation −1.00)"
    same = folded_sets_line(state_with((0.1, 0.05), (0.2, 0.09)))
    assert same == "2 sets folded: the best before is the best after (rank correlation 1.00)"
    assert folded_sets_line(state_with((0.1, 0.05))) == ""
