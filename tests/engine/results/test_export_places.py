"""An export is found again in a project that was moved or copied."""

from pathlib import Path

from engine.api.project import Project
from engine.api.settings import Settings
from engine.results.export_places import export_place


def project_with_export(folder: Path) -> Project:
    project = Project.create(folder, Settings())
    (project.exports_folder() / "all" / "gguf-q8_0").mkdir(parents=True)
    return project


def test_an_export_is_in_the_place_that_the_project_was_moved_to(tmp_path: Path) -> None:
    project = project_with_export(tmp_path / "old")
    written = str(project.exports_folder() / "all" / "gguf-q8_0")
    assert export_place(written, project.folder) == Path(written)
    moved = project.folder.rename(tmp_path / "new")
    assert export_place(written, moved) == moved / "exports" / "all" / "gguf-q8_0"


def test_a_copy_of_the_project_has_an_export_of_its_own(tmp_path: Path) -> None:
    project = project_with_export(tmp_path / "old")
    written = str(project.exports_folder() / "all" / "gguf-q8_0")
    copy = project.save_as(tmp_path / "copy")
    assert export_place(written, copy.folder) == copy.exports_folder() / "all" / "gguf-q8_0"


def test_an_export_elsewhere_stays_there_and_a_lost_one_keeps_its_name(tmp_path: Path) -> None:
    project = project_with_export(tmp_path / "project")
    elsewhere = tmp_path / "exports" / "all"
    elsewhere.mkdir(parents=True)
    assert export_place(str(elsewhere), project.folder) == elsewhere
    for lost in (tmp_path / "lost", tmp_path / "exports" / "lost", tmp_path / "gone" / "exports"):
        assert export_place(str(lost), project.folder) == lost
