"""Racing: cheap for all, dear for the promising, and never a worse answer than one that was fully seen."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.api.events import RemovalSet
from engine.api.settings import RacingSettings
from engine.fitness.levels import nested_levels
from engine.fitness.memory import Score
from engine.fitness.race import Race
from tests.engine.fitness.cases import evaluator_of, removal_sets, token_windows
from tests.engine.tiny_models import LAYERS, VOCABULARY, tiny_models


class _Table:
    """Scores that are made up, a different one at each level."""

    def __init__(self, levels: tuple[int, ...], values: dict[tuple[RemovalSet, int], float]) -> None:
        self.levels = levels
        self.asked: list[tuple[RemovalSet, int]] = []
        self._values = values

    def scores(self, population: Sequence[RemovalSet], level: int | None = None) -> list[Score]:
        """From the table, 1 where it has nothing."""
        level = level or self.levels[-1]
        self.asked += [(removed, level) for removed in population]
        return [Score(self._values.get((removed, level), 1.0), 0.0) for removed in population]


populations = st.lists(st.lists(removal_sets(LAYERS, 2), min_size=1, max_size=8), min_size=1, max_size=4)
levels = st.sampled_from([(8,), (2, 8), (1, 3, 8)])
values = st.dictionaries(
    st.tuples(removal_sets(LAYERS, 2), st.sampled_from([1, 2, 3, 8])),
    st.one_of(st.floats(0, 4), st.just(math.nan), st.just(math.inf)),
)


@given(populations, levels, values, st.floats(0.05, 1.0))
def test_the_champion_is_the_best_of_all_that_were_fully_scored(
    asked: list[list[RemovalSet]],
    nested: tuple[int, ...],
    table: dict[tuple[RemovalSet, int], float],
    share: float,
) -> None:
    scorer = _Table(nested, table)
    race = Race(scorer, share)
    for population in asked:
        race.run(population)
    fully_seen = {removed for removed, level in scorer.asked if level == 8}
    for size in {len(removed) for removed in fully_seen}:
        champion = race.champion(size)
        assert champion is not None
        of_size = [_fitness(table.get((removed, 8), 1.0)) for removed in fully_seen if len(removed) == size]
        assert champion[1] == min(of_size)


@given(populations, levels, values, st.floats(0.05, 1.0))
def test_what_a_race_answers_is_all_of_one_level(
    asked: list[list[RemovalSet]],
    nested: tuple[int, ...],
    table: dict[tuple[RemovalSet, int], float],
    share: float,
) -> None:
    race = Race(_Table(nested, table), share)
    for population in asked:
        expected = [_fitness(table.get((removed, nested[0]), 1.0)) for removed in population]
        assert race.run(population) == expected


def _fitness(value: float) -> float:
    return math.inf if math.isnan(value) else value


def test_only_the_promising_see_all_windows() -> None:
    population: list[RemovalSet] = [(layer,) for layer in range(8)]
    scorer = _Table((2, 8), {((layer,), 2): float(layer) for layer in range(8)})
    Race(scorer, 0.25).run(population)
    assert [removed for removed, level in scorer.asked if level == 8] == [(0,), (1,)]


def test_a_champion_of_the_cheap_level_alone_is_none() -> None:
    scorer = _Table((2, 8), {((0,), 2): 0.1, ((0,), 8): 3.0, ((1,), 2): 0.2, ((1,), 8): 2.0})
    race = Race(scorer, 1.0)
    race.run([(0,), (1,)])
    assert race.champion(1) == ((1,), 2.0)


def test_promotion_costs_only_the_windows_not_seen_yet() -> None:
    tokens = token_windows(6, 20, VOCABULARY)
    nested = evaluator_of(tiny_models()["llama"](), tokens, levels=(2, 6))
    at_once = evaluator_of(tiny_models()["llama"](), tokens, levels=(2, 6))
    population: list[RemovalSet] = [(1, 2), (1, 3), (2, 4)]
    before = nested.layer_applications
    nested.scores(population, 2)
    climbed = nested.scores(population)
    direct = at_once.scores(population)
    assert nested.layer_applications - before == at_once.layer_applications - before
    for one, other in zip(climbed, direct, strict=True):
        assert one.kl == pytest.approx(other.kl, rel=1e-9)
        assert one.nll == pytest.approx(other.nll, rel=1e-9)


@given(st.integers(1, 500), st.sampled_from([10**8, 10**10]), st.integers(1, 8), st.none() | st.floats(0.01, 1.0))
def test_levels_rise_to_all_windows(windows: int, parameters: int, count: int, share: float | None) -> None:
    found = nested_levels(windows, parameters, RacingSettings(levels=count, first_share=share))
    assert found[-1] == windows
    assert list(found) == sorted(set(found))
    assert 1 <= len(found) <= count
    assert found[0] >= 1


def test_a_large_model_begins_with_less() -> None:
    assert nested_levels(64, 10**8, RacingSettings(levels=2)) == (8, 64)
    assert nested_levels(64, 8 * 10**9, RacingSettings(levels=2)) == (4, 64)
    assert nested_levels(64, 10**8, RacingSettings(levels=3, first_share=1 / 16)) == (4, 16, 64)
