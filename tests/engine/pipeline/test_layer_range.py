"""Where fewer layers may go as well: every number is searched, and the weights choose among what is not beaten."""

import math
from pathlib import Path

import msgspec
import pytest

from engine.api.commands import RunProject
from engine.api.editing import with_values
from engine.api.events import IterationFinished
from engine.api.project import Project
from engine.api.run_state import RunState
from engine.models.sizes import measure_sizes
from tests.engine.pipeline.cases import Watch, run, small_project, state_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("shared_texts")]


def ranged(folder: Path, **values: object) -> Project:
    """A project that may remove one, two or three layers."""
    project = small_project(folder)
    changes = {name.replace("__", "."): value for name, value in values.items()}
    wide = {"budget.layers": 3, "search.least_layers": 1, "analysis.protect_first": 1, "analysis.protect_last": 1}
    project.save(with_values(project.settings, {**wide, **changes}))
    return project


def searched(project: Project) -> RunState:
    run(project, until="search")
    return state_of(project)


def test_every_number_of_layers_has_an_answer_unless_it_is_beaten(tmp_path: Path) -> None:
    state = searched(ranged(tmp_path))
    assert state.search is not None
    sizes = {len(point.removed) for point in state.search.front}
    assert 3 in sizes  # the smallest model cannot be beaten
    assert sizes <= {1, 2, 3}
    asked = {len(removed) for event in state.iterations.values() for removed in event.candidates}
    assert asked == {1, 2, 3}
    assert list(state.iterations) == list(range(len(state.iterations)))
    assert state.iterations[max(state.iterations)].iterations == len(state.iterations)


@pytest.mark.parametrize(("weights", "count"), [((0.0, 1.0, 0.0), 3), ((1e6, 1.0, 1.0), None)])
def test_the_weights_choose(tmp_path: Path, weights: tuple[float, float, float], count: int | None) -> None:
    quality, size, time = weights
    project = ranged(tmp_path, search__weights__quality=quality, search__weights__size=size, search__weights__time=time)
    found = searched(project).search
    assert found is not None
    assert found.removed == min(found.front, key=lambda point: point.cost).removed
    if count is None:
        assert found.fitness == min(point.fitness for point in found.front)
    else:
        assert len(found.removed) == count


def test_the_answer_of_a_number_is_that_of_its_own_search(tmp_path: Path) -> None:
    front = searched(ranged(tmp_path / "range", search__algorithm="greedy")).search
    alone = searched(ranged(tmp_path / "alone", search__algorithm="greedy", search__least_layers=3)).search
    assert front is not None
    assert alone is not None
    assert front.front[-1].removed == alone.removed


@pytest.mark.parametrize("stop_after", [1, 3, 5])
def test_a_stopped_search_goes_on_to_the_same_end(tmp_path: Path, stop_after: int) -> None:
    whole = searched(ranged(tmp_path / "whole"))
    project = ranged(tmp_path / "stopped")
    watch = Watch("pause", lambda event: isinstance(event, IterationFinished) and event.iteration == stop_after - 1)
    assert watch.do(RunProject(project=str(project.folder), until="search")) == 130
    again = searched(project)
    assert whole.search is not None
    assert again.search is not None
    # Times are measured anew; what was found and what it cost in layers is the same.
    assert [(point.removed, point.fitness) for point in again.search.front] == [
        (point.removed, point.fitness) for point in whole.search.front
    ]
    for one, other in zip(whole.iterations.values(), again.iterations.values(), strict=True):
        assert msgspec.structs.replace(one, seq=0, time=0.0, elapsed=0.0) == msgspec.structs.replace(
            other, seq=0, time=0.0, elapsed=0.0
        )


def test_a_range_upside_down_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    project = ranged(tmp_path, search__least_layers=4)
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder), until="search")) == 2
    assert "search.least_layers is 4, but the budget removes at most 3 layers" in watch.ending.message


def test_perplexity_may_be_the_fitness(tmp_path: Path) -> None:
    state = searched(ranged(tmp_path, search__objective="perplexity", search__least_layers=None))
    assert state.search is not None
    assert state.search.objective == "perplexity"
    assert state.search.fitness > 1.0
    assert all(value > 1.0 for event in state.iterations.values() for value in event.fitness if math.isfinite(value))


def test_fewer_large_layers_may_do_what_more_small_ones_do(tmp_path: Path) -> None:
    """Of this family two layers are dense and small, the others hold four experts each."""
    project = small_project(tmp_path, family="qwen3_moe", analysis__protect_first=0)
    sizes = measure_sizes(tmp_path / "model").layer_bytes
    wanted = max(sizes)  # one large layer, or two small ones
    assert min(sizes) < wanted <= 2 * min(sizes)
    total = measure_sizes(tmp_path / "model").bytes
    project.save(with_values(project.settings, {"budget.percent": 100 * wanted / total, "search.iterations": 4}))
    state = searched(project)
    assert state.search is not None
    asked = {len(removed) for event in state.iterations.values() for removed in event.candidates}
    assert asked == {1, 2}
    for event in state.iterations.values():
        for removed, value in zip(event.candidates, event.fitness, strict=True):
            enough = sum(sizes[layer] for layer in removed) >= wanted
            assert math.isfinite(value) == enough
    assert sum(sizes[layer] for layer in state.search.removed) >= wanted
