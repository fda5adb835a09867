"""Racing in a run: all candidates on a few windows, the answer on all of them."""

from pathlib import Path

import pytest

from engine.api.events import CandidatesScored, IterationFinished, MessageLogged
from engine.api.project import Project
from tests.engine.pipeline.cases import run, small_project, state_of

pytestmark = pytest.mark.slow

WINDOWS = 4


def racing_project(folder: Path, **values: object) -> Project:
    """Five iterations on four windows."""
    return small_project(folder, **{"calibration.windows": WINDOWS, "search.iterations": 5, **values})


@pytest.mark.parametrize("algorithm", ["pso", "woa", "evolution", "greedy", "random"])
def test_the_answer_is_the_best_that_saw_all_windows(tmp_path: Path, algorithm: str) -> None:
    project = racing_project(tmp_path, **{"search.algorithm": algorithm})
    events = run(project, until="search").events
    budget = state_of(project).budget
    answer = state_of(project).search
    assert budget is not None
    assert answer is not None
    fully_seen = {
        removed: kl
        for event in events
        if isinstance(event, CandidatesScored) and event.level == WINDOWS
        for removed, kl in zip(event.removed, event.kl, strict=True)
        if len(removed) == budget.layers
    }
    assert answer.fitness == min(fully_seen.values())
    assert fully_seen[answer.removed] == answer.fitness
    assert {event.level for event in events if isinstance(event, IterationFinished)} == {1}


def test_racing_costs_less_than_showing_everything_to_everybody(tmp_path: Path) -> None:
    applications = []
    for name, levels in (("racing", 2), ("all", 1)):
        project = racing_project(tmp_path / name, **{"search.racing.levels": levels})
        run(project, until="search")
        answer = state_of(project).search
        assert answer is not None
        applications.append(answer.layer_applications)
    assert applications[0] < 0.7 * applications[1]


def test_a_search_without_progress_ends_early_and_says_so(tmp_path: Path) -> None:
    project = racing_project(tmp_path, **{"search.iterations": 40, "search.patience": 2})
    events = run(project, until="search").events
    assert len(state_of(project).iterations) < 40
    assert any(isinstance(event, MessageLogged) and "no better set" in event.message for event in events)
    assert state_of(project).search is not None


def test_a_token_budget_ends_the_search(tmp_path: Path) -> None:
    project = racing_project(tmp_path, **{"search.iterations": 40, "search.max_tokens": 60})
    run(project, until="search")
    assert 1 <= len(state_of(project).iterations) < 40
    assert state_of(project).search is not None
