"""The command line shows the names, notes and stars that were given to runs in the window."""

from pathlib import Path

from typer.testing import CliRunner

from engine.api.run_notes import RunNotes, keep_run_notes
from engine.cli.main import app
from tests.gui.projects import add_run, new_project


def test_runs_are_listed_with_what_was_noted_about_them(tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    names = [add_run(project, exported=False), add_run(project, cut_in="search")]
    title = "[b]Without layer 9[/b] \x1b[31m"
    keep_run_notes(project.run(names[0]).folder, RunNotes(title=title, note="Better than\nthe first.", starred=True))
    listed = CliRunner().invoke(app, ["runs", str(project.folder)]).stdout.splitlines()
    assert listed[0].startswith("0001-pso   [b]Without layer 9[/b]")
    assert "\x1b" not in listed[0]
    assert " (starred)   finished, KL " in listed[0]
    assert listed[1:3] == ["    Better than", "    the first."]
    assert listed[3].startswith("0002-pso   not finished")
    shown = CliRunner().invoke(app, ["report", str(project.folder), "--run", names[0]]).stdout
    assert shown.startswith("[b]Without layer 9[/b]")
