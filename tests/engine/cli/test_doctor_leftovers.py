"""The doctor lists what killed processes have left, and removes it on request."""

import io
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from engine.api import owners
from engine.api.owners import owned_name
from engine.cli.main import app
from tests.engine.abandoned import abandoned


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("LAYERSWARM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("engine.cli.model_commands.diagnose", list)
    monkeypatch.setattr("engine.cli.model_commands.plain_console", lambda: Console(file=_output(), width=1000))


_printed = io.StringIO()


def _output() -> io.StringIO:
    return _printed


def doctor(*arguments: str) -> tuple[int, str]:
    _printed.seek(0)
    _printed.truncate()
    result = CliRunner().invoke(app, ["doctor", *arguments])
    return result.exit_code, _printed.getvalue()


def leave(folder: Path, size: int) -> Path:
    left = abandoned(folder / owned_name())
    left.mkdir(parents=True)
    (left / "model.safetensors").write_bytes(b"x" * size)
    return left


def test_nothing_left_is_a_finding_without_advice() -> None:
    code, printed = doctor()
    assert code == 0
    assert "none" in printed
    assert "--clean" not in printed


def test_leftovers_are_listed_with_their_sizes_and_removed_on_request(tmp_path: Path) -> None:
    left = [leave(tmp_path / "cache" / "gguf", 3_000_000), leave(tmp_path / "here", 2000)]
    earlier = tmp_path / "here" / ".small.part"
    earlier.mkdir()
    (earlier / "config.json").write_text("{}")
    code, printed = doctor()
    assert code == 0
    assert "3.0 MB" in printed.replace("\u202f", " ").replace("\u00a0", " ")
    assert all(str(each) in printed for each in (*left, earlier))
    assert printed.index(str(left[0])) < printed.index(str(left[1]))
    assert "--clean" in printed
    assert all(each.exists() for each in (*left, earlier))
    code, printed = doctor("--clean")
    assert code == 0
    assert "3 leftovers removed" in printed
    assert not any(each.exists() for each in (*left, earlier))
    assert "Nothing was left to remove" in doctor("--clean")[1]


def test_a_part_of_the_hubs_library_is_listed_and_removed_on_request(tmp_path: Path) -> None:
    part = tmp_path / "hub" / "models--maker--small" / "blobs" / f"{'0' * 40}.0123abcd.incomplete"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"half")
    assert f"{part}  (of the Hub's library)" in doctor()[1]
    assert part.exists()
    assert doctor("--clean")[0] == 0
    assert not part.exists()


def test_a_project_is_searched_as_a_whole(tmp_path: Path) -> None:
    project = tmp_path / "project"
    left = leave(project / "runs" / "0001-pso" / "recovery", 100)
    (project / "project.layerswarm").write_text("{}")
    assert str(left) in doctor(str(project))[1]
    assert doctor(str(project), "--clean")[0] == 0
    assert not left.exists()


def test_what_another_computer_left_is_listed_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(owners, "_this_host", lambda: "other-0123abcd")
        left = leave(tmp_path / "here", 100)
    assert "of another computer" in doctor()[1]
    doctor("--clean")
    assert left.exists()


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert doctor(str(tmp_path / "nowhere"))[0] == 2
