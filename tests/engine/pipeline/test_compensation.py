"""The compensation in a run: a stage and a variant of its own, known to search, recovery, evaluation and export."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
import torch
from transformers import AutoModelForCausalLM

from engine.api.commands import ExportRun, GenerateText, RunProject
from engine.api.editing import with_values
from engine.api.errors import BadInput
from engine.api.events import (
    CandidateCompensated,
    ExportWritten,
    GapFolded,
    MessageLogged,
    PieceWritten,
    RecoveryMeasured,
    RecoveryStepped,
    RemovalSet,
)
from engine.api.project import Project
from engine.api.settings import CompensationSettings
from engine.compensation.fold import Fold
from engine.compensation.folded_weights import load_folded
from engine.models.loading import load_model
from engine.models.surgery import remove_layers
from engine.models.weight_files import load_tensors, save_tensors
from engine.pipeline.window_file import load_windows
from tests.engine.pipeline.cases import Watch, run, small_project, state_of

pytestmark = pytest.mark.usefixtures("shared_texts")


@pytest.fixture(scope="module")
def untrained(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A run that is compensated and not trained."""
    folder = tmp_path_factory.mktemp("untrained")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LAYERSWARM_CACHE", str(folder / "cache"))
        project = small_project(folder, recovery__enabled=False, compensation__windows=64)
        run(project)
    return project


def test_without_training_the_compensated_model_is_the_result(untrained: Project) -> None:
    state = state_of(untrained)
    assert state.compensation is not None
    assert state.compensation.helped
    assert state.compensation.validation_kl_after < state.compensation.validation_kl_before
    assert list(state.evaluated) == ["dense", "pruned", "compensated"]
    assert state.best_variant == "compensated"
    (export,) = state.exports.values()
    assert export.variant == "compensated"
    assert all(check.passed for check in state.checks.values())


def test_its_export_is_the_pruned_model_with_the_folded_weights(untrained: Project) -> None:
    state = state_of(untrained)
    assert state.search is not None
    reloaded = AutoModelForCausalLM.from_pretrained(next(iter(state.exports)), dtype=torch.float32)
    by_hand = load_model(untrained.folder.parent / "model")
    remove_layers(by_hand, state.search.removed)
    folded = load_folded(untrained.runs()[-1].folder / "compensation")
    assert not by_hand.load_state_dict(folded, strict=False).unexpected_keys
    tokens = torch.arange(3, 40)[None]
    with torch.no_grad():
        assert torch.allclose(reloaded(tokens).logits, by_hand(tokens).logits, atol=1e-4)
    names = set(dict(by_hand.named_parameters()))
    assert set(folded) < names


def test_every_gap_is_in_the_journal_with_what_became_of_it(untrained: Project) -> None:
    state = state_of(untrained)
    assert state.search is not None
    gone = [layer for event in state.folded_gaps.values() for layer in range(event.first, event.last + 1)]
    assert sorted(gone) == list(state.search.removed)
    for event in state.folded_gaps.values():
        assert event.kl_after <= event.kl_before
        assert (event.ridge is None) == (event.kl_after == event.kl_before)


def test_the_best_sets_are_compared_after_their_fold(untrained: Project) -> None:
    state = state_of(untrained)
    assert state.search is not None
    folded = state.compensated_candidates
    assert len(folded) == 3
    assert state.search.removed == min(folded, key=lambda removed: folded[removed].compensated_fitness)
    assert state.search.fitness == folded[state.search.removed].fitness
    best_before = min(event.best_fitness for event in state.iterations.values())
    assert min(event.fitness for event in folded.values()) == best_before


def test_the_compensated_variant_writes_text_and_is_exported_elsewhere(untrained: Project, tmp_path: Path) -> None:
    watch = Watch()
    assert watch.do(GenerateText(project=str(untrained.folder), prompt="one", max_tokens=3)) == 0
    assert list(dict.fromkeys(event.variant for event in watch.of(PieceWritten))) == ["dense", "pruned", "compensated"]
    refused = Watch()
    command = GenerateText(project=str(untrained.folder), prompt="one", variants=("recovered",))
    assert refused.do(command) == 2
    assert "has no recovered model; ask for dense or pruned or compensated" in refused.ending.message
    missing = ExportRun(project=str(untrained.folder), folder=str(tmp_path / "out"), variant="recovered")
    assert refused.do(missing) == 2
    assert "export the compensated one (export.variant=compensated)" in refused.ending.message
    export = ExportRun(project=str(untrained.folder), folder=str(tmp_path / "out"), variant="compensated")
    assert Watch().do(export) == 0


def test_recovery_starts_from_the_fold(tmp_path: Path) -> None:
    project = small_project(tmp_path, compensation__windows=64)
    watch = run(project, until="recover")
    state = state_of(project)
    assert state.compensation is not None
    assert state.recovery is not None
    first = next(event for event in watch.of(RecoveryMeasured) if event.step == 0)
    assert first.validation_kl == pytest.approx(state.recovery.validation_kl_before)
    dense = load_model(tmp_path / "model")
    folded = load_model(tmp_path / "model")
    assert state.search is not None
    remove_layers(folded, state.search.removed)
    folded.load_state_dict(load_folded(project.runs()[-1].folder / "compensation"), strict=False)
    windows = load_windows(project.runs()[-1].folder / "windows.safetensors")
    assert windows is not None
    with torch.no_grad():
        ours, theirs = (model(windows.validation).logits.log_softmax(-1) for model in (folded, dense))
    kl = float((theirs.exp() * (theirs - ours)).sum(-1).mean())
    assert first.validation_kl == pytest.approx(kl, rel=1e-3)


def test_switched_off_it_changes_nothing(tmp_path: Path) -> None:
    project = small_project(tmp_path, compensation__enabled=False)
    watch = run(project, until="recover")
    assert not watch.of(GapFolded)
    assert not watch.of(CandidateCompensated)
    assert "Compensation is switched off; the pruned model stays." in [
        event.message for event in watch.of(MessageLogged)
    ]


def test_an_export_of_a_variant_that_will_not_be_is_refused_at_the_start(tmp_path: Path) -> None:
    project = small_project(tmp_path, compensation__enabled=False, export__variant="compensated")
    watch = Watch()
    assert watch.do(RunProject(project=str(project.folder))) == 2
    assert "export.variant is 'compensated'" in watch.ending.message
    assert "compensation.enabled is false" in watch.ending.message


def test_settings_from_before_compensation_keep_it_off(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    file = project.folder / "project.layerswarm"
    content = file.read_text().replace('"compensation"', '"compensation_of_old"')
    file.write_text(content)
    assert Project.open(project.folder).settings.compensation == CompensationSettings(enabled=False)


def test_where_training_does_not_fit_the_compensated_model_is_the_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.pipeline.stages.recover.train", out_of_memory)
    project = small_project(tmp_path, compensation__windows=64)
    watch = run(project, until="evaluate")
    state = state_of(project)
    assert state.best_variant == "compensated"
    assert list(state.evaluated) == ["dense", "pruned", "compensated"]
    assert any("Training does not fit into the memory of cpu" in event.message for event in watch.of(MessageLogged))


def test_without_a_compensated_model_memory_that_runs_out_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.pipeline.stages.recover.train", out_of_memory)
    watch = Watch()
    project = small_project(tmp_path, compensation__enabled=False)
    assert watch.do(RunProject(project=str(project.folder), until="recover")) != 0
    assert "memory" in watch.ending.message


def test_where_folding_the_best_sets_does_not_fit_the_search_keeps_its_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._measured", out_of_memory)
    project = small_project(tmp_path)
    watch = run(project, until="compensate")
    assert state_of(project).search is not None
    assert any("the search's own answer stays" in event.message for event in watch.of(MessageLogged))
    assert watch.of(GapFolded)


def out_of_memory(*_: object) -> NoReturn:
    """Stand in for a training that does not fit."""
    raise torch.OutOfMemoryError


def test_numbers_of_layers_are_compared_after_the_fold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the fold, one layer less costs least; after it, two."""
    weights = {"search__weights__quality": 1.0, "search__weights__size": 0.0, "search__weights__time": 0.0}
    project = small_project(tmp_path, search__least_layers=1, **weights)
    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._score", score_by_number({1: 0.2, 2: 0.001}))
    run(project, until="search")
    found = state_of(project).search
    assert found is not None
    assert len(found.removed) == 2
    (only,) = found.front  # a smaller model that is better after the fold too leaves no other on the front
    assert (only.removed, only.compensated_fitness, only.cost) == (found.removed, 0.001, 0.001)
    assert only.fitness == found.fitness > 0.001


def test_a_number_with_a_single_set_is_folded_where_another_number_competes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._score", score_by_number({4: 0.1, 5: 0.2}))
    project = small_project(tmp_path, budget__layers=5, search__least_layers=4)
    run(project, until="search")
    found = state_of(project).search
    assert found is not None
    assert {len(removed) for removed in state_of(project).compensated_candidates} == {4, 5}
    assert [point.compensated_fitness for point in found.front] == [0.1, 0.2]


def test_numbers_are_compared_before_the_fold_where_not_all_could_be_folded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def measured(_self: object, removed: RemovalSet, _rows: int) -> float:
        return 1e-9 if len(removed) == 1 else out_of_memory()

    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._measured", measured)
    project = small_project(tmp_path, search__least_layers=1)
    run(project, until="search")
    found = state_of(project).search
    assert found is not None
    assert [point.compensated_fitness for point in found.front] == [None] * len(found.front)
    assert [len(point.removed) for point in found.front] == [1, 2]


@pytest.mark.parametrize("ending", ["keep_best", "out of memory"])
def test_sets_folded_before_an_early_end_are_chosen_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """The second set is better after the fold than the search's own answer, and the third is never folded."""
    folded: list[RemovalSet] = []

    def measured(_self: object, removed: RemovalSet, _rows: int) -> float:
        if ending == "out of memory" and len(folded) == 2:
            out_of_memory()
        folded.append(removed)
        return 1.0 / len(folded)

    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._measured", measured)
    project = small_project(tmp_path)
    watch = Watch("keep_best", lambda _event: ending == "keep_best" and len(folded) == 2)
    code = watch.do(RunProject(project=str(project.folder), until="search"))
    assert code == (130 if ending == "keep_best" else 0)
    assert len(folded) == 2
    found = state_of(project).search
    assert found is not None
    assert found.removed == folded[1]
    assert found.early == (ending == "keep_best")
    said = [event.message for event in watch.of(MessageLogged)]
    assert any("the best of the 2 sets that were folded before" in each for each in said) == (not found.early)


def test_a_fold_that_computes_nan_is_not_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    values = iter([math.nan, 0.2, 0.1])
    monkeypatch.setattr("engine.pipeline.stages.search_folded._Folded._measured", lambda *_: next(values))
    project = small_project(tmp_path)
    run(project, until="search")
    state = state_of(project)
    assert state.search is not None
    assert state.compensated_candidates[state.search.removed].compensated_fitness == 0.1


def score_by_number(values: dict[int, float]) -> Callable[[object, Fold], float]:
    """Stand in for the score of a fold: a figure for each number of removed layers."""
    return lambda _self, fold: values[len(fold.removed)]


def damage(file: Path, how: str) -> None:
    """Delete a file of tensors, cut it off, or leave out one of its tensors."""
    content, tensors = file.read_bytes(), load_tensors(file)
    file.unlink()  # not written over: what was loaded from it is still mapped
    if how == "cut off":
        file.write_bytes(content[:-10])
    elif how == "short of a tensor":
        save_tensors(file, dict(list(tensors.items())[:-1]), {"format": "pt"})


@pytest.mark.parametrize("how", ["deleted", "cut off", "short of a tensor"])
def test_compensated_weights_that_are_lost_are_folded_again_on_resume(tmp_path: Path, how: str) -> None:
    project = small_project(tmp_path, recovery__enabled=False, compensation__windows=64)
    run(project, until="compensate")
    file = project.runs()[-1].folder / "compensation" / "compensated.safetensors"
    before = load_tensors(file)
    damage(file, how)
    watch = run(project)
    after = load_tensors(file)
    assert before.keys() == after.keys()
    assert all(torch.allclose(before[name], after[name], atol=1e-5) for name in before)
    assert any("folded again" in event.message for event in watch.of(MessageLogged))
    assert next(iter(state_of(project).exports.values())).variant == "compensated"


def test_compensated_weights_that_are_lost_are_folded_again_for_an_export(tmp_path: Path) -> None:
    project = small_project(tmp_path, recovery__enabled=False, compensation__windows=64)
    run(project, until="compensate")
    damage(project.runs()[-1].folder / "compensation" / "compensated.safetensors", "deleted")
    refused = Watch()
    assert refused.do(GenerateText(project=str(project.folder), prompt="one", max_tokens=3)) == 2
    assert refused.ending.message.endswith("Running the project again folds the layers again.")
    watch = Watch()
    assert watch.do(ExportRun(project=str(project.folder), folder=str(tmp_path / "out"), variant="compensated")) == 0
    assert watch.of(GapFolded)


@pytest.mark.parametrize("how", ["deleted", "cut off"])
def test_recovered_weights_that_are_lost_are_made_again_from_the_checkpoint(tmp_path: Path, how: str) -> None:
    project = small_project(tmp_path)
    run(project, until="recover")
    file = project.runs()[-1].folder / "recovery" / "merged.safetensors"
    before = load_tensors(file)
    damage(file, how)
    watch = run(project, until="recover")
    assert not watch.of(RecoveryStepped)
    after = load_tensors(file)
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_where_no_fold_helps_the_pruned_model_is_exported_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.compensation.compensate._Folding._fitted", refuse)
    project = small_project(tmp_path, recovery__enabled=False, export__variant="compensated")
    watch = run(project)
    (export,) = state_of(project).exports.values()
    assert export.variant == "pruned"
    sentence = "0001-pso has no compensated model, so the pruned one is exported instead."
    assert sentence in [event.message for event in watch.of(MessageLogged)]
    assert "; nothing could be compensated (it cannot be fitted); exported to " in watch.ending.message
    again = run(project)
    assert not again.of(ExportWritten)


def test_where_training_does_not_help_the_model_before_it_is_exported_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.pipeline.stages.recover.train", out_of_memory)
    project = small_project(tmp_path, compensation__windows=64, export__variant="recovered")
    watch = run(project)
    (export,) = state_of(project).exports.values()
    assert export.variant == "compensated"
    sentence = "0001-pso has no recovered model, so the compensated one is exported instead."
    assert sentence in [event.message for event in watch.of(MessageLogged)]
    assert "; training did not fit into memory; exported to " in watch.ending.message


@pytest.mark.parametrize(
    "changed", [{}, {"recovery.gradient_checkpointing": True}], ids=["more memory", "other settings"]
)
def test_a_training_that_did_not_fit_is_tried_again_on_resume(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: dict[str, object]
) -> None:
    project = small_project(tmp_path, compensation__windows=64)
    with monkeypatch.context() as small:
        small.setattr("engine.pipeline.stages.recover.train", out_of_memory)
        run(project)
    state = state_of(project)
    assert state.unfit_training is not None
    assert not state.is_complete
    project.save(with_values(project.settings, changed))
    run(project)
    assert len(project.runs()) == 1
    state = state_of(project)
    assert state.recovery is not None
    assert state.recovery.helped
    assert state.is_complete
    assert list(state.evaluated) == ["dense", "pruned", "compensated", "recovered"]
    assert [export.variant for export in state.exports.values()] == ["compensated", "recovered"]


def refuse(*_: object) -> NoReturn:
    """Stand in for a layer that nothing can be folded into."""
    raise BadInput("it cannot be fitted")
