"""A project that was moved or copied has its own exports, not those of the folder that it came from."""

import shutil
from pathlib import Path

import pytest

from engine.api.project import Project
from tests.engine.pipeline.cases import run, small_project, state_of

pytestmark = pytest.mark.slow


def latest_export(project: Project) -> Path:
    return Path(list(state_of(project).exports)[-1])


def test_a_copy_makes_its_own_export_and_only_once(tmp_path: Path) -> None:
    original = small_project(tmp_path, recovery__enabled=False)
    run(original)
    copy = original.save_as(tmp_path / "copy")
    assert str(copy.exports_folder()) in run(copy).ending.message
    made = latest_export(copy)
    assert (made / "model.safetensors").is_file()
    exports = sorted(copy.exports_folder().iterdir())
    run(copy)
    assert sorted(copy.exports_folder().iterdir()) == exports


def test_a_project_that_was_moved_has_its_export_where_it_is_now(tmp_path: Path) -> None:
    project = small_project(tmp_path, recovery__enabled=False)
    run(project)
    moved = Project.open(shutil.move(project.folder, tmp_path / "moved"))
    assert str(moved.exports_folder()) in run(moved).ending.message
    assert (latest_export(moved) / "model.safetensors").is_file()


def test_an_export_elsewhere_counts_wherever_the_project_is(tmp_path: Path) -> None:
    project = small_project(tmp_path, recovery__enabled=False)
    run(project)
    elsewhere = tmp_path / "models" / "small"
    shutil.move(latest_export(project), elsewhere)
    journal = project.runs()[-1].journal_path
    journal.write_text(journal.read_text().replace(str(project.exports_folder() / "0001-pso"), str(elsewhere)))
    copy = project.save_as(tmp_path / "copy")
    for each in (project, copy):
        run(each)
        assert latest_export(each) == elsewhere
