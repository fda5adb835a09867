"""The compensation in a run: a stage and a variant of its own, known to search, recovery, evaluation and export."""

from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM

from engine.api.commands import ExportRun, GenerateText, RunProject
from engine.api.events import CandidateCompensated, GapFolded, MessageLogged, PieceWritten, RecoveryMeasured
from engine.api.project import Project
from engine.api.settings import CompensationSettings
from engine.compensation.folded_weights import load_folded
from engine.models.loading import load_model
from engine.models.surgery import remove_layers
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
