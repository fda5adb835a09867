"""A run whose model does not fit streams its layers through every stage, and finds what a run in memory finds."""

import hashlib
from pathlib import Path

import msgspec
import pytest
import torch

from engine.api.commands import EstimateRun
from engine.api.editing import with_values
from engine.api.events import EstimateMade, MessageLogged
from engine.api.project import Project
from engine.api.settings import Settings
from engine.pipeline.placed_model import memory_beside, run_cost
from engine.sources.resolve import resolve_source
from tests.engine.pipeline.cases import Watch, run, small_project, state_of

TEXT = "\n\n".join(f"The {word} went down to the river {day} times." for word in ("fox", "crane") for day in range(90))


def tight(folder: Path, **values: object) -> Project:
    """A project whose model has room for one layer beside those that are fetched."""
    text = folder / "text.txt"
    folder.mkdir(exist_ok=True)
    text.write_text(TEXT)
    source = {"source": "file", "path": str(text)}
    texts = {f"{part}__{name}": value for part in ("calibration", "recovery") for name, value in source.items()}
    project = small_project(folder, **{"device__dtype": "float32", **texts, **values})
    cost = run_cost(project.settings, resolve_source(project.settings.model.source, "main", lambda *_: None))
    beside = memory_beside(cost, "cpu", torch.float32)
    layers = [4 * each for each in cost.sizes.layer_parameters]
    limit = beside + 4 * cost.sizes.parameters - sum(layers) + 4 * max(layers) + 1
    return _saved(project, with_values(project.settings, {"device.memory_megabytes": limit / 1e6}))


def _saved(project: Project, settings: Settings) -> Project:
    return Project.create(project.folder.with_name("tight"), settings)


def weights_of(project: Project) -> str:
    (file,) = (project.folder / "exports").rglob("model.safetensors")
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.slow
def test_a_streamed_run_finds_measures_and_exports_the_same(tmp_path: Path) -> None:
    streamed = tight(tmp_path)
    whole = Project.create(tmp_path / "whole", with_values(streamed.settings, {"device.memory_megabytes": 0.0}))
    watch = run(streamed)
    run(whole)
    found, expected = state_of(streamed), state_of(whole)
    assert found.search is not None
    assert expected.search is not None
    assert (found.search.removed, found.search.fitness) == (expected.search.removed, expected.search.fitness)
    for variant in ("dense", "pruned", "compensated", "recovered"):
        if variant in expected.evaluated:
            assert found.evaluated[variant].heldout_kl == expected.evaluated[variant].heldout_kl
    assert weights_of(streamed) == weights_of(whole)
    sentences = [event.message for event in watch.events if isinstance(event, MessageLogged)]
    assert any("5 layers of 6 are fetched from disk each time that they are applied" in each for each in sentences)
    assert any("speed is not timed" in each for each in sentences)


def test_the_estimate_states_what_is_fetched(tmp_path: Path) -> None:
    watch = Watch()
    watch.do(EstimateRun(settings=msgspec.to_builtins(tight(tmp_path).settings), device="cpu"))
    (estimate,) = (event for event in watch.events if isinstance(event, EstimateMade))
    assert estimate.streamed_layers == 5
    assert estimate.read_seconds > 0
    assert estimate.memory_needed <= estimate.memory_free
