"""Every bad input is answered in one sentence and an exit code; nothing is written, and no memory is eaten."""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.api.project import Project
from engine.cli.main import app, routed
from tests.engine.cli.bad_inputs import TABLE, BadInput, files_in
from tests.engine.pipeline.cases import small_project

pytestmark = pytest.mark.slow

_MOST_MEMORY = 2 * 2**20
"""Kilobytes that all rows together may add to the peak of the process."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a sound model, and a project on it with a run."""
    place = tmp_path_factory.mktemp("sound")
    small_project(place).new_run()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield place
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < _MOST_MEMORY


@pytest.fixture
def place(sound: Path, tmp_path: Path) -> Path:
    """The same in a folder of the test, as links: who changes a file writes a new one."""
    for file in sound.rglob("*"):
        if file.is_file():
            copy = tmp_path / file.relative_to(sound)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    project = Project.open(tmp_path / "project")
    project.save(project.settings)
    return tmp_path


@pytest.mark.parametrize("row", TABLE, ids=[row.name for row in TABLE])
def test_a_bad_input_is_answered_in_a_sentence(row: BadInput, place: Path) -> None:
    row.make(place)
    before = files_in(place)
    result = CliRunner().invoke(app, routed(row.arguments))
    said = " ".join(result.stderr.split())
    assert row.words in said
    assert result.exit_code == row.code
    assert "Traceback" not in result.output
    assert "Something unexpected" not in result.output
    assert files_in(place) == before


def test_the_table_is_large_and_has_no_row_twice() -> None:
    assert len(TABLE) >= 150
    assert len({row.name for row in TABLE}) == len(TABLE)
