"""The window asks once, by name, before code that a project names may run; and it shows that it works offline."""

import os
import threading
from pathlib import Path

import pytest

from engine.api import offline
from engine.api.editing import with_values
from engine.api.project import Project
from engine.api.settings import Settings
from engine.api.socket_guard import VARIABLE, is_offline
from engine.api.trust import CodePlace, untrusted
from tests.gui.conftest import PersonMaker
from tests.gui.projects import new_project


@pytest.fixture(autouse=True)
def _own_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for module in ("trust", "offline"):
        monkeypatch.setattr(f"engine.api.{module}.config_folder", lambda: tmp_path / "config")


@pytest.fixture
def hostile(tmp_path: Path) -> Project:
    project = new_project(tmp_path / "project")
    (project.folder / "tasks").mkdir()
    (project.folder / "tasks" / "helpers.py").write_text("")
    project.save(with_values(project.settings, {"evaluation.task_folder": "tasks"}))
    return project


@pytest.mark.slow
def test_a_run_asks_once_and_again_when_the_code_has_changed(
    make_person: PersonMaker, hostile: Project, questions: list[str]
) -> None:
    person, tasks = make_person(), hostile.folder / "tasks"
    person.opens(hostile.folder)
    for expected in (1, 1):
        person.clicks(person.window.bar.start)
        person.waits_for_rest()
        assert questions == [f"Run code from {tasks}?"] * expected
    (tasks / "more.py").write_text("")
    person.clicks(person.window.bar.start)
    person.waits_for_rest()
    assert len(questions) == 2


def test_without_the_answer_yes_nothing_starts(
    make_person: PersonMaker, hostile: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make_person()
    monkeypatch.setattr("gui.shell.action_handlers.confirm", lambda *_words: False)
    person.opens(hostile.folder)
    for start in (person.window.runs.start, person.session.start):
        start()
        person.waits_for_rest()
        assert person.session.jobs.main is None
    assert person.window.notice.sentence.text().endswith("tasks may not run code.")
    assert hostile.runs() == []


def test_every_job_that_may_run_code_of_a_project_asks_first() -> None:
    """A page that starts such a job itself must do so by ``start_trusted``."""
    root = Path(__file__).parents[3] / "gui"
    for file in root.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for command in ('jobs.start("run"', 'jobs.start("export"'):
            assert command not in text, file
        for command in ("RunProject(", "ExportRun(", "CompareSearches("):
            assert command not in text or "start_trusted(" in text, file


def test_the_window_goes_on_while_the_code_is_read_and_starts_nothing_of_a_project_left_meanwhile(
    make_person: PersonMaker, hostile: Project, monkeypatch: pytest.MonkeyPatch, questions: list[str], tmp_path: Path
) -> None:
    person, other, may_read = make_person(), new_project(tmp_path / "other"), threading.Event()
    readers: list[int] = []

    def slow(settings: Settings) -> tuple[CodePlace, ...]:
        readers.append(threading.get_ident())
        assert may_read.wait(30)
        return untrusted(settings)

    monkeypatch.setattr("gui.project.code_trust.untrusted", slow)
    person.opens(hostile.folder)
    person.session.start()
    assert person.session.code_trust.is_checking, "it returns before the code has been read"
    person.session.open(other.folder)
    person.qtbot.waitUntil(lambda: person.session.project is not None and person.session.project.folder == other.folder)
    may_read.set()
    person.waits_for_rest()
    assert threading.get_ident() not in readers
    assert questions == [], "the project is no longer open"
    assert person.session.jobs.main is None
    assert hostile.runs() == other.runs() == []


def test_working_offline_is_a_state_of_the_window_and_of_its_engines(
    make_person: PersonMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dict(os.environ)
    person = make_person()
    action, sign = person.window.actions_.offline, person.window.bar.offline
    try:
        assert not sign.isVisibleTo(person.window.bar)
        action.trigger()
        assert is_offline()
        assert sign.isVisibleTo(person.window.bar)
        assert offline.kept_choice()
        action.trigger()
        assert not is_offline()
        assert not sign.isVisibleTo(person.window.bar)
        assert not offline.kept_choice()
        assert {name: os.environ.get(name) for name in before} == before
        assert VARIABLE not in os.environ
    finally:
        offline.go_online()
