"""Answers of the engine are shown for the run, model or text they belong to, never for another one."""

from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from engine.api import events as ev
from engine.api.journal import Journal
from engine.api.project import Project
from gui.shell.step_states import steps_of
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_run, new_project

pytestmark = pytest.mark.slow

SLOW = ("--pace", "0.005")


def at(make_person: PersonMaker, project: Project, *arguments: str) -> Person:
    person = make_person(*arguments)
    person.opens(project.folder)
    return person


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with one whole run that has not been exported."""
    project = new_project(tmp_path / "project")
    add_run(project, exported=False)
    return project


@pytest.fixture
def other(tmp_path: Path) -> Project:
    """Return another project, with two such runs."""
    other = new_project(tmp_path / "other")
    add_run(other, exported=False)
    add_run(other, exported=False)
    return other


def test_the_plan_of_a_run_at_work_cannot_be_undone(make_person: PersonMaker, tmp_path: Path) -> None:
    person = at(make_person, new_project(tmp_path / "new"), *SLOW)
    person.session.change({"search.population": 7}, "Change population")
    undo = person.window.actions_.undo
    assert (undo.isEnabled(), undo.text()) == (True, "Undo Change population")
    person.session.start()
    person.waits_for("iterations")
    assert not undo.isEnabled()
    person.session.stop("pause")
    person.waits_for_rest()
    assert undo.isEnabled()
    undo.trigger()
    assert (undo.isEnabled(), person.window.actions_.redo.isEnabled()) == (False, True)


def test_discard_is_offered_once_the_run_at_work_is_the_one_that_is_shown(
    make_person: PersonMaker, project: Project
) -> None:
    person = at(make_person, project, "--pace", "0.02")
    person.session.change({"search.seed": 3}, "Change seed")
    person.session.start()
    assert person.session.state.run == ""  # nothing of another run is shown until this one has begun
    assert not person.window.bar.discard.isEnabled()
    person.qtbot.waitUntil(lambda: person.session.state.run == "0002-pso", timeout=20_000)
    assert person.window.bar.discard.isEnabled()
    person.session.stop("pause")
    person.waits_for_rest()


@pytest.mark.parametrize(("cut_in", "words"), [(None, "Run again"), ("search", "Continue")])
def test_prices_make_no_other_run(
    make_person: PersonMaker, tmp_path: Path, cut_in: ev.Stage | None, words: str
) -> None:
    project = new_project(tmp_path / "project")
    add_run(project, cut_in=cut_in)
    person = at(make_person, project)
    person.session.change({"savings.tokens_per_month": 7.0}, "Change prices")
    assert person.window.bar.start.text() == words


def test_start_is_judged_by_the_plans_own_model(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    demo = canned.model("demo")
    small = msgspec.structs.replace(
        demo, layers=6, layer_bytes=demo.layer_bytes[:6], layer_parameters=demo.layer_parameters[:6]
    )
    run = project.new_run()
    journal = Journal(run.journal_path)
    for event in canned.until_stage(canned.run_events(project.settings, run.name), "calibrate"):
        journal.append(small if isinstance(event, ev.ModelPrepared) else event)
    journal.close()
    person = at(make_person, project)
    person.chooses_model("org/x")
    person.waits_for_rest()
    person.shows_run("0001-pso")
    assert person.session.plan_model is not None
    assert person.session.plan_model.layers == 30
    assert person.plan.budget.verdict.isHidden()
    assert person.model.name.text() == person.session.plan_model.name
    assert person.window.bar.start.isEnabled()


def test_a_preview_is_of_the_settings_as_they_are(make_person: PersonMaker, project: Project) -> None:
    person = at(make_person, project)
    preview = person.plan.calibration.preview
    person.waits_for_rest()
    person.clicks(preview.look)
    person.session.change({"calibration.window_length": 64}, "Change length")
    person.waits_for_rest()
    assert preview.verdict.isHidden()


def test_a_preview_is_of_the_open_project(make_person: PersonMaker, project: Project, other: Project) -> None:
    person = at(make_person, project)
    preview = person.plan.calibration.preview
    person.waits_for_rest()
    person.clicks(preview.look)
    person.opens(other.folder)
    assert person.plan.isVisible()
    assert preview.verdict.isHidden()


def test_runs_are_those_of_the_open_project(make_person: PersonMaker, project: Project, other: Project) -> None:
    person = at(make_person, other)
    cards = person.results.project_runs
    person.waits_for_rest()
    assert cards.runs.isVisible()
    person.session.preferences.remember_page(project.folder, "export")
    person.opens(project.folder)
    assert cards.runs.isHidden(), "those of the other project are not shown"
    person.clicks(person.export.choice.export)
    assert person.results.isVisible()
    person.waits_for_rest()
    assert [run.run for run in cards.runs.runs.ticked] == ["0001-pso"]


def test_a_tick_is_not_carried_over_to_a_run_of_the_same_name(
    make_person: PersonMaker, project: Project, other: Project
) -> None:
    person = at(make_person, project)
    assert person.results.isVisible()
    person.waits_for_rest()
    person.opens(other.folder)
    cards = person.results.project_runs
    person.waits_for_rest()
    assert [run.run for run in cards.runs.runs.ticked] == ["0002-pso"]


def test_runs_are_asked_for_again_when_one_took_the_name_of_another(
    make_person: PersonMaker, questions: list[str], tmp_path: Path
) -> None:
    person = at(make_person, new_project(tmp_path / "new"))
    person.session.start()
    person.waits_for_rest()
    assert person.results.isVisible()
    person.waits_for_rest()
    person.clicks(person.window.bar.discard)
    person.waits_for_rest()
    person.session.change({"search.seed": 77}, "Change seed")
    asked: list[str] = []
    person.session.jobs.started.connect(lambda job: asked.append(job.kind))
    person.session.start()
    person.waits_for_rest()
    assert person.results.isVisible()
    person.waits_for_rest()
    assert "runs" in asked


def test_checks_are_those_of_the_latest_export(make_person: PersonMaker, project: Project) -> None:
    person = at(make_person, project)
    for form, passed in (("gguf:q8_0", False), ("safetensors", True)):
        said = canned.export_events(f"/x/{form}", form=form)
        verdict = [msgspec.structs.replace(e, passed=passed) if isinstance(e, ev.ExportVerified) else e for e in said]
        job = SimpleNamespace(kind="export", started=0, stopping=None, silent=False)
        person.session.jobs.advanced.emit(job, verdict)
    assert next(step for step in steps_of(person.session) if step.key == "export").note == "verified"
