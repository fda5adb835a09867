"""The Search page: the wait for a run, the levels of its scores, and what its search is compared with."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.api.events import CandidateCompensated, IterationFinished, SearchFinished
from engine.api.journal import Journal
from engine.api.run_state import RunState
from engine.api.settings import Settings
from gui.pages.search_convergence import ConvergenceCard
from gui.pages.search_references import references_of
from gui.words.formatting import format_number
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.projects import add_run, new_project

pytestmark = pytest.mark.slow


def raced_project(folder: Path) -> Path:
    """Return a project whose candidates were scored on 4 of 16 windows."""
    project = new_project(folder)
    run = project.new_run()
    journal = Journal(run.journal_path)
    for event in [*canned.run_events(project.settings, run.name), *canned.baselines()]:
        if isinstance(event, IterationFinished):
            event = msgspec.structs.replace(event, level=4, best_level=16)
        elif isinstance(event, SearchFinished):
            event = msgspec.structs.replace(event, level=16)
        journal.append(event)
    journal.close()
    return project.folder


def test_every_score_bears_the_windows_that_it_was_measured_on(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person()
    person.opens(raced_project(tmp_path / "raced"))
    page = person.search
    assert page.convergence.legend.texts()[:2] == ["best on all 16 windows", "mean on 4 of 16 windows"]
    assert "on all 16 windows" in page.figures["fitness"].accessibleName()
    heading = page.candidates.model.headerData(1, Qt.Orientation.Horizontal)
    assert heading == "KL on 4 of 16 windows"
    assert "· 16 windows" in person.window.sidebar.steps.step("search").note
    names = [text.rsplit(" ", 1)[0] for text in page.convergence.references.texts()]
    assert names == ["Block Influence", "Cheapest single layers", "Angular distance"]


def test_a_run_that_begins_turns_to_the_search_and_shows_nothing_of_the_run_before(
    make_person: PersonMaker, canned_project: Path
) -> None:
    person = make_person("--pace", "0.002")
    person.opens(canned_project)
    page = person.search
    assert page.convergence.isVisible()
    person.window.show_page("results")
    person.clicks(person.window.bar.start)
    person.qtbot.waitUntil(lambda: person.session.jobs.running("run") is not None, timeout=30_000)  # after the estimate
    assert page.isVisible()
    assert not person.session.state.iterations
    page.refresh()
    assert not page.convergence.isVisible()
    assert page.content.isVisible()
    assert page.stages.isVisible()
    person.waits_for_rest()
    assert person.session.state.is_complete
    assert page.convergence.isVisible()
    assert not page.stages.isVisible()


def test_a_run_that_cannot_begin_leaves_the_one_before_in_sight(make_person: PersonMaker, canned_project: Path) -> None:
    person = make_person("--fault", "bad-input")
    person.opens(canned_project)
    person.clicks(person.window.bar.start)
    person.waits_for_rest()
    assert person.session.shown_run is not None
    assert person.session.state.is_complete


def test_a_run_that_waits_to_be_continued_lists_its_stages(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "waiting", compensation__enabled=False)
    add_run(project, cut_in="search")
    person = make_person()
    person.opens(project.folder)
    stages = person.search.stages
    assert stages.isVisible()
    assert person.search.sentence.text() == "The search is not complete. Continue goes on from here."
    assert stages.texts()["compensate"] == "off"
    assert stages.texts()["analyse"] == "3.0 s"
    assert stages.texts()["evaluate"] == "waiting"


def test_a_search_is_compared_with_baselines_and_the_project_keeps_them(
    make_person: PersonMaker, canned_project: Path
) -> None:
    person = make_person()
    person.opens(canned_project)
    page = person.search
    person.clicks(page.convergence.compare)
    assert person.session.jobs.running("compare") is not None
    assert not person.window.bar.discard.isVisible()
    person.waits_for_rest()
    names = {reference.name for reference in references_of(person.session.state)}
    assert names == {"Greedy", "Evolution", "Random"}
    page.refresh()
    assert len(page.convergence.references.texts()) == 3
    assert not page.convergence.compare.isVisible()
    again = make_person()
    again.opens(canned_project)
    assert {reference.name for reference in references_of(again.session.state)} == names
    assert again.session.state.times.sessions == person.session.state.times.sessions


def test_a_paused_search_is_ended_with_the_best_so_far(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "paused")
    add_run(project, cut_in="search")
    person = make_person()
    person.opens(project.folder)
    best = person.session.state.last_iteration
    assert best is not None
    assert person.window.bar.start.text() == "Continue"
    person.clicks(person.window.bar.keep_best)
    person.waits_for_rest()
    assert person.session.state.search is not None
    assert person.session.state.search.removed == best.best_removed
    assert person.window.bar.start.text() == "Continue"
    assert not person.window.bar.keep_best.isVisible()


def test_an_answer_chosen_after_the_fold_is_explained(qtbot: QtBot) -> None:
    state = RunState.replay(canned.run_events(Settings()))
    assert state.search is not None
    assert state.last_iteration is not None
    card = ConvergenceCard()
    qtbot.addWidget(card)
    card.show_state(state)
    assert card.hint.text() == ""
    removed, worse = state.search.removed, state.last_iteration.best_fitness + 0.1
    state.search = msgspec.structs.replace(state.search, fitness=worse)
    state.compensated_candidates[removed] = CandidateCompensated(
        removed=removed, fitness=worse, compensated_fitness=0.25
    )
    card.show_state(state)
    assert card.hint.text().startswith(f"The answer scores {format_number(worse)} in this chart")
    assert card.hint.text().endswith("after which it scores 0.250.")
