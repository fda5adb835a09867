"""A run goes on where weights are lost, a fold does not help, or training does not fit into memory."""

from pathlib import Path
from typing import NoReturn

import pytest
import torch

from engine.api.commands import ExportRun, GenerateText, RunProject
from engine.api.editing import with_values
from engine.api.errors import BadInput
from engine.api.events import ExportWritten, GapFolded, MessageLogged, RecoveryStepped
from engine.api.message import joined
from engine.models.weight_files import TensorFile, save_tensors
from tests.engine.pipeline.cases import Watch, run, small_project, state_of

pytestmark = pytest.mark.usefixtures("shared_texts")


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


def damage(file: Path, how: str) -> None:
    """Delete a file of tensors, cut it off, or leave out one of its tensors."""
    content, tensors = file.read_bytes(), dict(TensorFile(file))
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
    before = dict(TensorFile(file))
    damage(file, how)
    watch = run(project)
    after = dict(TensorFile(file))
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
    before = dict(TensorFile(file))
    damage(file, how)
    watch = run(project, until="recover")
    assert not watch.of(RecoveryStepped)
    after = dict(TensorFile(file))
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_where_no_fold_helps_the_pruned_model_is_exported_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.compensation.folding.find_writer", refuse)
    monkeypatch.setattr("engine.compensation.folding.find_writers", lambda *_: [])
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
    training = {"recovery__windows": 24, "recovery__steps": 18, "recovery__learning_rate": 2e-3}
    project = small_project(tmp_path, compensation__windows=64, **training)
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
    raise BadInput(joined("it cannot be fitted"))


def out_of_memory(*_: object) -> NoReturn:
    """Stand in for a training that does not fit."""
    raise torch.OutOfMemoryError
