"""The best sets of a search are compared after their fold, also where it ends early."""

import math
from collections.abc import Callable
from itertools import chain, repeat
from pathlib import Path
from typing import NoReturn

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.api.commands import RunProject
from engine.api.events import GapFolded, MessageLogged, RemovalSet
from engine.compensation.fold import Fold
from engine.pipeline.stages.search_folded import _chosen
from tests.engine.pipeline.cases import Watch, run, small_project, state_of

pytestmark = pytest.mark.usefixtures("shared_texts")


def test_where_folding_the_best_sets_does_not_fit_the_search_keeps_its_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._measured", out_of_memory)
    project = small_project(tmp_path)
    watch = run(project, until="compensate")
    assert state_of(project).search is not None
    assert any("the search's own answer stays" in event.message for event in watch.of(MessageLogged))
    assert watch.of(GapFolded)


def test_numbers_of_layers_are_compared_after_the_fold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the fold, one layer less costs least; after it, two."""
    weights = {"search__weights__quality": 1.0, "search__weights__size": 0.0, "search__weights__time": 0.0}
    project = small_project(tmp_path, search__least_layers=1, **weights)
    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._score", score_by_number({1: 0.2, 2: 0.001}))
    run(project, until="search")
    found = state_of(project).search
    assert found is not None
    assert len(found.removed) == 2
    (only,) = found.front  # a smaller model that is better after the fold too leaves no other on the front
    assert (only.removed, only.compensated_fitness, only.cost) == (found.removed, 0.001, 0.001)
    assert only.fitness == found.fitness > 0.001


def test_a_number_with_a_single_set_is_folded_where_another_number_competes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._score", score_by_number({4: 0.1, 5: 0.2}))
    project = small_project(tmp_path, budget__layers=5, search__least_layers=4)
    run(project, until="search")
    found = state_of(project).search
    assert found is not None
    assert {len(removed) for removed in state_of(project).compensated_candidates} == {4, 5}
    assert [point.compensated_fitness for point in found.front] == [0.1, 0.2]


def test_numbers_are_compared_before_the_fold_where_not_all_could_be_folded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def measured(_self: object, removed: RemovalSet, _rows: int) -> float:
        return 1e-9 if len(removed) == 1 else out_of_memory()

    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._measured", measured)
    project = small_project(tmp_path, search__least_layers=1)
    run(project, until="search")
    found = state_of(project).search
    assert found is not None
    assert [point.compensated_fitness for point in found.front] == [None] * len(found.front)
    assert [len(point.removed) for point in found.front] == [1, 2]


@pytest.mark.parametrize("ending", ["keep_best", "out of memory"])
def test_sets_folded_before_an_early_end_are_chosen_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """The second set is better after the fold than the search's own answer, and the third is never folded."""
    folded: list[RemovalSet] = []

    def measured(_self: object, removed: RemovalSet, _rows: int) -> float:
        if ending == "out of memory" and len(folded) == 2:
            out_of_memory()
        folded.append(removed)
        return 1e-3 / len(folded)

    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._measured", measured)
    project = small_project(tmp_path)
    watch = Watch("keep_best", lambda _event: ending == "keep_best" and len(folded) == 2)
    code = watch.do(RunProject(project=str(project.folder), until="search"))
    assert code == (130 if ending == "keep_best" else 0)
    assert len(folded) == 2
    found = state_of(project).search
    assert found is not None
    assert found.removed == folded[1]
    assert found.early == (ending == "keep_best")
    said = [event.message for event in watch.of(MessageLogged)]
    assert any("the best of those that were folded before (2)" in each for each in said) == (not found.early)


def test_blocks_are_folded_that_the_search_never_met(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._score", score_by_number({2: 0.1}))
    search = {"search__algorithm": "random", "search__population": 2, "search__iterations": 1}
    project = small_project(tmp_path, compensation__candidates=6, **search)
    run(project, until="search")
    state = state_of(project)
    met = {removed for iteration in state.iterations.values() for removed in iteration.candidates}
    folded = state.compensated_candidates.keys()
    blocks = {removed for removed in folded if removed[1] == removed[0] + 1}
    assert len(blocks - met) >= 1
    assert len(folded) <= 6


@given(st.dictionaries(st.frozensets(st.integers(0, 9), min_size=2, max_size=2), st.floats(0, 9)), st.integers(2, 12))
def test_the_best_sets_are_folded_and_a_third_are_blocks(found: dict[frozenset[int], float], count: int) -> None:
    known = {tuple(sorted(layers)): value for layers, value in found.items()}
    blocks = {removed for removed in known if removed[1] == removed[0] + 1}
    chosen = _chosen(known, blocks, count)
    assert len(chosen) == min(count, len(known))
    assert [known[each] for each in chosen] == sorted(known[each] for each in chosen)
    assert len(blocks.intersection(chosen)) >= min(count // 3, len(blocks))
    left = [known[each] for each in known.keys() - set(chosen)]
    worse = [known[each] for each in chosen if left and known[each] > min(left)]
    assert len(worse) <= count // 3


def test_a_fold_that_computes_nan_is_not_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    values = chain([math.nan, 0.2, 0.1], repeat(0.3))
    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._measured", lambda *_: next(values))
    project = small_project(tmp_path)
    run(project, until="search")
    state = state_of(project)
    assert state.search is not None
    assert state.compensated_candidates[state.search.removed].compensated_fitness == 0.1


def test_a_set_that_its_fold_makes_worse_counts_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compensation leaves out a fold that does not help, so the best set before the fold stays the answer."""
    worse = iter(range(1000, 0, -1))  # every further set is made less bad
    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._measured", lambda *_: float(next(worse)))
    project = small_project(tmp_path)
    run(project, until="search")
    state = state_of(project)
    assert state.search is not None
    folded = state.compensated_candidates.values()
    assert len(folded) > 1
    assert [event.compensated_fitness for event in folded] == [event.fitness for event in folded]
    assert state.search.fitness == min(event.fitness for event in folded)


def score_by_number(values: dict[int, float]) -> Callable[[object, Fold], float]:
    """Stand in for the score of a fold: a figure for each number of removed layers."""
    return lambda _self, fold: values[len(fold.removed)]


def out_of_memory(*_: object) -> NoReturn:
    """Stand in for a training that does not fit."""
    raise torch.OutOfMemoryError
