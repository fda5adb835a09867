"""The runs of a project in a few figures, as the window asks for them."""

from pathlib import Path

from engine.api.commands import SummariseRuns
from engine.api.events import Event, ResearchSummarised, RunFinished, RunSummarised
from engine.pipeline.report_job import perform
from tests.gui.projects import add_other_searches, add_run, new_project


def told(folder: Path) -> list[Event]:
    said: list[Event] = []
    assert perform(SummariseRuns(project=str(folder)), said.append) == 0
    return said


def test_every_run_is_told_the_oldest_first_and_then_the_table(tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    add_other_searches(project)
    add_run(project)
    *runs, table, end = told(project.folder)
    assert [run.run for run in runs if isinstance(run, RunSummarised)] == ["0001-woa", "0002-random", "0003-pso"]
    assert isinstance(table, ResearchSummarised)
    assert [column.algorithm for column in table.columns] == ["pso", "woa", "random"]
    assert isinstance(end, RunFinished)


def test_the_figures_are_those_of_the_recovered_model(tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    add_run(project)
    run = told(project.folder)[0]
    assert isinstance(run, RunSummarised)
    assert (run.variant, run.heldout_perplexity, run.heldout_kl, run.layers) == ("recovered", 11.6, 0.316, 5)
    assert run.course_fitness[-1] == run.fitness
    assert run.course_evaluations[0] < run.course_evaluations[-1]


def test_a_run_that_was_cut_off_says_what_it_has(tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    add_run(project, cut_in="search")
    run = told(project.folder)[0]
    assert isinstance(run, RunSummarised)
    assert run.fitness is None
    assert run.heldout_kl is None
    assert len(run.course_fitness) > 3


def test_a_project_without_runs_has_an_empty_table(tmp_path: Path) -> None:
    table, _ = told(new_project(tmp_path / "project").folder)
    assert table == ResearchSummarised(columns=())
