"""A run that recovers by local distillation: whole, streamed, refused, estimated."""

from pathlib import Path

import msgspec
import pytest
import torch

from engine.api.commands import EstimateRun, RunProject
from engine.api.editing import with_values
from engine.api.events import EstimateMade, ExportVerified, RecoveryStepped
from engine.api.project import Project
from engine.pipeline.placed_model import memory_beside, run_cost, training_that_fits
from engine.sources.resolve import resolve_source
from tests.engine.pipeline.cases import Watch, run, small_project, state_of
from tests.engine.pipeline.test_streamed_run import tight, weights_of

LOCAL = {"recovery__method": "local", "recovery__learning_rate": 6e-3}


@pytest.mark.slow
def test_a_whole_run_exports_what_it_has_recovered_and_a_streamed_one_the_same(tmp_path: Path) -> None:
    streamed = tight(tmp_path, **LOCAL, recovery__train_norms=True)
    whole = Project.create(tmp_path / "whole", with_values(streamed.settings, {"device.memory_megabytes": 0.0}))
    for project in (streamed, whole):
        watch = run(project)
        state = state_of(project)
        assert state.recovery is not None
        assert state.recovery.helped
        assert state.trains_locally
        assert list(state.evaluated)[-1] == "recovered"
        assert [export.variant for export in state.exports.values()] == ["recovered"]
        assert all(check.passed for check in watch.of(ExportVerified))  # type: ignore[attr-defined]
    assert weights_of(streamed) == weights_of(whole)


@pytest.mark.slow
def test_an_estimate_that_does_not_fit_by_lora_names_the_method_that_does(tmp_path: Path) -> None:
    lora = {"recovery__rank": 1024, "recovery__pass_windows": 1}
    project = small_project(tmp_path, device__dtype="float32", **lora)
    source = resolve_source(project.settings.model.source, "main", lambda *_: None)
    local = run_cost(with_values(project.settings, {"recovery.method": "local"}), source)
    layers = [4 * each for each in local.sizes.layer_parameters]
    least = memory_beside(local, "cpu", torch.float32) + 4 * local.sizes.parameters - sum(layers) + 3 * max(layers)
    settings = with_values(project.settings, {"device.memory_megabytes": (least + 1) / 1e6})
    assert training_that_fits(run_cost(settings, source), "cpu", torch.float32) == ("recovery.method=local",)
    watch = Watch()
    watch.do(EstimateRun(settings=msgspec.to_builtins(settings), device="cpu"))
    (estimate,) = watch.of(EstimateMade)
    assert isinstance(estimate, EstimateMade)
    assert estimate.fits_with == ("recovery.method=local",)
    refused = Watch()
    tight_project = Project.create(tmp_path / "tight", settings)
    assert refused.do(RunProject(project=str(tight_project.folder), until="export")) == 1
    assert "set recovery.method=local, with which it fits, or choose another device" in refused.ending.message


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("recovery__four_bit", True, "Set recovery.four_bit=false, or recovery.method=lora."),
        ("recovery__processes", 2, "Set recovery.processes=1, or recovery.method=lora."),
        ("recovery__train_head", True, "Set recovery.train_head=false, or recovery.method=lora."),
    ],
)
def test_what_only_lora_can_do_is_refused_before_any_work(
    setting: str, value: object, words: str, tmp_path: Path
) -> None:
    watch, project = Watch(), small_project(tmp_path, **LOCAL, **{setting: value})
    assert watch.do(RunProject(project=str(project.folder), until="export")) == 2
    assert words in watch.ending.message
    assert not watch.of(RecoveryStepped)
