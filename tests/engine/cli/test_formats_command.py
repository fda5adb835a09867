"""``layerswarm formats``, and the formats that a project asks for."""

from pathlib import Path

import pytest

from engine.api.export_targets import BUILT_IN
from engine.api.project import Project
from engine.export.targets import gguf
from tests.engine.cli.test_commands import typed
from tests.engine.pipeline.cases import small_project, state_of
from tests.engine.tiny_models import save_tiny

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm_tools")]


def test_every_format_is_listed_with_what_it_is_for() -> None:
    result = typed("formats")
    assert result.exit_code == 0
    for target in BUILT_IN:
        assert f"{target.key}   {target.explanation}" in result.stdout


def test_what_does_not_suit_a_model_is_said_for_that_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The list of an installed converter, which this test's own cache does not have.
    monkeypatch.setattr(gguf, "known_architectures", lambda _checkout: frozenset({"LlamaForCausalLM"}))
    save_tiny("opt", tmp_path / "model")
    result = typed("formats", "model")
    assert result.exit_code == 0
    assert "llama.cpp does not know models of type 'opt'" in result.stdout
    assert "was not given as a GGUF file" in result.stdout


def test_an_unknown_format_is_answered_with_the_nearest(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path / "model")
    result = typed("prune", "model", "--remove", "1", "--to", "out", "--format", "safetensor")
    assert result.exit_code == 2
    assert "did you mean 'safetensors'" in result.stderr


def test_formats_may_be_named_one_by_one(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path / "model")
    result = typed("prune", "model", "--remove", "1", "--to", "out", "--format", "safetensors", "--format", "gguff")
    assert result.exit_code == 2
    assert "did you mean 'gguf'" in result.stderr


def test_another_format_or_device_does_not_begin_a_new_run(tmp_path: Path) -> None:
    project = small_project(tmp_path, compensation__enabled="false", recovery__enabled="false")
    assert typed("run", "project").exit_code == 0
    before = state_of(project).exports
    assert [event.format for event in before.values()] == ["safetensors"]
    assert typed("run", "project", "--set", "edge.context=100", "--set", "export.variant=pruned").exit_code == 0
    assert len(Project.open(project.folder).runs()) == 1
    assert state_of(project).exports == before, "it is there already"
