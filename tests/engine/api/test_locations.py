"""Names of folders and programs are taken as they are."""

from pathlib import Path

import pytest

from engine.api.locations import given_path, program


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
