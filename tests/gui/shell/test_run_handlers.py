"""A run controlled from the window: start, pause, stop and keep the best, discard; and a failing engine."""

import sys
from pathlib import Path

import pytest

from engine.api.project import Project
from engine.api.run_state import RunState
from gui.dialogs.details import DetailsDialog
from gui.engine_link.engine_thread import Timing
from gui.project.run_loading import shown_state
from gui.shell.page_stack import PAGES
from tests.gui import canned
from tests.gui.conftest import PersonMaker
from tests.gui.driving import PATIENCE, Person
from tests.gui.projects import add_run, new_project

pytestmark = pytest.mark.slow

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals as exit codes are a POSIX matter")
SLOW = ("--pace", "0.01")
"""Make a whole run last about five seconds, so that there is time to interfere even on a busy computer."""


def at_work(make_person: PersonMaker, folder: Path, *engine: str, timing: Timing | None = None) -> Person:
    """Return a person who has started a run of a new project."""
    person = make_person(*engine, timing=timing)
    person.opens(new_project(folder).folder)
    person.starts()
    return person


def journal(person: Person) -> RunState:
    """Return the state of the latest run according to its journal on disk."""
    assert person.session.project is not None
    return shown_state(Project.open(person.session.project.folder).runs()[-1].events())


def test_a_whole_run_fills_every_page(make_person: PersonMaker, tmp_path: Path) -> None:
    person = at_work(make_person, tmp_path / "project")
    person.waits_for_rest()
    assert person.window.notice.title.text() == "Finished"
    assert person.search.figures["iteration"].text == str(canned.ITERATIONS)
    assert person.recovery.figures["step"].text == str(canned.STEPS)
    assert person.results.table.rowCount() == 10
    assert person.export.choice.export.isEnabled()
    states = {key: person.window.sidebar.steps.step(key).state for key in PAGES}
    assert states == dict.fromkeys(("model", "plan", "search", "recovery", "results"), "done") | {"export": "ready"}
    assert person.window.bar.start.text() == "Run again"


def test_pages_are_drawn_while_the_run_goes(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person(*SLOW)
    person.opens(new_project(tmp_path / "project").folder)
    search = person.search
    person.clicks(person.window.bar.start)
    person.qtbot.waitUntil(lambda: search.figures["fitness"].text != "–", timeout=PATIENCE)
    person.qtbot.waitUntil(lambda: person.window.bar.progress.value() > 0, timeout=PATIENCE)
    assert person.session.state.search is None
    assert person.window.sidebar.steps.step("search").state == "working"
    assert "Searching" in person.window.bar.stage.text()


def test_a_pause_frees_the_device_and_continue_goes_on(make_person: PersonMaker, tmp_path: Path) -> None:
    person = at_work(make_person, tmp_path / "project", *SLOW)
    person.waits_for("iterations")
    person.clicks(person.window.bar.pause)
    person.waits_for_rest()
    assert person.window.notice.title.text() == "Paused"
    assert person.window.bar.start.text() == "Continue"
    said = len(person.session.state.iterations)
    person.clicks(person.window.bar.start)
    person.waits_for_rest()
    assert len(person.session.state.iterations) == canned.ITERATIONS > said
    assert person.session.project is not None
    assert [run.name for run in person.session.project.runs()] == ["0001-pso"]


def test_the_window_holds_what_the_journal_holds(make_person: PersonMaker, tmp_path: Path) -> None:
    person = at_work(make_person, tmp_path / "project", *SLOW)
    person.waits_for("layers")
    person.clicks(person.window.bar.pause)
    person.waits_for_rest()
    person.clicks(person.window.bar.start)
    person.waits_for_rest()
    shown, kept = person.session.state, journal(person)
    for part in ("iterations", "layers", "steps", "validations", "evaluated", "tasks", "search", "recovery"):
        assert getattr(shown, part) == getattr(kept, part), part


def test_stop_and_keep_best_asks_first(make_person: PersonMaker, questions: list[str], tmp_path: Path) -> None:
    person = at_work(make_person, tmp_path / "project", *SLOW)
    person.waits_for("iterations")
    person.clicks(person.window.bar.keep_best)
    person.waits_for_rest()
    assert questions == ["Stop and keep the best result so far?"]
    assert person.window.notice.title.text() == "Stopped"
    assert person.window.bar.start.text() == "Continue"


def test_discard_deletes_a_run_at_work(make_person: PersonMaker, questions: list[str], tmp_path: Path) -> None:
    person = at_work(make_person, tmp_path / "project", *SLOW)
    person.waits_for("iterations")
    person.clicks(person.window.bar.discard)
    person.waits_for_rest()
    assert questions == ["Discard the run 0001-pso?"]
    assert person.session.project is not None
    assert person.session.project.runs() == []
    assert not person.session.state.iterations
    assert person.window.bar.start.text() == "Start"


def test_discard_deletes_a_run_of_the_past(make_person: PersonMaker, questions: list[str], tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    add_run(project)
    person = make_person()
    person.opens(project.folder)
    person.clicks(person.window.bar.discard)
    assert questions == ["Discard the run 0001-pso?"]
    person.waits_for_rest()
    assert project.runs() == []
    assert not person.window.bar.discard.isVisible()


def test_the_verbs_are_there_when_they_mean_something(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person(*SLOW)
    person.opens(new_project(tmp_path / "project").folder)
    bar, actions = person.window.bar, person.window.actions_

    def verbs() -> list[str]:
        return [name for name in ("start", "pause", "keep_best", "discard") if getattr(bar, name).isVisible()]

    assert verbs() == ["start"]
    person.clicks(bar.start)
    person.waits_for("layers")
    assert verbs() == ["pause", "keep_best", "discard"]
    assert not actions.start.isEnabled()
    person.clicks(bar.pause)
    assert bar.pause.text() == "End now"
    assert "safe point" in bar.stage.text()
    person.waits_for_rest()
    assert verbs() == ["start", "discard"]


def test_a_second_click_ends_an_engine_that_does_not_stop(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    add_run(project, cut_in="search")
    person = make_person("--pace", "60", "--fault", "ignore-stop")
    person.opens(project.folder)
    person.clicks(person.window.bar.start)
    person.qtbot.waitUntil(lambda: person.window.bar.times.text().count("·") > 0, timeout=PATIENCE)
    person.clicks(person.window.bar.pause)
    person.clicks(person.window.bar.pause)
    person.waits_for_rest()
    assert person.window.notice.title.text() == "Ended"
    assert "Continue resumes" in person.window.notice.sentence.text()


@posix_only
def test_an_engine_killed_from_outside_speaks_of_memory(make_person: PersonMaker, tmp_path: Path) -> None:
    person = at_work(make_person, tmp_path / "project", "--fault", "out-of-memory")
    person.waits_for_rest()
    notice = person.window.notice
    assert notice.isVisible()
    assert "memory ran out" in notice.sentence.text()
    assert "Everything up to the last finished step is kept" in notice.sentence.text()
    assert person.window.bar.start.text() == "Continue"


@posix_only
def test_a_crash_keeps_its_last_words_for_a_report(
    make_person: PersonMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    person = at_work(make_person, tmp_path / "project", "--fault", "crash")
    person.waits_for_rest()
    assert person.window.notice.title.text() == "The engine exited unexpectedly"
    shown: list[str] = []
    monkeypatch.setattr(DetailsDialog, "exec", lambda dialog: shown.append(dialog.text.toPlainText()))
    person.clicks(person.window.notice.details)
    assert "asked to crash" in shown[0]


def test_a_silent_engine_is_said_to_be_silent(make_person: PersonMaker, tmp_path: Path) -> None:
    person = make_person("--fault", "silent", timing=Timing(batch=0.02, silence=0.3))
    person.window.projects.open_path(new_project(tmp_path / "project").folder)
    person.qtbot.waitUntil(lambda: "not responding" in person.window.bar.stage.text(), timeout=PATIENCE)


def test_what_was_said_of_the_last_run_goes_when_the_next_begins(make_person: PersonMaker, tmp_path: Path) -> None:
    person = at_work(make_person, tmp_path / "project")
    person.waits_for_rest()
    assert person.window.notice.isVisible()
    person.clicks(person.window.bar.start)
    assert not person.window.notice.isVisible()


def test_silence_means_thirty_seconds() -> None:
    assert Timing().silence == 30.0


def test_closing_the_window_asks_and_leaves_nothing_running(
    make_person: PersonMaker, questions: list[str], tmp_path: Path
) -> None:
    person = at_work(make_person, tmp_path / "project", *SLOW)
    person.waits_for("layers")
    person.window.close()
    assert questions == ["Quit while the engine is running?"]
    assert person.session.jobs.main is None


def test_closing_can_be_thought_better_of(
    make_person: PersonMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    person = at_work(make_person, tmp_path / "project", *SLOW)
    with monkeypatch.context() as patched:
        patched.setattr("gui.shell.action_handlers.confirm", lambda *_: False)
        person.window.close()
    assert person.window.isVisible()
    assert person.session.jobs.running("run") is not None


def test_another_project_waits_until_the_engine_is_at_rest(make_person: PersonMaker, tmp_path: Path) -> None:
    person = at_work(make_person, tmp_path / "project", *SLOW)
    person.window.projects.open_path(new_project(tmp_path / "other").folder)
    assert person.session.project is not None
    assert person.session.project.name == "project"
    assert "Pause it first" in person.window.notice.sentence.text()


def test_an_export_is_written_and_proved(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    add_run(project, exported=False)
    person = make_person()
    person.opens(project.folder)
    page = person.export
    assert page.choice.path == project.exports_folder() / "0001-pso-recovered"
    person.clicks(page.choice.export)
    person.waits_for_rest()
    assert len(person.session.state.checks) == 5
    assert person.window.sidebar.steps.step("export").note == "verified"
    written = (project.exports_folder() / "0001-pso-recovered").as_posix()
    assert f'AutoModelForCausalLM.from_pretrained("{written}")' in page.steps.codes[0]
    assert page.choice.path == project.exports_folder() / "0001-pso-recovered-2"


def test_the_pruned_model_can_be_exported_too(make_person: PersonMaker, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    add_run(project, exported=False)
    person = make_person()
    person.opens(project.folder)
    page = person.export
    person.clicks(next(each for each in page.choice.variants.buttons() if each.property("value") == "pruned"))
    page.choice.folder.setText(str(tmp_path / "elsewhere"))
    person.clicks(page.choice.export)
    person.waits_for_rest()
    assert person.session.state.exports[str(tmp_path / "elsewhere")].variant == "pruned"
