"""Which run a project goes on with: whatever a run has made stays, and nobody works in another's run."""

from pathlib import Path

import pytest

from engine.api.editing import with_values
from engine.api.errors import BadInput
from engine.api.project import Project
from engine.api.settings import Settings
from engine.pipeline.run_choice import choose_run


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "project", Settings())


def change(project: Project) -> None:
    project.save(with_values(project.settings, {"search.seed": project.settings.search.seed + 1}))


@pytest.mark.parametrize(
    "made", ["recovery/merged.safetensors", "evaluation/dense.json", "windows.safetensors", "recovery/.checkpoint"]
)
def test_a_run_that_has_made_anything_stays_whatever_its_journal_says(project: Project, made: str) -> None:
    latest = project.new_run()
    latest.journal_path.write_bytes(b"")
    (latest.folder / made).parent.mkdir(exist_ok=True)
    (latest.folder / made).write_text("hours of work")
    change(project)
    assert choose_run(project, new_run=False).name == "0002-pso"
    assert (latest.folder / made).read_text() == "hours of work"


def test_a_run_that_has_made_nothing_makes_room(project: Project) -> None:
    latest = project.new_run()
    latest.journal_path.write_bytes(b"")
    (latest.folder / "recovery" / "lessons").mkdir(parents=True)
    change(project)
    assert choose_run(project, new_run=False).name == "0001-pso"
    assert not (latest.folder / "recovery").exists()


def test_a_run_goes_on_after_others_that_have_made_nothing(project: Project) -> None:
    first, before = project.new_run(), project.settings
    (first.folder / "windows.safetensors").write_text("hours of work")
    for _ in range(2):
        change(project)
        project.new_run()
    project.save(before)
    assert choose_run(project, new_run=False).name == first.name
    assert [run.name for run in project.runs()] == [first.name]


def test_what_a_killed_deletion_has_left_is_no_new_runs_place(project: Project) -> None:
    first = project.new_run()
    first.journal_path.write_text("an old journal\n")
    (first.folder / "settings.json").unlink()
    for begun, name in ((choose_run(project, new_run=False), "0002-pso"), (project.new_comparison(), "0001")):
        assert begun.name == name
        assert not begun.journal_path.exists()
        begun.journal_path.write_text("an old journal\n")
        (begun.folder / "settings.json").unlink()
    assert project.new_comparison().name == "0002"


def test_an_empty_folder_keeps_no_number(project: Project) -> None:
    (project.new_comparison().folder / "settings.json").unlink()
    assert project.new_comparison().name == "0001"


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"search": 3}', '{"evaluation": {"texts": 3}}'])
def test_damaged_settings_of_a_run_are_named_with_the_way_on(project: Project, content: str) -> None:
    file = project.new_run().folder / "settings.json"
    file.write_text(content)
    with pytest.raises(BadInput) as refused:
        choose_run(project, new_run=False)
    assert str(file) in str(refused.value)
    assert "--new-run" in str(refused.value)
    assert choose_run(project, new_run=True).settings == project.settings
