"""Names are printed as they are, whatever rich would make of them."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import engine.cli
from engine.cli.main import app


@pytest.mark.parametrize("name", ["t[/x]", "out[v3]", "a:cat:zz"])
def test_a_project_is_told_by_its_name(name: str) -> None:
    result = CliRunner().invoke(app, ["new", name, "--model", "demo"])
    assert result.exit_code == 0
    assert result.stdout == f"{name} is ready; 'layerswarm run {name}' starts it.\n"
    assert f"{name} has no runs yet" in CliRunner().invoke(app, ["runs", name]).stdout


def test_every_command_prints_on_the_plain_console() -> None:
    folder = Path(engine.cli.__file__).parent
    modules = [file for file in folder.glob("*.py") if file.name != "console.py"]
    assert [file.name for file in modules if " Console(" in file.read_text().replace("plain_console(", "")] == []
