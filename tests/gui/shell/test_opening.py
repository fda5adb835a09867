"""Opening existing projects: old runs, interrupted ones, projects of a newer version."""

import json
from pathlib import Path

import pytest

from engine.api.editing import with_values
from engine.api.events import Stage
from engine.api.project import PROJECT_FILE, Project
from gui.shell.page_stack import PAGES
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_run, new_project

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("stage", "note"),
    [
        ("analyse", "analysing layers"),
        ("search", "iteration 10 of 15"),
        ("recover", "step 39 of 64"),
        ("evaluate", "2 measured"),
    ],
)
def test_an_interrupted_run_says_how_far_it_came_and_can_go_on(
    make_person: PersonMaker, tmp_path: Path, stage: Stage, note: str
) -> None:
    project = new_project(tmp_path / "project")
    add_run(project, cut_in=stage)
    person = make_person()
    person.opens(project.folder)
    notes = [person.window.sidebar.steps.step(key).note for key in PAGES]
    assert note in notes
    assert person.window.bar.start.text() == "Continue"
    person.clicks(person.window.bar.start)
    person.waits_for_rest()
    assert person.window.bar.start.text() == "Run again"
    assert len(project.runs()) == 1


def test_a_torn_last_line_of_a_journal_is_passed_over(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    add_run(project, cut_in="search")
    with project.runs()[0].journal_path.open("ab") as file:
        file.write(b'{"event":"iteration_fini')
    person = make_person()
    person.opens(project.folder)
    assert person.search.figures["iteration"].text == "10"


def test_exporting_a_paused_run_does_not_make_it_complete(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    add_run(project, cut_in="recover")
    person = make_person()
    person.opens(project.folder)
    person.clicks(person.export.choice.export)
    person.waits_for_rest()
    person.opens(project.folder)
    assert person.window.bar.start.text() == "Continue"


def test_changed_settings_mean_a_new_run(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    add_run(project)
    person = make_person()
    person.opens(project.folder)
    person.plan.search.seed.setValue(8)
    assert person.window.bar.start.text() == "Start"
    person.clicks(person.window.bar.start)
    person.waits_for_rest()
    assert [run.name for run in project.runs()] == ["0001-pso", "0002-pso"]
    assert person.session.state.run == "0002-pso"


@pytest.fixture
def two_runs(tmp_path: Path) -> Project:
    """Return a project with a whole run, and another that was cut off in the search."""
    project = new_project(tmp_path / "project")
    add_run(project)
    project.save(with_values(project.settings, {"search.algorithm": "woa"}))
    add_run(project, cut_in="search")
    return project


@pytest.fixture
def person(make_person: PersonMaker, two_runs: Project) -> Person:
    """Return a person who has opened the project."""
    person = make_person()
    person.opens(two_runs.folder)
    return person


def test_the_latest_run_is_shown_and_an_older_one_can_be(person: Person) -> None:
    choice = person.window.sidebar.run_choice
    assert choice.isVisible()
    assert [choice.itemText(place) for place in range(choice.count())] == ["0002-woa", "0001-pso"]
    assert person.session.state.run == "0002-woa"
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    person.waits_for_rest()
    assert person.session.state.run == "0001-pso"
    assert person.results.table.rowCount() == 10
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    person.waits_for_rest()
    assert person.search.figures["iteration"].text == "10"
    assert not person.results.view.isVisible()


def test_start_goes_on_with_the_latest_run_whichever_is_shown(person: Person, two_runs: Project) -> None:
    person.shows_run("0001-pso")
    assert person.window.bar.start.text() == "Continue"
    person.clicks(person.window.bar.start)
    person.waits_for_rest()
    assert person.session.state.run == "0002-woa"
    assert len(person.session.state.iterations) == canned.ITERATIONS
    assert len(two_runs.runs()) == 2


def test_discard_deletes_the_run_that_is_shown(person: Person, questions: list[str], two_runs: Project) -> None:
    person.shows_run("0001-pso")
    person.clicks(person.window.bar.discard)
    assert questions == ["Discard the run 0001-pso?"]
    person.waits_for_rest()
    assert [run.name for run in two_runs.runs()] == ["0002-woa"]
    assert person.session.state.run == "0002-woa"


def test_an_export_is_of_the_run_that_is_shown(person: Person, two_runs: Project) -> None:
    person.shows_run("0001-pso")
    assert person.export.choice.path == two_runs.exports_folder() / "0001-pso-recovered-2", "the first is there already"


def test_saving_under_another_name_goes_on_in_the_copy(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("gui.shell.action_handlers.NewProjectDialog.exec", lambda _: 1)
    person.window.actions_.save_as.trigger()
    person.waits_for_rest()
    assert person.session.project is not None
    assert person.session.project.folder == tmp_path / "project-copy"
    assert person.session.state.run == "0002-woa"


@pytest.fixture
def newer(two_runs: Project) -> Project:
    """Return the project as a newer version would have left it."""
    file = two_runs.folder / PROJECT_FILE
    content = json.loads(file.read_bytes())
    file.write_text(json.dumps(content | {"format": 99}))
    return two_runs


def test_a_newer_format_opens_to_be_looked_at_only(make_person: PersonMaker, newer: Project) -> None:
    before = (newer.folder / PROJECT_FILE).read_bytes()
    person = make_person()
    person.opens(newer.folder)
    assert "newer version of LayerSwarm" in person.window.notice.sentence.text()
    assert person.search.figures["iteration"].text == "10"
    assert "Read-only" in person.plan.sentence.text()
    assert not person.plan.budget.isEnabled()
    assert not person.model.local.demo.isEnabled()
    assert not any(getattr(person.window.bar, verb).isEnabled() for verb in ("start", "keep_best", "discard"))
    person.shows_run("0001-pso")
    assert not person.export.choice.export.isEnabled()
    assert (newer.folder / PROJECT_FILE).read_bytes() == before
