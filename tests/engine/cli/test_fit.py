"""``layerswarm fit`` on a model and on a project."""

from pathlib import Path

from tests.engine.cli.test_commands import typed
from tests.engine.pipeline.cases import small_project
from tests.engine.tiny_models import save_tiny


def test_a_model_is_weighed_against_every_device(tmp_path: Path) -> None:
    save_tiny("llama", tmp_path / "model")
    result = typed(
        "fit", "model", "--remove", "1,4", "--set", "edge.devices=My board:1:2", "--set", "edge.precision=f16"
    )
    assert result.exit_code == 0
    assert "Raspberry Pi 5, 4 GB" in result.stdout
    assert "My board" in result.stdout
    assert "estimates from memory bandwidth" in result.stdout
    assert "without layers 1, 4" in result.stdout


def test_a_project_is_weighed_with_what_its_search_removed(tmp_path: Path) -> None:
    small_project(tmp_path)
    assert "Pruned" not in typed("fit", "project").stdout
    assert typed("run", "project", "--until", "search").exit_code == 0
    assert "Pruned" in typed("fit", "project").stdout


def test_what_is_no_model_is_told_in_one_sentence(tmp_path: Path) -> None:
    result = typed("fit", str(tmp_path / "nothing"))
    assert result.exit_code == 2
    assert "There is no model" in result.stderr
