"""The best known removal set of every size, from journals alone."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.events import CandidatesScored, RemovalSet, StageStarted
from engine.results.best_sets import ScoreBook


def scored(
    kl: dict[RemovalSet, float], level: int = 8, calibration: str = "texts", accuracy: bool = False
) -> CandidatesScored:
    values = tuple(kl.values())
    return CandidatesScored(
        model="model",
        calibration=calibration,
        level=level,
        removed=tuple(kl),
        kl=values,
        nll=tuple(value / 2 for value in values),
        accuracy=values if accuracy else (),
    )


def test_each_number_of_layers_has_its_best_set() -> None:
    events = [
        StageStarted(stage="search"),
        scored({(3,): 0.5, (4,): 0.2, (3, 4): 1.0}),
        scored({(4, 5): 0.9, (3, 4, 5): 2.0}),
    ]
    best = ScoreBook(events, "kl").best_of_each()
    assert [(each.removed, each.fitness) for each in best] == [((4,), 0.2), ((4, 5), 0.9), ((3, 4, 5), 2.0)]
    assert all(each.complete for each in best)


def test_what_was_seen_on_a_few_windows_only_never_beats_what_was_seen_on_all() -> None:
    book = ScoreBook([scored({(1, 2): 0.1, (1,): 0.1}, level=2), scored({(2, 3): 0.4, (1, 2): 0.6})], "kl")
    assert [each.removed for each in book.known(2)] == [(2, 3), (1, 2)]
    (single, _) = book.best_of_each()
    assert (single.removed, single.level, single.complete) == ((1,), 2, False)
    assert book.windows == 8


def test_scores_of_other_texts_or_of_another_model_do_not_mix() -> None:
    events = [scored({(1,): 0.1}, calibration="before"), scored({(2,): 0.3}), scored({(3,): 0.2})]
    assert [each.removed for each in ScoreBook(events, "kl").known(1)] == [(3,), (2,)]
    assert [each.removed for each in ScoreBook(events, "kl", "before").known(1)] == [(1,)]
    assert ScoreBook([], "kl").best_of_each() == []


@pytest.mark.parametrize(("objective", "fitness"), [("kl", 0.5), ("perplexity", math.exp(0.25)), ("task", 0.1)])
def test_the_objective_says_what_is_best(objective: str, fitness: float) -> None:
    events = [scored({(1,): 0.5, (2,): 0.7}), scored({(1,): 0.2, (2,): 0.9}, calibration="task", accuracy=True)]
    best = ScoreBook(events, objective).best_of_each()[0]
    assert best.fitness == pytest.approx(fitness)
    assert best.removed == ((2,) if objective == "task" else (1,))


def test_protected_layers_stay_and_no_number_is_the_worst() -> None:
    events = [scored({(0,): 0.1, (3,): math.nan, (4,): 0.4, (): 0.0})]
    assert [each.removed for each in ScoreBook(events, "kl", prunable=(3, 4)).known(1)] == [(4,), (3,)]


REMOVALS = st.sets(st.integers(0, 5), min_size=1, max_size=5).map(lambda layers: tuple(sorted(layers)))


@given(st.lists(st.tuples(st.sampled_from([2, 4, 8]), st.dictionaries(REMOVALS, st.floats(0, 9), min_size=1))))
def test_nothing_known_on_all_windows_is_better_than_the_best(
    journal: list[tuple[int, dict[RemovalSet, float]]],
) -> None:
    book = ScoreBook([scored(values, level=level) for level, values in journal], "kl")
    latest = {(removed, level): value for level, values in journal for removed, value in values.items()}
    for best in book.best_of_each():
        rivals = [
            value
            for (removed, level), value in latest.items()
            if len(removed) == len(best.removed) and level == book.windows
        ]
        assert best.complete == bool(rivals)
        assert not rivals or best.fitness == min(rivals)
