"""``layerswarm try`` as a person types it."""

import json
from pathlib import Path

import pytest

from tests.engine.cli.test_commands import typed, warm_process
from tests.engine.pipeline.cases import run, small_project

pytestmark = pytest.mark.slow


def test_a_prompt_and_what_the_models_write_after_it(tmp_path: Path) -> None:
    project = small_project(tmp_path, recovery__enabled=False)
    assert "no run with a removal set" in typed("try", "project", "--prompt", "Once").stderr
    run(project, until="search")
    result = typed("try", "project", "--prompt", "Once", "--tokens", "6", "--no-chat")
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if line in ("Dense", "Pruned")] == ["Dense", "Pruned"]
    assert result.stderr.count("tokens/s") == 2
    assert "'best' is none of them" in typed("try", "project", "--prompt", "Once", "--variants", "best").stderr
    assert typed("try", "project", "--prompt", "Once", "--temperature", "3").exit_code == 2


def test_the_pieces_as_json(tmp_path: Path) -> None:
    project = small_project(tmp_path, recovery__enabled=False)
    run(project, until="search")
    with warm_process("try", str(project.folder), "--prompt", "Once", "--tokens", "4", "--json") as trying:
        events = [json.loads(line) for line in trying.stdout]
    assert [each["variant"] for each in events if each.get("done")] == ["dense", "pruned"]
