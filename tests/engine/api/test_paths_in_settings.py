"""Every setting of text is declared as leading to code, to data or to nothing; relative paths have one meaning."""

from pathlib import Path
from typing import Annotated, get_args

import msgspec
import pytest

from engine.api.commands import AnyCommand
from engine.api.editing import with_values
from engine.api.paths_in_settings import Leads, leads_to, settings_that_lead_to, text_settings
from engine.api.project import Project
from engine.api.settings import Settings

PLACES = {
    "model.source": "models/mine",
    "calibration.path": "text.txt",
    "recovery.path": "text.txt",
    "evaluation.texts": "text.txt",
    "evaluation.task_folder": "tasks",
    "evaluation.data_folder": "data",
    "export.llama_cpp": "llama.cpp",
    "calibration.mix": "self,text.txt:2",
}
CODE_IN_COMMANDS = {"llama_cpp", "task_folder"}
"""Fields of commands that stand for a setting that leads to code."""


def test_no_setting_of_text_is_undeclared() -> None:
    """A new setting must state where it leads; if to code, it is gated by ``test_untrusted_projects.py``."""
    declared = text_settings(Settings)
    assert {key: leads for key, leads in declared.items() if leads not in get_args(Leads)} == {}


def test_settings_that_sound_like_a_place_are_declared_as_one() -> None:
    words = ("path", "folder", "file", "cpp", "binary", "program", "environment", "script", "module", "executable")
    for key, leads in text_settings(Settings).items():
        if any(word in key.rpartition(".")[2] for word in words):
            assert leads in ("code", "data", "source"), f"{key} is declared as {leads}"


def test_the_walk_finds_undeclared_text_at_any_depth_and_in_lists() -> None:
    class Inner(msgspec.Struct):
        tool: tuple[str, ...] | None = None
        known: Annotated[str, msgspec.Meta(extra=leads_to("code"))] = ""
        number: int = 0

    class Outer(msgspec.Struct):
        inner: Inner = msgspec.field(default_factory=Inner)

    assert text_settings(Outer) == {"inner.tool": "", "inner.known": "code"}


def test_commands_name_no_further_code() -> None:
    for command in get_args(AnyCommand):
        fields = {field.name for field in msgspec.structs.fields(command)}
        named = {name for name in fields if any(word in name for word in ("cpp", "task_folder", "tool", "script"))}
        assert named <= CODE_IN_COMMANDS
    assert {key.rpartition(".")[2] for key in settings_that_lead_to(Settings, "code")} == CODE_IN_COMMANDS


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project whose file names its own content by relative paths, as somebody wrote it by hand."""
    folder = tmp_path / "project"
    Project.create(folder, with_values(Settings(), PLACES))
    (folder / "models" / "mine").mkdir(parents=True)
    (folder / "text.txt").write_text("")
    return Project.open(folder)


def test_relative_paths_of_a_project_begin_at_its_folder(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    settings, folder = Project.open(project.folder).settings, str(project.folder)
    assert settings.model.source == f"{folder}/models/mine"
    assert settings.calibration.path == settings.recovery.path == f"{folder}/text.txt"
    assert settings.evaluation.texts == (f"{folder}/text.txt",)
    assert settings.evaluation.task_folder == f"{folder}/tasks"
    assert settings.export.llama_cpp == f"{folder}/llama.cpp"
    assert settings.calibration.mix == ("self", f"{folder}/text.txt:2")


def test_a_run_reads_its_paths_as_its_project_does(project: Project) -> None:
    assert project.new_run().settings == project.settings


def test_a_moved_project_still_names_its_own_content(project: Project, tmp_path: Path) -> None:
    project.save(project.settings)
    run = project.new_run()
    project.folder.rename(tmp_path / "moved")
    moved = Project.open(tmp_path / "moved")
    assert moved.settings.evaluation.texts == (str(tmp_path / "moved" / "text.txt"),)
    assert moved.settings.model.source == str(tmp_path / "moved" / "models" / "mine")
    assert moved.run(run.name).settings == moved.settings


@pytest.mark.parametrize("source", ["demo", "org/name", "/an/absolute/folder", "~/models"])
def test_names_that_are_no_files_of_the_project_stay_as_they_are(tmp_path: Path, source: str) -> None:
    project = Project.create(tmp_path / "project", with_values(Settings(), {"model.source": source}))
    (project.folder / "demo").mkdir()
    assert Project.open(project.folder).settings.model.source == source
