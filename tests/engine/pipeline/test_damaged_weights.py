"""A model whose weights are damaged is told as that, in a run and in a comparison."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from engine.api.commands import AnyCommand, CompareSearches, RunProject
from engine.api.editing import with_values
from engine.api.project import Project
from tests.engine.pipeline.cases import Watch, small_project


@pytest.fixture
def damaged(tmp_path: Path) -> Project:
    """The weights of one layer are no numbers."""
    project = small_project(tmp_path, device__dtype="float32")
    file = tmp_path / "model" / "model.safetensors"
    tensors = load_file(file)
    name = next(name for name in tensors if "layers.0." in name and "proj" in name)
    save_file({**tensors, name: torch.full_like(tensors[name], torch.nan)}, file, {"format": "pt"})
    return project


def told(command: AnyCommand) -> str:
    watch = Watch()
    assert watch.do(command) == 2, watch.ending.message
    assert "pattern" not in watch.ending.message
    return watch.ending.message


@pytest.mark.parametrize("compared", [False, True])
def test_a_model_that_computes_no_numbers_is_bad_input(damaged: Project, tmp_path: Path, compared: bool) -> None:
    text = tmp_path / "text.txt"
    text.write_text(" ".join(f"The {number} quick brown foxes jump over lazy dogs." for number in range(400)))
    source: dict[str, object] = {"calibration.source": "file", "calibration.path": str(text), "recovery.enabled": False}
    source["compensation.enabled"] = False
    damaged.save(with_values(damaged.settings, source))
    folder = str(damaged.folder)
    searches = CompareSearches(project=folder, algorithms=("random",), seeds=1)
    message = told(searches if compared else RunProject(project=folder, until="search"))
    assert "the model computes nan or inf in float32; its weights are damaged" in message


def test_a_model_that_can_write_nothing_is_bad_input(damaged: Project) -> None:
    message = told(RunProject(project=str(damaged.folder), until="calibrate"))
    assert message == "The model computes nan or inf; its weights are damaged, or try device.dtype=float32."
