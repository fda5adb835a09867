"""Names of folders and programs are taken as they are."""

import os
from pathlib import Path

import pytest

from engine.api.locations import given_path, program, program_on_path


@pytest.mark.parametrize("name", ["plain", "with:colon", "with;semicolon", "with space", "[b]{c}*?"])
def test_a_program_is_found_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    assert program(folder, "tool") is None
    (folder / "tool").write_text("#!/bin/sh")
    assert program(folder, "tool") is None, "it may not be run"
    (folder / "tool").chmod(0o755)
    assert program(folder, "tool") == str(folder / "tool")


def test_a_tilde_is_a_home_folder_only_where_there_is_such_an_account() -> None:
    assert given_path("~/models") == Path.home() / "models"
    assert given_path("~nobody-of-this-name/models") == Path("~nobody-of-this-name/models")


def test_a_program_is_looked_for_on_the_path_and_not_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    for folder in (tmp_path, tmp_path / "bin"):
        (folder / "tool").write_text("#!/bin/sh")
        (folder / "tool").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    for entries in (".", "", "bin", f".{os.pathsep}"):
        monkeypatch.setenv("PATH", entries)
        assert program_on_path("tool") is None
    monkeypatch.setenv("PATH", os.pathsep.join((".", str(tmp_path / "bin"))))
    assert program_on_path("tool") == str(tmp_path / "bin" / "tool")
