"""The accuracy of a task as what the search minimises: the paper's way."""

import json
from pathlib import Path

import pytest

from engine.api.commands import CompareSearches, RunProject
from engine.api.events import CandidatesScored, MessageLogged, SearchCompared
from engine.api.project import Project
from tests.engine.evaluation.test_tasks import colours, own_task
from tests.engine.pipeline.cases import Watch, run, small_project, state_of

pytestmark = pytest.mark.usefixtures("allowed_code")


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "datasets"))


def tasked(folder: Path, **values: object) -> Project:
    """A project whose fitness is the accuracy on sixteen questions."""
    tasks = own_task(folder / "tasks", colours(folder, 16))
    return small_project(
        folder,
        **{
            "search.objective": "task",
            "search.task": "colours",
            "search.task_samples": 16,
            "evaluation.task_folder": str(tasks),
            **values,
        },
    )


def test_the_answer_has_the_least_error_of_all_that_answered_every_question(tmp_path: Path) -> None:
    project = tasked(tmp_path)
    events = run(project, until="search").events
    search, budget = state_of(project).search, state_of(project).budget
    assert search is not None
    assert budget is not None
    assert search.objective == "task"
    errors = [
        1.0 - accuracy
        for event in events
        if isinstance(event, CandidatesScored) and event.level == 16 and event.calibration.startswith("colours/")
        for removed, accuracy in zip(event.removed, event.accuracy, strict=True)
        if len(removed) == budget.layers
    ]
    assert search.fitness == min(errors)


def test_a_second_search_remembers_every_answer(tmp_path: Path) -> None:
    project = tasked(tmp_path)
    run(project, until="search")
    first = state_of(project).search
    run(project, until="search", new_run=True)
    second = state_of(project).search
    assert first is not None
    assert second is not None
    assert second.removed == first.removed
    assert second.evaluations == 0


def test_searches_are_compared_by_it(tmp_path: Path) -> None:
    watch = Watch()
    command = CompareSearches(project=str(tasked(tmp_path).folder), algorithms=("angular", "random"), seeds=1)
    assert watch.do(command) == 0
    compared = [event for event in watch.events if isinstance(event, SearchCompared)]
    assert [event.objective for event in compared] == ["task", "task"]
    assert all(0.0 <= event.fitness <= 1.0 for event in compared)


def test_without_a_task_nothing_is_begun(tmp_path: Path) -> None:
    project = tasked(tmp_path, **{"search.task": ""})
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder))) != 0
    assert "search.task" in watch.ending.message


def test_a_task_that_tells_no_candidate_from_another_is_warned_of(tmp_path: Path) -> None:
    project = tasked(tmp_path)
    row = json.dumps({"question": "Q:", "choices": [" red", " red"], "label": 0})
    (tmp_path / "colours.jsonl").write_text(f"{row}\n" * 16)
    warnings = [
        event.message
        for event in run(project, until="search").events
        if isinstance(event, MessageLogged) and event.level == "warning"
    ]
    assert len(warnings) == 1
    assert "Every candidate has the same accuracy on colours, 1.0000, so chance chose among them" in warnings[0]
