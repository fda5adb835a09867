"""The window opens whatever a project has become, and shows in a sentence what of it cannot be read."""

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.api.project import PROJECT_FILE, Project
from engine.api.settings import Settings
from gui.project.run_loading import load_run
from tests.gui.conftest import SessionMaker


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "project", Settings())
    made.new_run()
    return made


def test_a_journal_with_damaged_lines_is_shown_without_them(project: Project) -> None:
    project.runs()[0].journal_path.write_bytes(b'{"event":"stage_started","stage":"model","seq":1}\n[[[\n')
    loaded = load_run(project, project.settings)
    assert loaded.state.stage == "model"
    assert "1 line cannot be used" in loaded.problem


def test_a_journal_that_is_no_file_is_shown_as_an_empty_run(project: Project) -> None:
    os.mkfifo(project.runs()[0].journal_path)
    loaded = load_run(project, project.settings)
    assert loaded.events == []
    assert loaded.names == ("0001-pso",)
    assert "is a named pipe" in loaded.problem


def test_a_damaged_project_is_mended_and_opened(project: Project, make_session: SessionMaker, qtbot: QtBot) -> None:
    (project.folder / PROJECT_FILE).write_text("{")
    session, problems = make_session(), list[str]()
    session.problem.connect(problems.append)
    assert session.open(project.folder)
    qtbot.waitUntil(lambda: session.project is not None)
    assert len(problems) == 1
    assert "the damaged file is kept as project.damaged.layerswarm" in problems[0]
