"""A run whose model does not fit streams its layers through every stage, and finds what a run in memory finds."""

import hashlib
from pathlib import Path

import msgspec
import pytest
import torch

from engine.api.commands import EstimateRun, EvaluateModel, RunProject
from engine.api.editing import with_values
from engine.api.events import EstimateMade, ExportVerified, MessageLogged, TextEvaluated
from engine.api.project import Project
from engine.api.settings import Settings
from engine.models import placement
from engine.models.placement import Placement
from engine.pipeline import model_jobs, placed_model, run_windows
from engine.pipeline.cost import LIBRARIES
from engine.pipeline.placed_model import memory_beside, placement_of, run_cost
from engine.pipeline.window_file import load_windows
from engine.sources.resolve import resolve_source
from tests.engine.export.gguf_cases import with_sentencepiece
from tests.engine.pipeline.cases import Watch, run, scored, small_project, state_of
from tests.engine.tiny_models import save_tiny

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


def exported(project: Project) -> tuple[dict[str, str], list[tuple[str, str, float | None]]]:
    """Run a project; the digests of its model's files, and of each check its format, its name and the KL found."""
    checks = [event for event in run(project).events if isinstance(event, ExportVerified)]
    assert all(check.passed for check in checks)
    files = [file for file in (project.folder / "exports").rglob("*") if file.suffix in (".gguf", ".onnx", ".data")]
    digests = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    return digests, [(check.format, check.check, check.figures.get("kl")) for check in checks]


def sentences(watch: Watch) -> list[str]:
    return [event.message for event in watch.events if isinstance(event, MessageLogged)]


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
    assert any(
        "5 of 6 layers are fetched from disk each time that they are applied" in each for each in sentences(watch)
    )
    assert any("speed is not timed" in each for each in sentences(watch))


@pytest.mark.slow
@pytest.mark.usefixtures("warm_tools")
def test_a_streamed_run_writes_the_same_gguf_and_onnx(tmp_path: Path) -> None:
    """To the last bit, and the comparison with the pruned model in each runtime finds the same KL."""
    for package in ("xllamacpp", "onnxscript"):
        pytest.importorskip(package, reason="optional: pip install 'layerswarm[gguf-export,onnx]'")
    with_sentencepiece("llama", tmp_path / "model")
    streamed = tight(tmp_path, export__formats=("gguf:f16", "onnx:fp32"), recovery__enabled=False)
    whole = Project.create(tmp_path / "whole", with_values(streamed.settings, {"device.memory_megabytes": 0.0}))
    found, expected = exported(streamed), exported(whole)
    assert found == expected
    assert {Path(name).suffix for name in found[0]} >= {".gguf", ".onnx"}
    compared = {form for form, check, kl in found[1] if check == "kl" and kl is not None}
    assert compared == {"gguf:f16", "onnx:fp32"}


def test_a_run_goes_on_with_another_limit_and_finds_the_same(tmp_path: Path) -> None:
    """Its first stages in memory, its search streamed: no score is measured twice, and the whole run is one run."""
    streamed = tight(tmp_path)
    limit = streamed.settings.device.memory_megabytes
    whole = Project.create(tmp_path / "whole", with_values(streamed.settings, {"device.memory_megabytes": 0.0}))
    expected = Project.create(tmp_path / "expected", whole.settings)
    run(whole, until="analyse")
    whole.save(with_values(whole.settings, {"device.memory_megabytes": limit, "device.offload": "disk"}))
    resumed = run(Project.open(whole.folder), until="search")
    assert any("fetched from disk" in each for each in sentences(resumed))
    assert not any("fetched from disk" in each for each in sentences(run(whole, until="search")))  # nothing to do
    run(expected, until="search")
    assert len(whole.runs()) == 1
    found, wanted = state_of(whole).search, state_of(expected).search
    assert found is not None
    assert wanted is not None
    assert (found.removed, found.fitness) == (wanted.removed, wanted.fitness)
    assert sorted(scored(whole)) == sorted(scored(expected))


def test_the_estimate_states_what_is_fetched(tmp_path: Path) -> None:
    watch = Watch()
    watch.do(EstimateRun(settings=msgspec.to_builtins(tight(tmp_path).settings), device="cpu"))
    (estimate,) = (event for event in watch.events if isinstance(event, EstimateMade))
    assert estimate.streamed_layers == 5
    assert estimate.read_seconds > 0
    assert estimate.memory_needed <= estimate.memory_free


def test_other_plans_are_estimated_with_the_first_and_one_that_cannot_be_met_is_left_out(tmp_path: Path) -> None:
    settings = small_project(tmp_path).settings
    plans = [with_values(settings, values) for values in ({"budget.layers": 99}, {"recovery.steps": 4000})]
    watch = Watch()
    watch.do(
        EstimateRun(settings=msgspec.to_builtins(settings), device="cpu", others=tuple(map(msgspec.to_builtins, plans)))
    )
    first, longer = (event for event in watch.events if isinstance(event, EstimateMade))
    assert (first.plan, longer.plan) == (0, 2)
    assert longer.seconds["recover"] > first.seconds["recover"]


def test_a_run_that_takes_more_than_a_day_warns_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may be there to answer a question."""
    monkeypatch.setattr("engine.results.plan_estimate.LONG_SECONDS", 0.0)
    monkeypatch.setattr("engine.pipeline.estimate.LONG_SECONDS", 0.0)
    project = small_project(tmp_path)
    said = [each for each in sentences(run(project, until="evaluate")) if "This plan takes about" in each]
    assert len(said) == 1
    assert not any("This plan takes" in each for each in sentences(run(project, until="evaluate")))


@pytest.mark.parametrize(("setting", "value"), [("train_norms", True), ("adapter", "dora")])
def test_a_training_that_needs_the_whole_model_is_refused_before_any_work(
    setting: str, value: object, tmp_path: Path
) -> None:
    watch, project = Watch(), tight(tmp_path, **{f"recovery__{setting}": value})
    assert watch.do(RunProject(project=str(project.folder), until="export")) == 2
    assert f"recovery.{setting}={'true' if value is True else value} needs the whole model" in watch.ending.message
    assert state_of(project).stages_finished == {}


def test_a_model_without_a_project_is_measured_with_its_layers_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_tiny("llama", tmp_path / "model")
    (tmp_path / "text.txt").write_text(TEXT)
    found = []
    for streamed in ((), (0, 2, 3)):
        monkeypatch.setattr(model_jobs, "choose_placement", lambda *_, streamed=streamed: Placement(streamed))
        watch = Watch()
        command = EvaluateModel(source=str(tmp_path / "model"), texts=(str(tmp_path / "text.txt"),), device="cpu")
        assert watch.do(command) == 0, watch.ending.message
        assert any("3 of 6 layers are fetched from disk" in each for each in sentences(watch)) == bool(streamed)
        found.append(watch.of(TextEvaluated))
    assert found[0] == found[1] != []


def test_a_model_without_a_project_is_refused_with_what_its_command_can_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_tiny("llama", tmp_path / "model")
    monkeypatch.setattr(placement, "free_memory", lambda _device: 10**6)
    watch = Watch()
    assert watch.do(EvaluateModel(source=str(tmp_path / "model"), device="cpu")) == 1
    assert "choose another device (--device), or close other programs" in watch.ending.message
    assert "calibration" not in watch.ending.message


def test_the_windows_are_said_to_be_from_the_text_that_was_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A streamed model does not write its own text; a run that was killed in between still knows."""
    project = tight(tmp_path, calibration__source="self", recovery__source="self")
    text = str(tmp_path / "text.txt")
    monkeypatch.setattr(run_windows, "_CALIBRATION", (text,))
    monkeypatch.setattr(run_windows, "_RECOVERY", (text,))
    run(project, until="calibrate")
    kept = load_windows(project.runs()[-1].folder / "windows.safetensors")
    assert kept is not None
    assert kept.source == f"mix: {text}"
    found = state_of(project).calibration
    assert found is not None
    assert found.source == kept.source


def test_more_memory_than_there_is_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_values(tight(tmp_path).settings, {"device.memory_megabytes": 1e8})
    cost = run_cost(settings, resolve_source(settings.model.source, "main", lambda *_: None))
    assert not placement_of(cost, "cpu", torch.float32).streamed
    layers = cost.sizes.layer_parameters
    room = memory_beside(cost, "cpu", torch.float32) - LIBRARIES + 4 * (cost.sizes.parameters - max(layers))
    for module in (placement, placed_model):
        monkeypatch.setattr(module, "free_memory", lambda _device: round(room / 0.9))
    assert placement_of(cost, "cpu", torch.float32).streamed
