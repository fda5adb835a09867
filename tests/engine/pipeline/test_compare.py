"""Comparing searches: equal terms, one analysis, and what is done is not done again."""

from pathlib import Path

import pytest

from engine.api.commands import CompareSearches
from engine.api.editing import with_values
from engine.api.events import SearchCompared, SearchFinished
from engine.api.project import Project
from engine.api.settings import Algorithm
from tests.engine.pipeline.cases import Watch, run, small_project, state_of

pytestmark = pytest.mark.slow

ALL: tuple[Algorithm, ...] = ("pso", "woa", "evolution", "greedy", "block_influence", "angular", "random")


def compared(project: Project, algorithms: tuple[Algorithm, ...], seeds: int = 2) -> list[SearchCompared]:
    """What this comparison adds."""
    watch = Watch()
    assert watch.do(CompareSearches(project=str(project.folder), algorithms=algorithms, seeds=seeds)) == 0
    return [event for event in watch.events if isinstance(event, SearchCompared)]


def test_every_algorithm_is_searched_with_every_seed_that_matters(tmp_path: Path) -> None:
    searches = compared(small_project(tmp_path), ALL)
    assert [(search.algorithm, search.seed) for search in searches] == [
        *((algorithm, seed) for algorithm in ALL[:3] for seed in (0, 1)),
        *((algorithm, 0) for algorithm in ALL[3:6]),
        ("random", 0),
        ("random", 1),
    ]
    for search in searches:
        assert len(search.removed) == 2
        assert search.heldout_kl > 0
        assert search.fitness == search.course_fitness[-1]
        assert list(search.course_fitness) == sorted(search.course_fitness, reverse=True)
        assert list(search.course_tokens) == sorted(search.course_tokens)
        assert len(search.importance) == 6


def test_the_same_searches_are_found_in_runs(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    (search,) = compared(project, ("pso",), seeds=1)
    run(project, until="search")
    assert (search.removed, search.fitness) == _answer(project)


@pytest.mark.parametrize("plain", ["pso", "woa"])
def test_a_textbook_swarm_is_the_swarm_with_everything_of_ours_off(tmp_path: Path, plain: Algorithm) -> None:
    textbook: Algorithm = "textbook_pso" if plain == "pso" else "textbook_woa"
    project = small_project(tmp_path)
    (bare,) = compared(project, (textbook,), seeds=1)
    off = {
        "search.warm_start": False,
        "search.avoid_repeats": False,
        "search.refine_share": 0.0,
        "search.guided_scouts": False,
        "search.pso.neighbourhood": "global",
    }
    project.save(with_values(project.settings, off))
    (switched,) = compared(project, (plain,), seeds=1)
    assert bare.algorithm == textbook
    assert (bare.removed, bare.course_fitness, bare.tokens) == (
        switched.removed,
        switched.course_fitness,
        switched.tokens,
    )


def test_an_earlier_run_does_not_make_a_search_look_cheap(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    (alone,) = compared(project, ("woa",), seeds=1)
    other = Project.create(tmp_path / "other", with_values(project.settings, {"search.algorithm": "woa"}))
    run(other, until="search")
    other.save(project.settings)
    (after,) = compared(other, ("woa",), seeds=1)
    assert (after.tokens, after.candidates, after.course_tokens) == (
        alone.tokens,
        alone.candidates,
        alone.course_tokens,
    )


def test_only_what_is_missing_is_searched(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    compared(project, ("pso",), seeds=1)
    assert [(each.algorithm, each.seed) for each in compared(project, ("pso", "random"))] == [
        ("pso", 1),
        ("random", 0),
        ("random", 1),
    ]
    assert len(project.comparisons()) == 1


def test_changed_settings_are_another_comparison(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    compared(project, ("greedy",))
    project.save(with_values(project.settings, {"budget.layers": 1}))
    (search,) = compared(project, ("greedy",))
    assert len(search.removed) == 1
    assert [each.name for each in project.comparisons()] == ["0001", "0002"]


def test_a_comparison_is_no_run(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    compared(project, ("greedy",))
    assert project.runs() == []


def test_removal_sets_are_measured_on_texts_that_nothing_was_calibrated_on(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    text = tmp_path / "other.txt"
    text.write_text(
        "\n\n".join(f"Paragraph {number} of another text, {number * 7} words long." for number in range(300))
    )
    watch = Watch()
    command = CompareSearches(project=str(project.folder), algorithms=("greedy",), texts=(str(text),))
    assert watch.do(command) == 0
    (search,) = [event for event in watch.events if isinstance(event, SearchCompared)]
    assert search.texts[str(text)].kl > 0
    assert search.texts[str(text)].perplexity > 1


@pytest.mark.parametrize("stop_after", [1, 2])
def test_a_comparison_goes_on_where_it_was_paused(tmp_path: Path, stop_after: int) -> None:
    project = small_project(tmp_path)
    seen = 0

    def enough(event: object) -> bool:
        nonlocal seen
        seen += isinstance(event, SearchCompared)
        return seen == stop_after

    watch = Watch("pause", enough)
    command = CompareSearches(project=str(project.folder), algorithms=("pso", "woa", "random"), seeds=1)
    assert watch.do(command) == 130
    assert len(compared(project, ("pso", "woa", "random"), seeds=1)) == 3 - stop_after


def _answer(project: Project) -> tuple[tuple[int, ...], float]:
    found: SearchFinished | None = state_of(project).search
    assert found is not None
    return found.removed, found.fitness
