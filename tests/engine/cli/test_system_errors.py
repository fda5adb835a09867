"""What the operating system refuses is one sentence, like everything else that goes wrong."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.api import files
from engine.api.project import Project
from engine.api.settings import Settings
from engine.cli.main import app, main


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def in_shell(line: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    command = line.replace("layerswarm", f"{sys.executable} -m engine.cli.main")
    return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "project", Settings())
    made.new_run()
    return made


def refuse_writing(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refused(*_args: object) -> None:
        raise OSError(number, "so says the system")

    monkeypatch.setattr(files.os, "fsync", refused)


@pytest.mark.parametrize(
    ("number", "reason", "advice"),
    [
        (errno.ENOSPC, "No space left on device", "free some space there"),
        (errno.EROFS, "Read-only file system", "allow your account"),
        (errno.EACCES, "Permission denied", "allow your account"),
        (errno.EFBIG, "File too large", "FAT32 holds files of less than 4 GB"),
        (errno.ESTALE, '"so says the system"', "the disk or its connection fails"),
    ],
)
@pytest.mark.usefixtures("project")
def test_a_project_that_cannot_be_written_is_named(
    monkeypatch: pytest.MonkeyPatch, number: int, reason: str, advice: str
) -> None:
    refuse_writing(monkeypatch, number)
    result = typed("run", "project", "--set", "search.seed=3")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: project/project.layerswarm: {reason}; ")
    assert advice in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["runs", "report", "best"])
def test_a_journal_that_is_a_folder_is_named(project: Project, command: str) -> None:
    project.runs()[0].journal_path.mkdir()
    result = typed(command, "project")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: project/runs/0001-pso/events.jsonl: Is a directory; ")


def test_a_name_that_is_too_long_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("runs", "x" * 300).stderr.endswith("File name too long; check this path, or choose another folder.\n")
    with pytest.raises(SystemExit) as ending:
        main(["x" * 300])
    assert ending.value.code == 1
    assert "File name too long" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", ["runs project", "--help", "new other --model demo", "--version", "report project --json"]
)
def test_a_full_disk_behind_standard_output_is_told(project: Project, arguments: str) -> None:
    done = in_shell(f"layerswarm {arguments} >/dev/full", project.folder.parent)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: standard output: No space left on device; free some space there")
    assert len(done.stderr.splitlines()) == 1


def test_a_working_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    done = in_shell("mkdir gone; cd gone; rmdir ../gone; layerswarm prune demo --remove 1 --to out", tmp_path)
    assert done.returncode == 1
    assert done.stderr == "Error: The working folder no longer exists; change to one that does.\n"


def test_nobody_reading_on_is_no_error(project: Project) -> None:
    done = in_shell("layerswarm runs project | true; exit ${PIPESTATUS[0]}", project.folder.parent)
    assert done.stderr == ""
