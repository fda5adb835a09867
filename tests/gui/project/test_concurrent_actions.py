"""While a run is loaded, copied or deleted, actions apply to what the person sees or are refused with a message."""

import shutil
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication

from engine.api.editing import with_values
from engine.api.events import AnyEvent, MessageLogged, RunFinished, RunStarted
from engine.api.hub_events import ModelDownloaded
from engine.api.project import Project
from gui.project import project_worker
from gui.project.download import Download
from gui.project.run_loading import LoadedRun
from gui.widgets.run_choice import RunChoice
from tests.gui.conftest import PersonMaker
from tests.gui.driving import Person
from tests.gui.projects import add_run, interrupted_project, new_project

pytestmark = pytest.mark.slow

LATER = "The project is being loaded or copied. Try again when that is finished."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with a whole run and one that was interrupted in its search."""
    return interrupted_project(tmp_path / "project")


@pytest.fixture
def other(tmp_path: Path) -> Project:
    """Return another project with one whole run that has not been exported."""
    other = new_project(tmp_path / "other")
    add_run(other, exported=False)
    return other


@pytest.fixture
def person(make_person: PersonMaker, project: Project) -> Person:
    """Return a person who has opened the first project and sees its latest run."""
    person = make_person()
    person.opens(project.folder)
    return person


def opens_gate(person: Person, gate: threading.Event) -> None:
    gate.set()
    person.waits_for_rest()


def said(person: Person) -> str:
    return person.window.notice.sentence.text() if person.window.notice.isVisible() else ""


def run_choice(person: Person) -> RunChoice:
    choice = person.window.sidebar.findChild(RunChoice)
    assert isinstance(choice, RunChoice)
    return choice


def chooses(person: Person, run: str) -> None:
    """Choose a run as with the mouse."""
    choice = run_choice(person)
    choice.setCurrentIndex(choice.findText(run))
    choice.activated.emit(choice.currentIndex())


@pytest.mark.parametrize("verb", ["start", "discard"])
def test_a_verb_is_refused(
    person: Person, gate: threading.Event, questions: list[str], project: Project, other: Project, verb: str
) -> None:
    person.window.projects.open_path(other.folder)
    person.clicks(getattr(person.window.bar, verb))
    assert said(person) == LATER
    assert person.session.jobs.main is None
    opens_gate(person, gate)
    assert questions == []
    assert (len(project.runs()), len(other.runs())) == (2, 1)


def test_the_run_that_was_asked_about_is_discarded_or_none(
    person: Person, project: Project, other: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer_late(question: str, *_: object) -> bool:
        assert "0002-pso" in question
        person.session.open(other.folder)  # as LayerSwarm does when it is started a second time
        person.qtbot.waitUntil(lambda: not person.session.busy_text)
        return True

    monkeypatch.setattr("gui.shell.action_handlers.confirm_loss", answer_late)
    person.clicks(person.window.bar.discard)
    person.waits_for_rest()
    assert (len(project.runs()), len(other.runs())) == (2, 1)


def test_an_export_does_not_end_up_in_the_next_project(person: Person, gate: threading.Event, other: Project) -> None:
    gate.set()
    person.shows_run("0001-pso")
    gate.clear()
    page = person.export
    person.window.projects.open_path(other.folder)
    person.clicks(page.choice.export)
    assert said(person) == LATER
    opens_gate(person, gate)
    assert person.folder == other.folder
    assert not person.session.state.exports


def test_opening_is_not_given_up_for_another_run(person: Person, gate: threading.Event, other: Project) -> None:
    person.window.projects.open_path(other.folder)
    chooses(person, "0001-pso")
    assert said(person) == LATER
    assert run_choice(person).currentText() == "0002-pso"
    opens_gate(person, gate)
    assert person.folder == other.folder


def test_opening_is_not_given_up_for_an_undone_model(person: Person, gate: threading.Event, other: Project) -> None:
    gate.set()
    person.session.change({"model.source": "org/x"}, "Choose model")
    person.waits_for_rest()
    gate.clear()
    person.window.projects.open_path(other.folder)
    person.session.undo_stack.undo()
    opens_gate(person, gate)
    assert person.folder == other.folder


def test_a_model_that_is_undone_while_its_run_is_read_is_looked_for_once_more(
    person: Person, gate: threading.Event
) -> None:
    person.session.change({"model.source": "org/x"}, "Choose model")
    person.session.undo_stack.undo()
    opens_gate(person, gate)
    assert person.session.state.run == "0002-pso"


def test_opening_is_not_given_up_for_a_model_that_has_arrived(
    person: Person, gate: threading.Event, other: Project
) -> None:
    client = person.model.hub_client
    client.download = Download("org/m", "main")
    person.window.projects.open_path(other.folder)
    arrived = ModelDownloaded(source="org/m", revision="main", folder="/m")
    person.session.jobs.advanced.emit(SimpleNamespace(kind="download"), [arrived])
    assert "can choose it once the engine is idle" in said(person)
    opens_gate(person, gate)
    assert person.folder == other.folder


def test_a_copy_is_finished_before_anything_else(
    person: Person, gate: threading.Event, project: Project, tmp_path: Path
) -> None:
    person.session.save_as(tmp_path / "copy")
    chooses(person, "0001-pso")
    assert person.session.busy_text == "Copying the project…"
    person.window.close()
    assert person.window.isVisible(), "the copy would be left half done"
    assert said(person) == LATER
    opens_gate(person, gate)
    assert person.folder == tmp_path / "copy"


def test_a_run_that_is_discarded_while_it_is_read_leaves_the_one_that_was_shown(
    person: Person, gate: threading.Event, project: Project
) -> None:
    gate.set()
    person.shows_run("0001-pso")
    gate.clear()
    last = project.run("0002-pso").events()[-1].seq
    events: list[AnyEvent] = [
        RunStarted(run="0002-pso", algorithm="pso", resumed=True, device="cpu", versions={}, seq=last + 1),
        MessageLogged(level="info", message="of 0002", seq=last + 2000),
        RunFinished(outcome="discarded", message="gone", seq=0),
    ]
    problems: list[str] = []
    person.session.problem.connect(problems.append)
    job = SimpleNamespace(kind="run", started=time.monotonic())
    person.session.jobs.advanced.emit(job, events)
    shutil.rmtree(project.run("0002-pso").folder)
    end = SimpleNamespace(ending="discarded", is_problem=False, title="", sentence="", detail="")
    person.session.jobs.ended.emit(job, end)
    opens_gate(person, gate)
    assert person.session.state.run == "0001-pso"
    assert "of 0002" not in [each.message for each in person.session.state.messages]
    assert not problems


def test_a_run_that_made_room_for_the_next_is_not_listed(person: Person, project: Project) -> None:
    shutil.rmtree(project.run("0002-pso").folder)
    project.save(with_values(project.settings, {"search.algorithm": "woa"}))
    project.new_run()
    begun = RunStarted(run="0002-woa", algorithm="woa", resumed=False, device="cpu", versions={}, seq=1)
    person.session.jobs.advanced.emit(SimpleNamespace(kind="run"), [begun])
    assert person.session.run_names == ("0001-pso", "0002-woa")


def test_the_choice_names_the_run_that_is_shown_when_another_cannot_be_read(person: Person, project: Project) -> None:
    shutil.rmtree(project.run("0001-pso").folder)
    chooses(person, "0001-pso")
    person.waits_for_rest()
    assert "has no run '0001-pso'" in said(person)
    assert run_choice(person).currentText() == "0002-pso"


def test_a_journal_with_a_damaged_line_is_read_past_it(person: Person, project: Project) -> None:
    with project.run("0001-pso").journal_path.open("ab") as file:
        file.write(b'{"event":"message_logged","level":"info","message":"a\xffb"}\n')
    person.shows_run("0001-pso")
    assert person.session.state.run == "0001-pso"


def test_a_fault_of_the_program_does_not_leave_the_window_stuck(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> LoadedRun:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr(project_worker, "load_run", fail)
    with person.qtbot.captureExceptions() as raised:
        person.shows_run("0001-pso")
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    assert "a fault" in said(person)
    assert person.session.state.run == "0002-pso"


def test_a_new_project_after_one_that_could_not_be_opened_looks_at_no_model(
    make_person: PersonMaker, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny(*_: object) -> LoadedRun:
        raise PermissionError(13, "Permission denied")

    person = make_person()
    monkeypatch.setattr(project_worker, "load_run", deny)
    person.opens(project.folder)
    monkeypatch.setattr("gui.shell.action_handlers.NewProjectDialog.exec", lambda _: 1)
    monkeypatch.setattr("gui.shell.action_handlers.NewProjectDialog.folder", project.folder.parent / "new")
    started: list[str] = []
    person.session.jobs.started.connect(lambda job: started.append(job.kind))
    person.window.projects.new()
    person.waits_for_rest()
    assert person.folder.name == "new"
    assert "inspect" not in started


def test_a_pdf_is_announced_only_once_it_is_there(person: Person, project: Project, tmp_path: Path) -> None:
    person.shows_run("0001-pso")
    row = person.results.report
    file = tmp_path / "report.pdf"
    row.write(file, "paper")
    person.shows_run("0002-pso")
    person.qtbot.waitUntil(lambda: "The report is in" in row.status.text(), timeout=20_000)
    assert file.exists()


def test_nothing_is_started_once_the_window_has_gone(person: Person, gate: threading.Event, other: Project) -> None:
    person.session.local_devices.devices.clear()
    person.window.projects.open_path(other.folder)
    started: list[str] = []
    person.session.jobs.started.connect(lambda job: started.append(job.kind))
    person.window.close()
    gate.set()
    for _ in range(10):
        QCoreApplication.processEvents()
        person.qtbot.wait(10)
    person.session.local_devices.list_devices()
    assert not started
    assert person.session.project is not None
    assert person.session.project.folder != other.folder
