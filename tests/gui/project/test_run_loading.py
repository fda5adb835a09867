"""Runs are loaded in the background: what was shown stays until that is done, and events are never mixed up."""

import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.api.events import AnyEvent, IterationFinished, MessageLogged, RunStarted
from engine.api.project import Project, Run
from engine.api.run_state import RunState
from engine.api.settings import Settings
from gui.project import project_worker
from gui.project.run_loading import MOST_MESSAGES, LoadedRun, load_run, shown_state
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import interrupted_project, new_project

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with a whole run and one that was interrupted in its search."""
    return interrupted_project(tmp_path / "project")


@pytest.fixture
def person(make_person: PersonMaker, project: Project) -> Person:
    """Return a person who has opened the project."""
    person = make_person()
    person.opens(project.folder)
    return person


def test_a_run_is_what_its_journal_says(project: Project) -> None:
    found = load_run(project, project.settings)
    assert found.names == ("0001-pso", "0002-pso")
    assert found.run is not None
    assert found.run.name == "0002-pso"
    whole = RunState.replay(project.runs()[-1].events())
    lean = replace(whole, iterations=found.state.iterations, steps=found.state.steps)
    assert found.state == lean
    assert found.state.last_iteration == whole.last_iteration
    assert [each.best_fitness for each in found.state.iterations.values()] == [
        each.best_fitness for each in whole.iterations.values()
    ]


def test_only_the_latest_candidates_and_the_latest_step_are_kept_in_memory() -> None:
    events = canned.run_events(Settings())
    iterations = [event for event in events if isinstance(event, IterationFinished)]
    events.append(iterations[2])  # as if a resumed run repeated it
    state, whole = shown_state(events), RunState.replay(events)
    assert [place for place, event in state.iterations.items() if event.candidates] == [len(iterations) - 1]
    assert list(state.steps.values()) == [list(whole.steps.values())[-1]]
    assert state.iterations.keys() == whole.iterations.keys()


def test_of_many_messages_the_latest_are_kept_in_memory() -> None:
    messages = [MessageLogged(level="info", message=str(number)) for number in range(3 * MOST_MESSAGES)]
    kept = shown_state(messages).messages
    assert MOST_MESSAGES <= len(kept) < 2 * MOST_MESSAGES
    assert kept[-1].message == messages[-1].message


def test_a_run_of_another_model_is_shown_only_when_it_is_asked_for(project: Project) -> None:
    other = new_project(project.folder.parent / "other", model__source="org/other")
    assert load_run(project, other.settings).run is None
    asked = load_run(project, other.settings, "0001-pso")
    assert asked.state.run == "0001-pso"


def test_what_was_shown_stays_until_the_next_project_has_been_read(
    person: Person, gate: threading.Event, tmp_path: Path
) -> None:
    other = new_project(tmp_path / "other")
    before = person.session.project
    person.window.projects.open_path(other.folder)
    assert person.session.project is before
    assert person.session.state.run == "0002-pso"
    assert person.window.bar.stage.text() == "Loading the run…"
    gate.set()
    person.waits_for_rest()
    assert person.session.project is not None
    assert person.session.project.folder == other.folder
    assert person.session.state.run == ""


def test_the_run_that_was_asked_for_last_is_shown(person: Person) -> None:
    person.session.show_run("0001-pso")
    person.shows_run("0002-pso")
    person.qtbot.wait(50)
    assert person.session.state.run == "0002-pso"
    assert len(person.session.state.iterations) < canned.ITERATIONS


def test_what_cannot_be_read_says_so_and_leaves_what_was_shown(
    person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def deny(*_: object) -> LoadedRun:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(project_worker, "load_run", deny)
    person.shows_run("0001-pso")
    assert person.session.state.run == "0002-pso"
    assert "cannot be read or written: Permission denied." in person.window.notice.sentence.text()


def test_no_other_project_is_opened_while_one_is_being_read(
    person: Person, gate: threading.Event, tmp_path: Path
) -> None:
    first, second = new_project(tmp_path / "first"), new_project(tmp_path / "second")
    person.window.projects.open_path(first.folder)
    person.window.projects.open_path(second.folder)
    assert "Try again when that is finished" in person.window.notice.sentence.text()
    gate.set()
    person.waits_for_rest()
    assert person.session.project is not None
    assert person.session.project.folder == first.folder


def says(person: Person, *events: AnyEvent) -> None:
    """Deliver events as if an engine that works on a run had sent them."""
    person.session.jobs.advanced.emit(SimpleNamespace(kind="run"), list(events))


def resumed(run: str, seq: int) -> RunStarted:
    return RunStarted(run=run, algorithm="pso", resumed=True, device="cpu", versions={}, seq=seq)


def test_what_the_engine_says_while_its_run_is_read_is_neither_lost_nor_doubled(
    person: Person, gate: threading.Event, project: Project
) -> None:
    kept = project.run("0001-pso").events()
    last = kept[-1].seq
    news = MessageLogged(level="info", message="after what was read", seq=last + 1)
    known = MessageLogged(level="info", message="in the journal already", seq=last)
    says(person, resumed("0001-pso", last - 5), *kept[-5:], news)
    assert person.session.state.run == "0002-pso", "it is still being read"
    gate.set()
    person.waits_for_rest()
    says(person, known)
    assert person.session.state == shown_state([*kept, news])


def test_a_run_that_begins_anew_under_its_old_name_is_told_from_its_beginning(person: Person) -> None:
    names = person.session.run_names
    begun = RunStarted(run="0002-pso", algorithm="pso", resumed=False, device="cpu", versions={}, seq=1)
    said = MessageLogged(level="info", message="from the beginning", seq=2)
    says(person, begun, said)
    assert person.session.run_names == names
    assert person.session.state.messages == [said]
    assert not person.session.state.iterations


def test_a_run_is_deleted_beside_the_window(
    person: Person, questions: list[str], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    deleting, discard = [], Run.discard

    def noted(run: Run) -> None:
        deleting.append(threading.current_thread())
        discard(run)

    monkeypatch.setattr(Run, "discard", noted)
    person.clicks(person.window.bar.discard)
    person.waits_for_rest()
    assert [run.name for run in project.runs()] == ["0001-pso"]
    assert person.session.state.run == "0001-pso"
    assert threading.main_thread() not in deleting


def test_a_run_that_cannot_be_deleted_stays_and_the_window_says_why(
    person: Person, questions: list[str], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(run: Run) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Run, "discard", refuse)
    person.clicks(person.window.bar.discard)
    person.waits_for_rest()
    assert person.window.notice.sentence.text() == "The run cannot be deleted: Permission denied."
    assert person.session.state.run == "0002-pso"
