"""A run: every stage real, nothing done twice, the export what was promised."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
import torch
from transformers import AutoModelForCausalLM

from engine.api.commands import ExportRun, RunProject
from engine.api.editing import with_values
from engine.api.events import (
    STAGES,
    BaselineScored,
    CalibrationPrepared,
    DurationsPredicted,
    Event,
    ExportVerified,
    MessageLogged,
    RecoveryStepped,
    RunFinished,
    Stage,
    StageFinished,
    StageProgressed,
)
from engine.api.project import Project
from engine.api.run_state import RunState
from engine.models.loading import load_model
from engine.models.sizes import measure_sizes
from engine.models.surgery import remove_layers
from engine.pipeline.window_file import load_windows
from tests.engine.pipeline.cases import Watch, run, scored, small_project, state_of
from tests.engine.tiny_models import LAYERS

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("shared_texts")]


@dataclass(frozen=True)
class Finished:
    """A run to the end: what it said and what its journal held then."""

    project: Project
    watch: Watch
    journal: list[Event]

    @property
    def state(self) -> RunState:
        return RunState.replay(self.journal)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    folder = tmp_path_factory.mktemp("finished")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LAYERSWARM_CACHE", str(folder / "cache"))
        project = small_project(folder)
        watch = run(project)
    return Finished(project, watch, list(project.runs()[-1].events()))


def test_every_stage_is_done_once_and_in_order(finished: Finished) -> None:
    stages = [event for event in finished.watch.events if isinstance(event, StageFinished)]
    assert [event.stage for event in stages] == list(STAGES)
    assert not any(event.reused for event in stages)
    assert finished.watch.ending.outcome == "finished"


def test_the_journal_tells_all_that_was_said_but_progress(finished: Finished) -> None:
    journalled = [msgspec.structs.replace(event, seq=0, time=0.0, elapsed=0.0) for event in finished.journal]
    said = [event for event in finished.watch.events if not isinstance(event, StageProgressed | DurationsPredicted)]
    assert [msgspec.structs.replace(event, seq=0, time=0.0, elapsed=0.0) for event in said] == journalled


def test_the_rest_of_the_run_is_predicted_once_its_work_is_known(finished: Finished) -> None:
    (predicted,) = [event for event in finished.watch.events if isinstance(event, DurationsPredicted)]
    assert "model" not in predicted.seconds
    assert {"calibrate", "analyse", "search", "evaluate", "export"} <= predicted.seconds.keys()
    assert all(seconds >= 0 for seconds in predicted.seconds.values())


def test_baselines_are_scored_on_the_windows_of_the_answer_before_the_search(finished: Finished) -> None:
    baselines = [event for event in finished.journal if isinstance(event, BaselineScored)]
    assert {each.baseline for each in baselines} >= {"block_influence", "analysis"}
    state = finished.state
    assert state.search is not None
    assert state.calibration is not None
    assert {each.level for each in baselines} == {state.search.level} == {state.calibration.windows}
    assert {len(each.removed) for each in baselines} == {len(state.search.removed)}
    assert all(math.isfinite(each.fitness) for each in baselines)


@pytest.mark.parametrize("family", ["llama", "gemma3", "gpt2"])
def test_the_export_is_the_pruned_model(tmp_path: Path, family: str) -> None:
    project = small_project(tmp_path, family, compensation__enabled=False, recovery__enabled=False)
    run(project)
    state = state_of(project)
    assert state.search is not None
    (export,) = state.exports.values()
    assert export.variant == "pruned"
    assert export.parameters == measure_sizes(tmp_path / "model").after(state.search.removed)[0]
    reloaded = AutoModelForCausalLM.from_pretrained(export.folder, dtype=torch.float32)
    assert reloaded.config.num_hidden_layers == LAYERS - 2
    assert sum(parameter.numel() for parameter in reloaded.parameters()) == export.parameters
    in_memory = load_model(tmp_path / "model")
    remove_layers(in_memory, state.search.removed)
    tokens = torch.arange(3, 40)[None]
    with torch.no_grad():
        difference = (reloaded(tokens).logits - in_memory(tokens).logits).abs().max()
    assert difference <= 1e-4
    assert state.checks
    assert all(check.passed for check in state.checks.values())


@pytest.mark.parametrize("layers", [1, 3, 5])
def test_exactly_the_asked_number_of_layers_goes(tmp_path: Path, layers: int) -> None:
    project = small_project(tmp_path, budget__layers=layers, recovery__enabled=False)
    run(project)
    state = state_of(project)
    assert state.search is not None
    assert len(state.search.removed) == layers
    config = json.loads((Path(next(iter(state.exports))) / "config.json").read_text())
    assert config["num_hidden_layers"] == LAYERS - layers


def test_nothing_to_remove_is_a_run_too(tmp_path: Path) -> None:
    project = small_project(tmp_path, budget__layers=0)
    watch = run(project)
    state = state_of(project)
    assert state.search is not None
    assert state.search.removed == ()
    assert [event.message for event in watch.of(MessageLogged)] == [
        "No layer is removed, so there is nothing to compensate.",
        "No layer is removed, so there is nothing to recover.",
    ]
    assert state.evaluated["pruned"].heldout_kl == pytest.approx(0.0, abs=1e-6)


def test_dense_pruned_and_recovered_are_measured_alike(finished: Finished) -> None:
    state = finished.state
    assert state.recovery is not None
    assert state.recovery.helped
    dense, pruned, recovered = (state.evaluated[variant] for variant in ("dense", "pruned", "recovered"))
    assert dense.heldout_kl == pytest.approx(0.0, abs=1e-6)
    assert 0 < recovered.heldout_kl < pruned.heldout_kl
    assert recovered.heldout_kl < pruned.heldout_kl
    assert (dense.layers, pruned.layers, recovered.layers) == (LAYERS, LAYERS - 2, LAYERS - 2)
    assert pruned.parameters == recovered.parameters < dense.parameters


def test_trained_norms_and_head_survive_merge_export_and_reload(tmp_path: Path) -> None:
    project = small_project(tmp_path, "qwen3", recovery__train_norms=True, recovery__train_head=True)
    run(project)
    state = state_of(project)
    (export,) = state.exports.values()
    assert export.variant == "recovered"
    assert all(check.passed for check in state.checks.values())
    reloaded = AutoModelForCausalLM.from_pretrained(export.folder, dtype=torch.float32)
    dense = load_model(tmp_path / "model")
    assert not torch.equal(reloaded.lm_head.weight, dense.lm_head.weight)
    assert not torch.equal(reloaded.model.norm.weight, dense.model.norm.weight)
    assert torch.equal(reloaded.model.embed_tokens.weight, dense.model.embed_tokens.weight)


def test_a_run_may_train_in_several_processes(tmp_path: Path) -> None:
    project = small_project(tmp_path, recovery__processes=2)
    watch = run(project, until="evaluate")
    assert "recovered" in state_of(project).evaluated
    assert [event.step for event in watch.of(RecoveryStepped)] == [1, 2, 3, 4, 5, 6]


def test_running_a_finished_run_again_does_nothing(finished: Finished) -> None:
    again = run(finished.project)
    assert all(event.reused for event in again.events if isinstance(event, StageFinished))
    assert len(finished.project.runs()) == 1


def test_a_run_goes_as_far_as_it_is_told_and_on_later(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    run(project, until="search")
    assert state_of(project).search is not None
    assert state_of(project).recovery is None
    watch = run(project)
    assert [event.stage for event in watch.events if isinstance(event, StageFinished) and event.reused] == list(
        STAGES[:4]
    )
    assert state_of(project).exports


def test_changed_settings_are_a_new_run_that_knows_the_old_scores(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    run(project, until="search")
    project.save(with_values(project.settings, {"search.algorithm": "woa"}))
    run(project, until="search")
    assert [each.name for each in project.runs()] == ["0001-pso", "0002-woa"]
    measured = list(scored(project))
    assert len(measured) == len(set(measured))


def test_a_new_run_can_be_asked_for(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    run(project, until="search")
    run(project, until="search", new_run=True)
    first, second = (RunState.replay(each.events()).search for each in project.runs())
    assert first is not None
    assert second is not None
    assert (first.removed, first.fitness) == (second.removed, second.fitness)
    assert second.evaluations == 0


@pytest.mark.parametrize("algorithm", ["pso", "woa", "random"])
def test_the_same_settings_give_the_same_removal_set(tmp_path: Path, algorithm: str) -> None:
    results = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        project = small_project(tmp_path / name, search__algorithm=algorithm, recovery__enabled=False)
        run(project, until="evaluate")
        state = state_of(project)
        assert state.search is not None
        results.append((state.search.removed, state.search.fitness, state.evaluated["pruned"].heldout_kl))
    assert results[0] == results[1]


def test_greedy_is_a_baseline_of_the_same_run(tmp_path: Path) -> None:
    project = small_project(tmp_path, search__algorithm="greedy", recovery__enabled=False)
    run(project, until="search")
    state = state_of(project)
    assert state.search is not None
    assert len(state.search.removed) == 2
    assert len(state.iterations) == 2


def test_block_influence_takes_the_layers_that_turn_the_states_least(tmp_path: Path) -> None:
    project = small_project(tmp_path, search__algorithm="block_influence", recovery__enabled=False)
    run(project, until="search")
    state = state_of(project)
    assert state.search is not None
    ranked = sorted(range(1, LAYERS), key=lambda layer: state.layers[layer].block_influence)
    assert state.search.removed == tuple(sorted(ranked[:2]))


def test_angular_distance_takes_the_block_in_a_row_that_turns_them_least(tmp_path: Path) -> None:
    project = small_project(tmp_path, search__algorithm="angular", analysis__protect_last=1)
    run(project, until="search")
    state = state_of(project)
    assert state.search is not None
    first, last = state.search.removed
    assert last == first + 1
    tokens = load_windows(project.runs()[-1].folder / "windows.safetensors").calibration
    with torch.no_grad():
        states = load_model(tmp_path / "model")(tokens, output_hidden_states=True).hidden_states[:-1]
    angles = {
        start: torch.cosine_similarity(states[start], states[start + 2], dim=-1).arccos().mean().item()
        for start in range(1, LAYERS - 2)
    }
    assert first == min(angles, key=lambda start: angles[start])


def test_recovery_that_makes_it_worse_is_told_and_not_used(tmp_path: Path) -> None:
    project = small_project(tmp_path, recovery__learning_rate=1.0, recovery__steps=4)
    watch = run(project)
    state = state_of(project)
    assert state.recovery is not None
    if state.recovery.helped:
        pytest.skip("even this learning rate helped")
    assert any("did not help" in event.message for event in watch.events if isinstance(event, MessageLogged))
    assert state.compensation is not None
    kept = "compensated" if state.compensation.helped else "pruned"
    assert set(state.evaluated) == {"dense", "pruned", kept}
    assert next(iter(state.exports.values())).variant == kept


def test_a_run_can_be_exported_elsewhere(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    run(project, until="recover")
    watch = Watch()
    assert watch.do(ExportRun(project=str(project.folder), folder=str(tmp_path / "out"), variant="pruned")) == 0
    assert all(event.passed for event in watch.events if isinstance(event, ExportVerified))
    manifest = json.loads((tmp_path / "out" / "layerswarm.json").read_text())
    assert manifest["variant"] == "pruned"
    assert manifest["settings"]["budget"]["layers"] == 2


def test_the_manifest_has_the_figures(finished: Finished) -> None:
    state = finished.state
    manifest = json.loads((Path(next(iter(state.exports))) / "layerswarm.json").read_text())
    assert state.search is not None
    assert manifest["score"]["kl"] == state.search.fitness
    assert manifest["figures"]["pruned"]["heldout_kl"] == state.evaluated["pruned"].heldout_kl


BAD = {
    "budget.layers": (7, "asks to remove 7 layers, but only 5 of 6 may be removed"),
    "analysis.protected": ((9,), "Layer 9 is protected, but the model's layers are 0 to 5"),
    "calibration.window_length": (999, "context is 256 tokens"),
    "model.source": ("nowhere", "There is no model 'nowhere'"),
    "device.name": ("cuda:7", "'cuda:7' is not available"),
    "evaluation.texts": ("none.txt", "project/none.txt"),
    "recovery.four_bit": (True, "recovery.four_bit needs an NVIDIA, AMD or Intel GPU"),
    "recovery.train_head": (True, "is tied to its embedding"),
    "export.formats": (("safetensors", "gguf_in_place"), "was not given as a GGUF file"),
}


@pytest.mark.parametrize("key", BAD)
def test_what_cannot_work_is_said_in_one_sentence_before_any_work(tmp_path: Path, key: str) -> None:
    value, sentence = BAD[key]
    project = small_project(tmp_path)
    project.save(with_values(project.settings, {key: value}))
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder))) == 2
    assert watch.ending.outcome == "failed"
    assert sentence in watch.ending.message
    assert not watch.of(RecoveryStepped)


@pytest.mark.parametrize("before", ["model", "analyse"])
def test_a_format_that_cannot_be_written_here_is_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: Stage
) -> None:
    monkeypatch.setattr("engine.export.targets.gguf.Gguf.missing", lambda *_: "Put llama-quantize on the PATH.")
    project = small_project(tmp_path, export__formats="gguf:q4_k_m", recovery__enabled=False)
    run(project, until=before)
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder))) == 2
    assert watch.ending.message == "GGUF cannot be written: Put llama-quantize on the PATH."
    assert [event.stage for event in watch.events if isinstance(event, StageFinished)] == ["model"]


def test_a_recovered_model_is_not_promised_without_recovery(tmp_path: Path) -> None:
    project = small_project(tmp_path, export__variant="recovered", recovery__enabled=False)
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder))) == 2
    assert "recovery.enabled" in watch.ending.message
    assert not watch.of(CalibrationPrepared)


def test_a_run_that_got_nowhere_makes_room(tmp_path: Path) -> None:
    project = small_project(tmp_path, model__source="nowhere")
    Watch().do(RunProject(project=str(project.folder)))
    project.save(with_values(project.settings, {"model.source": str(tmp_path / "model")}))
    run(project, until="analyse")
    assert [each.name for each in project.runs()] == ["0001-pso"]


def test_a_model_that_changed_under_a_run_is_noticed(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    run(project, until="search")
    config = tmp_path / "model" / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"rope_theta": 5.0}))
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder))) == 2
    assert "has changed since 0001-pso began; start a new run" in watch.ending.message


def test_a_project_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    watch = Watch()
    assert watch.do(RunProject(project=str(tmp_path / "nothing"))) == 2
    assert isinstance(watch.events[-1], RunFinished)


def test_only_one_engine_works_on_a_project(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    codes = []

    def meanwhile(_event: object) -> bool:
        if not codes:
            codes.append(None)
            second = Watch()
            codes[0] = (second.do(RunProject(project=str(project.folder))), second.ending.message)
        return False

    Watch(when=meanwhile).do(RunProject(project=str(project.folder), until="model"))
    code, message = codes[0]
    assert code == 2
    assert "Another LayerSwarm is working on" in message


def test_a_fault_of_ours_is_one_sentence_and_the_run_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_project(tmp_path)
    run(project, until="analyse")
    with monkeypatch.context() as patched:
        patched.setattr("engine.fitness.evaluator.Evaluator.scores", lambda *_args: 1 / 0)
        watch = Watch()
        assert watch.do(RunProject(project=str(project.folder))) == 1
    assert 'Something unexpected went wrong ("ZeroDivisionError: division by zero")' in watch.ending.message
    assert "\n" not in watch.ending.message
    assert "1 / 0" in (tmp_path / "cache" / "last-error.txt").read_text()
    run(project, until="search")


def test_memory_that_runs_out_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_memory(*_args: object, **_kwargs: object) -> None:
        raise torch.OutOfMemoryError

    monkeypatch.setattr("engine.pipeline.stages.recover.train", out_of_memory)
    project = small_project(tmp_path, compensation__enabled=False)
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder))) == 1
    assert "recovery.batch_windows" in watch.ending.message
    assert state_of(project).search is not None


def test_tasks_and_a_text_are_measured_when_asked(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("The quick brown fox jumps over the lazy dog. " * 40)
    project = small_project(tmp_path, evaluation__texts=str(text), recovery__enabled=False)
    run(project, until="evaluate")
    perplexities = [event.text_perplexity for event in state_of(project).evaluated.values()]
    assert all(perplexity is not None and math.isfinite(perplexity) for perplexity in perplexities)
    assert perplexities[0] != perplexities[1]


def test_a_read_only_project_is_not_run(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    file = project.folder / "project.layerswarm"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format": 99}))
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder))) == 2
    assert "newer LayerSwarm" in watch.ending.message
    assert not Project.open(project.folder).runs()
