"""A project folder: nothing of it is lost, and nothing is written over that should not be."""

import json
import os
from pathlib import Path

import pytest

from engine.api.editing import with_values
from engine.api.errors import BadInput
from engine.api.events import StageStarted
from engine.api.files import write_atomically
from engine.api.journal import Journal
from engine.api.owners import owned_name
from engine.api.project import FORMAT_VERSION, PROJECT_FILE, Project
from engine.api.settings import Settings
from tests.engine.abandoned import abandoned


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "my-model", Settings())


def edit(project: Project, **changes: object) -> None:
    """Change the project file as another program would."""
    path = project.folder / PROJECT_FILE
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_a_project_is_opened_by_its_folder_or_by_its_file(project: Project) -> None:
    for path in (project.folder, project.folder / PROJECT_FILE):
        opened = Project.open(path)
        assert (opened.name, opened.settings, opened.read_only) == ("my-model", Settings(), False)


def test_the_settings_are_saved_as_they_change(project: Project) -> None:
    changed = with_values(project.settings, {"search.seed": 5, "budget.layers": 6})
    project.save(changed)
    assert project.settings == changed
    assert Project.open(project.folder).settings == changed


def test_unknown_keys_are_kept_on_rewriting(project: Project) -> None:
    settings = json.loads((project.folder / PROJECT_FILE).read_text())["settings"]
    settings["search"]["temperature"] = 3
    edit(project, settings=settings, notes={"written by": "hand"})
    opened = Project.open(project.folder)
    opened.save(with_values(opened.settings, {"search.seed": 9}))
    content = json.loads((project.folder / PROJECT_FILE).read_text())
    assert content["notes"] == {"written by": "hand"}
    assert content["settings"]["search"]["temperature"] == 3
    assert content["settings"]["search"]["seed"] == 9


def test_a_newer_format_opens_read_only(project: Project) -> None:
    edit(project, format=FORMAT_VERSION + 1)
    before = (project.folder / PROJECT_FILE).read_bytes()
    newer = Project.open(project.folder)
    assert newer.read_only
    with pytest.raises(BadInput, match="newer LayerSwarm"):
        newer.save(Settings())
    with pytest.raises(BadInput, match="newer LayerSwarm"):
        newer.new_run()
    assert (project.folder / PROJECT_FILE).read_bytes() == before
    assert newer.runs() == []


def test_a_newer_format_with_settings_we_cannot_read_says_so(project: Project) -> None:
    edit(project, format=FORMAT_VERSION + 1, settings={"search": {"objective": "ant"}})
    with pytest.raises(BadInput, match=r"search\.objective.*newer LayerSwarm"):
        Project.open(project.folder)


DAMAGED = ["", "{", "[]", "{}", '{"format": "1"}', '{"format": true}', '{"format": 1, "settings": []}', "\x00"]


@pytest.mark.parametrize("content", [*DAMAGED, pytest.param("[" * 200_000, id="nested too deeply")])
def test_a_damaged_file_is_named(project: Project, content: str) -> None:
    (project.folder / PROJECT_FILE).write_text(content)
    with pytest.raises(BadInput, match=PROJECT_FILE):
        Project.open(project.folder)


def test_a_wrong_setting_is_named_with_its_file(project: Project) -> None:
    edit(project, settings={"search": {"seed": "many"}})
    with pytest.raises(BadInput, match=rf"{PROJECT_FILE}.*search\.seed"):
        Project.open(project.folder)


def test_there_is_no_project_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="layerswarm new"):
        Project.open(tmp_path)


def test_creating_never_writes_over_anything(project: Project, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="already a LayerSwarm project"):
        Project.create(project.folder, Settings())
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    for place in (tmp_path / "full", tmp_path / "full" / "thesis.txt"):
        with pytest.raises(BadInput, match="not an empty folder"):
            Project.create(place, Settings())


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old")

    def fail(_handle: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_copy_holds_everything_and_goes_its_own_way(project: Project, tmp_path: Path) -> None:
    run = project.new_run()
    journal = Journal(run.journal_path)
    journal.append(StageStarted(stage="model"))
    journal.close()
    copy = project.save_as(tmp_path / "copy")
    assert [each.name for each in copy.runs()] == [run.name]
    assert copy.run(run.name).events() == run.events()
    copy.save(with_values(copy.settings, {"search.seed": 3}))
    assert Project.open(project.folder).settings == Settings()


def test_a_copy_is_refused_where_it_would_do_harm(project: Project, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    for place in (tmp_path / "full", tmp_path / "full" / "thesis.txt"):
        with pytest.raises(BadInput, match="not an empty folder"):
            project.save_as(place)
    with pytest.raises(BadInput, match="inside the project"):
        project.save_as(project.folder / "exports" / "copy")


def test_runs_are_numbered_and_keep_their_own_settings(project: Project) -> None:
    first = project.new_run()
    project.save(with_values(project.settings, {"search.algorithm": "woa"}))
    second = project.new_run()
    assert [run.name for run in project.runs()] == ["0001-pso", "0002-woa"]
    assert first.settings.search.algorithm == "pso"
    assert second.settings == project.settings
    assert first.events() == []
    first.discard()
    assert [run.name for run in project.runs()] == ["0002-woa"]
    assert project.new_run().name == "0003-woa"


def test_a_deletion_that_is_killed_leaves_no_half_a_run(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    run, comparison = project.new_run(), project.new_comparison()

    def killed(_folder: Path, **_how: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", killed)
        for each in (run, comparison):
            with pytest.raises(KeyboardInterrupt):
                each.discard()
    assert (project.runs(), project.comparisons()) == ([], [])
    for left in [*(project.folder / "runs").iterdir(), *(project.folder / "comparisons").iterdir()]:
        left.rename(abandoned(left))
    again = project.new_run()
    assert (again.name, again.events()) == (run.name, [])
    assert [path.name for path in (project.folder / "runs").iterdir()] == [run.name], "the rest is gone by now"
    again.discard()
    assert not any((project.folder / "runs").iterdir())


def test_a_run_whose_settings_could_not_be_written_leaves_no_gap(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _content: bytes) -> None:
        _path.parent.mkdir(parents=True)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("engine.api.project.write_atomically", full)
        with pytest.raises(OSError, match="No space"):
            project.new_run()
    assert project.new_run().name.startswith("0001")
    assert [path.name[:4] for path in (project.folder / "runs").iterdir()] == ["0001"]


def test_a_run_that_cannot_be_renamed_is_deleted_all_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "The process cannot access the file")

    run = project.new_run()
    monkeypatch.setattr(Path, "rename", in_use)
    run.discard()
    assert project.runs() == []
    assert not any((project.folder / "runs").iterdir())


def test_an_unknown_run_is_named(project: Project) -> None:
    with pytest.raises(BadInput, match="no run '0007-pso'"):
        project.run("0007-pso")


def test_settings_that_were_saved_before_a_check_existed_stay_without_it(project: Project) -> None:
    assert Project.open(project.folder).settings.evaluation.answer_tokens > 0
    saved = json.loads((project.folder / PROJECT_FILE).read_text())["settings"]
    del saved["evaluation"]["answer_tokens"], saved["compensation"]
    edit(project, settings=saved)
    opened = Project.open(project.folder).settings
    assert opened == with_values(Settings(), {"evaluation.answer_tokens": 0, "compensation.enabled": False})


def test_a_copy_holds_no_temporary_files_and_a_failed_one_leaves_nothing(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.folder / owned_name()).write_bytes(b"half")
    copy = project.save_as(tmp_path / "there" / "copy")
    assert [path.name for path in copy.folder.iterdir()] == ["project.layerswarm"]

    def full(_partial: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.api.project_copy.move_into_place", full)
    with pytest.raises(BadInput, match="No space left on device"):
        project.save_as(tmp_path / "there" / "other")
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["copy"]
